"""Photos of a visit: taken in with the report, shown to those who may read it, and without what the camera noted."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from PIL import Image

from agencies import clock
from agencies.models import User
from documents import blobs, sweeping
from documents.vault.models import EvidenceFile, Scan
from tests.cases import at, browser, case_of, looks_of, staff, text_of
from tests.uploads import bomb, pdf, picture
from workflows.cases import services
from workflows.cases.visits import MOST_PHOTOS, Inspection, InspectionPhoto
from workflows.objections.services import file_objection
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
CLINIC = "DPMPTSP-TPM-BIDAN"
"""One recommendation with a visit (M1i)."""
FINDINGS = "Ruang periksa sesuai."


def located(south=8.0, east=114.0):
    """A photo that says where and with which telephone it was taken."""
    notes = Image.Exif()
    notes[0x010F] = "MerekKamera"
    notes.get_ifd(0x8825).update({1: "S", 2: (south, 12.0, 0.0), 3: "E", 4: (east, 22.0, 12.0)})
    return picture(exif=notes)


def shot(content=None, name="foto.jpg"):
    return SimpleUploadedFile(name, located() if content is None else content)


def visiting():
    """A case whose visit is to be reported, the visit, and the browser of who was drawn."""
    script = at("checked", CLINIC)
    visit = Inspection.objects.get(case_id=script.case_id)
    services.draw_inspector(inspection_id=visit.pk, by=script.cast.player("officer", visit.agency_id))
    visit.refresh_from_db()
    return script, visit, browser(User.objects.get(pk=visit.inspector_id))


def send(tab, visit, *photos, **said):
    today = clock.today()
    when = {"held_on_day": today.day, "held_on_month": today.month, "held_on_year": today.year}
    words = {"result": "fit", "findings": FINDINGS} | when | said
    return tab.post(f"/meja/lapangan/{visit.pk}/laporan/", words | {"photos": list(photos)})


def test_inspector_reports_with_photos_and_colleagues_see_them_on_the_case():
    script, visit, tab = visiting()
    assert send(tab, visit, shot(), shot(picture("PNG"), "denah.png")).status_code == 302
    first, second = visit.photos.order_by("number")
    assert (first.position, second.position) == ("-8.200000,114.370000", "")
    reader = browser(staff("officer", visit.agency_id))
    shown = text_of(reader.get(f"/meja/permohonan/{script.case_id}/"))
    for photo in (first, second):
        assert f"/meja/lapangan/foto/{photo.pk}/" in shown
    assert "-8.200000,114.370000" in shown
    told = Event.objects.get(subject_id=script.case_id, kind="inspection.held").data
    assert told["photos"] == 2


def test_photo_is_kept_without_what_the_camera_noted_and_opening_it_is_a_look():
    script, visit, tab = visiting()
    send(tab, visit, shot())
    photo = visit.photos.get()
    before = len(looks_of(case_of(script).applicant))
    answer = browser(staff("officer", visit.agency_id)).get(f"/meja/lapangan/foto/{photo.pk}/")
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "image/jpeg",
        "private, no-store",
    )
    assert b"MerekKamera" in located()
    assert b"MerekKamera" not in answer.content
    with Image.open(BytesIO(answer.content)) as image:
        assert dict(image.getexif()) == {}
    [look] = looks_of(case_of(script).applicant)[before:]
    assert (look.data["purpose"], look.data["case"]) == ("inspection", str(script.case_id))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("foto.jpg", lambda: b"<html><script>1</script>", "Berkas harus berupa JPG atau PNG."),
        ("foto.jpg", lambda: picture("PNG"), "Isi berkas ini PNG"),
        ("foto.pdf", pdf, "Berkas harus berupa JPG atau PNG."),
        ("foto.heic", lambda: b"\0\0\0\x18ftypheic" + b"\0" * 60, "Berkas harus berupa JPG atau PNG."),
        ("foto.jpg", lambda: picture() + b"\0" * (10 * 1024 * 1024), "lebih besar dari 10 MB"),
        ("foto.png", lambda: bomb(8_000), "megapiksel"),
        ("foto.jpg", lambda: b"", "kosong"),
    ],
    ids=["false type", "false ending", "pdf", "heic", "too large", "too many pixels", "empty"],
)
def test_photo_that_will_not_do_is_explained_and_nothing_typed_is_lost(name, content, sentence):
    _script, visit, tab = visiting()
    answer = send(tab, visit, shot(), shot(content(), name))
    shown = text_of(answer)
    assert answer.status_code == 422
    assert sentence in shown
    assert FINDINGS in shown
    assert "Foto perlu dipilih lagi" in shown
    visit.refresh_from_db()
    assert (visit.state, EvidenceFile.objects.count()) == ("planned", 0)


def test_too_many_photos_are_refused_before_any_is_kept():
    _script, visit, tab = visiting()
    answer = send(tab, visit, *(shot(picture(), f"{number}.jpg") for number in range(MOST_PHOTOS + 1)))
    assert answer.status_code == 422
    assert f"Paling banyak {MOST_PHOTOS} foto." in text_of(answer)
    assert (InspectionPhoto.objects.count(), EvidenceFile.objects.count()) == (0, 0)


def test_place_outside_the_country_is_left_out_and_the_photo_kept():
    _script, visit, tab = visiting()
    send(tab, visit, shot(located(south=48.0, east=2.0)))
    assert visit.photos.get().position == ""


def test_inspector_sets_the_day_of_the_repairs_on_the_page_and_the_applicant_reads_it():
    script, visit, tab = visiting()
    day = clock.today()
    assert "hari kerja" in text_of(tab.get(f"/meja/lapangan/{visit.pk}/laporan/"))
    said = {"result": "repair", "repairs": "Pasang wastafel.\nPasang rambu."}
    late = send(tab, visit, **said, until_day="1", until_month="1", until_year=str(day.year + 9))
    assert late.status_code == 422
    assert "paling lambat" in text_of(late)
    assert "Pasang wastafel." in text_of(late)
    assert send(tab, visit, **said).status_code == 302
    repair = case_of(script).repairs.get()
    assert repair.what == ["Pasang wastafel.", "Pasang rambu."]


@pytest.mark.parametrize(
    ("role", "agency", "status"),
    [
        ("officer", "DLH", 404),
        ("clerk", "DPMPTSP", 403),
        ("manager", "DPMPTSP", 404),
        ("head", "DINKES", 404),
        ("inspectorate", "INSPEKTORAT", 404),
    ],
)
def test_nobody_else_opens_a_photo(role, agency, status):
    _script, visit, tab = visiting()
    send(tab, visit, shot())
    address = f"/meja/lapangan/foto/{visit.photos.get().pk}/"
    assert browser(staff(role, agency)).get(address).status_code == status
    assert browser().get(address).status_code == 302


def test_head_who_answers_the_objection_opens_the_photos_of_the_report_she_reads():
    script, visit, tab = visiting()
    send(tab, visit, shot())
    for part in ("recommend", "refuse"):
        getattr(script, part)()
    file_objection(case_id=script.case_id, by=script.who.actor, reason="Ruang saya sesuai.")
    address = f"/meja/lapangan/foto/{visit.photos.get().pk}/"
    head = browser(staff("head", case_of(script).agency_id))
    assert head.get(address).status_code == 200
    assert looks_of(case_of(script).applicant)[-1].data["purpose"] == "inspection"
    assert browser(staff("head", "DLH")).get(address).status_code == 404


def test_applicant_does_not_open_a_photo_as_the_report_is_not_hers():
    script, visit, tab = visiting()
    send(tab, visit, shot())
    photo = visit.photos.get()
    own = browser(User.objects.get(pk=script.who.actor.user_id))
    assert own.get(f"/meja/lapangan/foto/{photo.pk}/").status_code == 403
    assert own.get(f"/berkas/{photo.file_id}/").status_code == 404


def test_photo_waits_for_the_scanner_and_is_swept_by_nobody():
    _script, visit, tab = visiting()
    send(tab, visit, shot())
    photo = visit.photos.get()
    file = EvidenceFile.objects.get(pk=photo.file_id)
    EvidenceFile.objects.filter(pk=file.pk).update(scan=Scan.WAITING)
    assert tab.get(f"/meja/lapangan/foto/{photo.pk}/").status_code == 409
    with clock.pretend(clock.now() + 2 * blobs.GRACE):
        sweeping.sweep_orphans()
    assert blobs.read(file.sha256)


def test_photo_of_a_report_is_neither_changed_nor_taken_away():
    _script, visit, tab = visiting()
    send(tab, visit, shot())
    for change in (
        lambda: visit.photos.update(position="0.00000, 100.00000"),
        lambda: visit.photos.all().delete(),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


def test_head_without_the_officers_role_sets_the_lot_aside_and_sees_no_applicant():
    script, visit, _tab = visiting()
    other = staff("officer", visit.agency_id)
    tab, address = browser(staff("head", visit.agency_id)), f"/meja/lapangan/{visit.pk}/ganti/"
    assert address in text_of(tab.get("/meja/antrean/undian/"))
    shown = text_of(tab.get(address))
    assert str(other) in shown
    assert case_of(script).applicant.name not in shown
    said = {"user_id": str(other.pk), "code": "skill", "reason": "Perlu ahli."}
    faulty = tab.post(address, said | {"code": ""})
    assert faulty.status_code == 422
    assert "Perlu ahli." in text_of(faulty)
    done = tab.post(address, said)
    assert (done.status_code, done["Location"]) == (302, "/meja/antrean/undian/")
    visit.refresh_from_db()
    assert (visit.inspector_id, visit.override) == (other.pk, "skill")
    assert tab.get(f"/meja/permohonan/{script.case_id}/").status_code == 403


@pytest.mark.parametrize(("role", "agency"), [("head", "DLH"), ("deputy", "DPMPTSP"), ("inspectorate", "INSPEKTORAT")])
def test_leader_of_another_office_does_not_set_the_lot_aside(role, agency):
    _script, visit, _tab = visiting()
    tab = browser(staff(role, agency))
    assert tab.get(f"/meja/lapangan/{visit.pk}/ganti/").status_code == 404

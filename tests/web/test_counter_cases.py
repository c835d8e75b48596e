"""Applications at the counter: begun with a mandate, filled, handed in, printed, followed."""

import re
import uuid

import pytest

from agencies import clock
from agencies.services import grant_membership
from tests.cases import DOCTOR, MALL, at, browser, case_of, clerk, counted, filled, looks_of, pdf, photo, staff, text_of
from tests.engine import TestCast
from tests.factories import make_organisation, make_person
from workflows.cases import services
from workflows.cases.mandates import Mandate
from workflows.cases.models import Case, Duty
from workflows.cases.verification import to_check
from workflows.definition.queries import version_for_new_case

pytestmark = pytest.mark.django_db

SKCK = "POLRESTA-SKCK-BARU"
CLINIC = "DPMPTSP-KLINIKPRATAMA"
COUNTING = "BPJSTK-DAFTAR-BPU"
"""Asks for numbers."""


def begin(tab, person, code=DOCTOR, **change):
    said = {"key": str(uuid.uuid4()), "kind": "present", "bearer": "", "note": ""} | change
    return tab.post(f"/loket/orang/{person.pk}/layanan/{code}/", said)


def begun(user=None, code=DOCTOR):
    """A draft opened by this clerk for somebody new: the tab, the case."""
    tab, person = browser(user or clerk()), make_person(birth_date=clock.today().replace(year=1990))
    response = begin(tab, person, code)
    assert response.status_code == 302, text_of(response)
    return tab, Case.objects.get(applicant=person)


def address(case, what=""):
    return f"/loket/permohonan/{case.pk}/{what}"


def ready(user=None, code=DOCTOR):
    """A draft with its answers and papers."""
    tab, case = begun(user, code)
    definition = version_for_new_case(code).definition
    assert tab.post(address(case, "isi/"), filled(definition)).status_code == 302
    boxes = re.findall(r'name="(file-[^"]+)" accept="([^"]*)"', text_of(tab.get(address(case, "berkas/"))))
    files = {name: pdf() if "application/pdf" in accept else photo() for name, accept in boxes}
    response = tab.post(address(case, "berkas/"), files)
    assert response["Location"] == address(case, "periksa/"), text_of(response)
    return tab, case


def submitted(user=None, code=DOCTOR):
    tab, case = ready(user, code)
    response = tab.post(address(case, "periksa/"), {"key": str(uuid.uuid4())})
    assert response["Location"] == address(case, "terkirim/"), text_of(response)
    return tab, Case.objects.get(pk=case.pk)


def test_clerk_takes_an_application_from_the_person_to_the_receipt():
    user = clerk()
    tab, case = submitted(user)
    assert (case.state, case.channel, case.opened_by_id) == ("submitted", "counter", user.pk)
    assert Duty.objects.get(case=case).duty == "intake"
    mandate = Mandate.objects.get(case=case)
    assert (mandate.kind, mandate.clerk_id) == ("present", user.pk)
    assert case.reference in text_of(tab.get(address(case, "terkirim/")))
    receipt = text_of(tab.get(address(case, "tanda-terima/")))
    for words in (case.reference, case.tracking_code, case.applicant.name, "Loket tidak menerima uang"):
        assert words in receipt
    assert case.applicant.nik not in receipt


def test_same_form_twice_opens_one_draft():
    tab, person, key = browser(clerk()), make_person(), str(uuid.uuid4())
    first, second = begin(tab, person, key=key), begin(tab, person, key=key)
    assert first["Location"] == second["Location"]
    assert Case.objects.filter(applicant=person).count() == 1


@pytest.mark.parametrize("kind", ["letter", "family", "village"])
def test_somebody_else_is_named_or_nothing_is_opened(kind):
    tab, person = browser(clerk()), make_person()
    response = begin(tab, person, kind=kind)
    assert response.status_code == 422
    assert "Tulis nama orang yang hadir" in text_of(response)
    assert not Case.objects.filter(applicant=person).exists()
    begin(tab, person, kind=kind, bearer="Pak Lurah", note="Surat 12")
    mandate = Mandate.objects.get(case__applicant=person)
    assert (mandate.kind, mandate.bearer, mandate.note) == (kind, "Pak Lurah", "Surat 12")


def test_service_for_businesses_wants_one_that_the_person_speaks_for():
    from agencies.services import add_member

    tab, person = browser(clerk()), make_person()
    shown = text_of(tab.get(f"/loket/orang/{person.pk}/layanan/{CLINIC}/"))
    assert "Tambah badan usaha" in shown
    own, foreign = make_organisation("PT Sendiri"), make_organisation("PT Lain")
    add_member(organisation_id=own.pk, person_id=person.pk)
    assert begin(tab, person, CLINIC, organisation=str(foreign.pk)).status_code == 422
    assert begin(tab, person, CLINIC, organisation=str(own.pk)).status_code == 302
    assert Case.objects.get(applicant=person).organisation_id == own.pk


def test_clerk_finds_services_by_word():
    person = make_person()
    shown = text_of(browser(clerk()).get(f"/loket/orang/{person.pk}/layanan/?q=dokter"))
    assert f"/loket/orang/{person.pk}/layanan/{DOCTOR}/" in shown
    assert person.name not in shown


def test_unknown_service_is_not_found():
    assert begin(browser(clerk()), make_person(), "TIDAK-ADA").status_code == 404


def test_wrong_answers_are_explained_and_the_right_ones_are_kept():
    tab, case = begun(code=COUNTING)
    definition = case.definition
    numbers = [field.name for field in definition.fields if field.type in ("integer", "decimal", "money")]
    said = filled(definition) | {f"q-{numbers[0]}": "banyak sekali"}
    response = tab.post(address(case, "isi/"), said)
    assert response.status_code == 422
    assert "banyak sekali" in text_of(response)
    kept = Case.objects.get(pk=case.pk).answers
    assert numbers[0] not in kept
    assert kept


def test_saving_for_later_needs_no_whole_form():
    tab, case = begun()
    response = tab.post(address(case, "isi/"), {"later": "1"})
    assert response["Location"] == address(case)
    complete = tab.post(address(case, "isi/"), {})
    assert complete.status_code == 422


def test_file_of_a_wrong_kind_is_told_beside_its_paper_and_the_others_are_kept():
    from django.core.files.uploadedfile import SimpleUploadedFile

    tab, case = begun()
    definition = case.definition
    tab.post(address(case, "isi/"), filled(definition))
    codes = [paper.code for paper in definition.requirements if paper.when is None][:2]
    files = {f"file-{codes[0]}": pdf(), f"file-{codes[1]}": SimpleUploadedFile("a.pdf", b"bukan pdf")}
    response = tab.post(address(case, "berkas/"), files)
    assert response.status_code == 422
    assert f'id="id_file-{codes[1]}_error"' in text_of(response)
    assert list(case.attachments.values_list("requirement", flat=True)) == [codes[0]]


def test_what_is_missing_is_listed_with_the_way_to_it_and_cannot_be_handed_in():
    tab, case = begun()
    shown = text_of(tab.get(address(case, "periksa/")))
    assert address(case, "berkas/") in shown
    assert f"{address(case, 'isi/')}#id_q-" in shown
    assert "Ajukan permohonan</button>" not in shown
    response = tab.post(address(case, "periksa/"), {"key": str(uuid.uuid4())})
    assert response.status_code == 422
    assert Case.objects.get(pk=case.pk).state == "draft"


def test_application_is_handed_in_once():
    tab, case = ready()
    key = str(uuid.uuid4())
    for _time in range(2):
        assert tab.post(address(case, "periksa/"), {"key": key}).status_code == 302
    assert Case.objects.get(pk=case.pk).round == 1
    assert tab.post(address(case, "periksa/"), {"key": "bukan kunci"}).status_code == 302


def test_key_that_is_none_is_refused_with_a_sentence():
    tab, case = ready()
    response = tab.post(address(case, "periksa/"), {})
    assert response.status_code == 422
    assert "Buka halaman ini sekali lagi" in text_of(response)


@pytest.mark.parametrize("what", ["isi/", "berkas/", "periksa/", "kuasa/", "terkirim/", "cabut/"])
def test_another_clerk_cannot_touch_the_draft(what):
    _tab, case = begun()
    other = browser(clerk())
    assert other.get(address(case, what)).status_code == 404
    refused = 405 if what == "terkirim/" else 404  # a page that only shows takes nothing, from anybody
    assert other.post(address(case, what), {"key": str(uuid.uuid4())}).status_code == refused
    assert other.get(address(case) + "?tujuan=counter_status").status_code == 404


def test_another_clerk_sees_how_a_case_stands_only_with_a_purpose():
    _tab, case = submitted()
    other = browser(clerk())
    asked = other.get(address(case))
    assert "Sebelum data dibuka" in text_of(asked)
    assert case.applicant.name not in text_of(asked)
    before = len(looks_of(case.applicant))
    shown = text_of(other.get(address(case) + "?tujuan=counter_status"))
    assert case.reference in shown
    assert looks_of(case.applicant)[before].data["purpose"] == "counter_status"
    receipt = other.get(address(case, "tanda-terima/") + "?tujuan=counter_status")
    assert case.tracking_code in text_of(receipt)
    assert other.get(address(case, "berkas/")).status_code == 404


def test_online_case_shows_the_clerk_neither_answers_nor_papers():
    script = at("submitted")
    shown = text_of(browser(clerk()).get(f"/loket/permohonan/{script.case_id}/?tujuan=counter_status"))
    case = case_of(script)
    assert case.reference in shown
    for value in case.answers.values():
        assert str(value) not in shown or len(str(value)) < 4
    assert "/berkas/" not in shown


def test_every_page_of_an_own_draft_is_a_look():
    tab, case = begun()
    before = len(looks_of(case.applicant))
    for what in ("", "isi/", "berkas/", "periksa/"):
        tab.get(address(case, what))
    assert len(looks_of(case.applicant)) == before + 4


def test_returned_case_is_put_right_by_the_clerk_who_opened_it():
    tab, case = submitted()
    cast = TestCast()
    services.take(case_id=case.pk, by=cast.player("verifier", MALL))
    codes = to_check(Case.objects.select_related("service_version").get(pk=case.pk))
    marks = dict.fromkeys(codes, ("ok", "")) | {codes[-1]: ("deficient", "Foto buram.")}
    services.return_to_applicant(case_id=case.pk, by=cast.player("verifier", MALL), marks=marks)
    shown = text_of(tab.get(address(case, "berkas/")))
    assert "Foto buram." in shown
    accepted = tab.post(address(case, "berkas/"), {f"file-{codes[-1]}": photo()})
    assert accepted["Location"] == address(case, "periksa/")
    response = tab.post(address(case, "periksa/"), {"key": str(uuid.uuid4())})
    assert response["Location"] == address(case, "terkirim/")
    again = Case.objects.get(pk=case.pk)
    assert (again.state, again.round) == ("submitted", 2)


def test_other_clerk_reads_out_what_must_be_put_right():
    script = at("taken", cast=(cast := TestCast()))
    codes = to_check(case_of(script))
    marks = dict.fromkeys(codes, ("ok", "")) | {codes[0]: ("deficient", "Alamat praktik belum lengkap.")}
    services.return_to_applicant(case_id=script.case_id, by=cast.player("verifier", MALL), marks=marks)
    shown = text_of(browser(clerk()).get(f"/loket/permohonan/{script.case_id}/?tujuan=counter_status"))
    assert "Alamat praktik belum lengkap." in shown


def test_same_visit_service_leads_to_the_agency_or_to_serving():
    tab, case = submitted(code=SKCK)
    assert "Antar pemohon ke loket" in text_of(tab.get(address(case, "terkirim/")))
    both = staff("clerk")
    grant_membership(both, "officer", "POLRESTA")
    tab, case = submitted(both, SKCK)
    assert f"/meja/permohonan/{case.pk}/layani/" in text_of(tab.get(address(case, "terkirim/")))


def test_clerk_withdraws_only_when_the_applicant_asked():
    tab, case = submitted()
    assert tab.post(address(case, "cabut/"), {"reason": "x"}).status_code == 422
    tab.post(address(case, "cabut/"), {"reason": "Pindah kota.", "sure": "on"})
    assert Case.objects.get(pk=case.pk).state == "withdrawn"
    late = tab.post(address(case, "cabut/"), {"sure": "on"})
    assert late.status_code == 409


def test_who_comes_today_can_be_another_person():
    tab, case = begun()
    tab.post(address(case, "kuasa/"), {"kind": "family", "bearer": "Suparmi", "note": "Istri"})
    assert Mandate.objects.get(case=case).bearer == "Suparmi"


def test_list_of_openings_costs_the_same_for_one_and_many():
    user = clerk()
    tab, person = browser(user), make_person()
    begin(tab, person)
    with counted() as one:
        tab.get("/loket/permohonan/")
    for _case in range(50):
        begin(tab, person)
    with counted() as many:
        first = tab.get("/loket/permohonan/")
    assert len(one) == len(many) <= 6
    seen = set(re.findall(r"/loket/permohonan/([0-9a-f-]{36})/", text_of(first)))
    while match := re.search(r'rel="next" href="([^"]+)"', text_of(first)):
        first = tab.get("/loket/permohonan/" + match[1].replace("&amp;", "&"))
        seen |= set(re.findall(r"/loket/permohonan/([0-9a-f-]{36})/", text_of(first)))
    assert len(seen) == 51
    assert not re.findall(r"/loket/permohonan/[0-9a-f-]{36}/", text_of(browser(clerk()).get("/loket/permohonan/")))


def test_counter_home_shows_the_latest_openings():
    tab, case = begun()
    assert case.applicant.name in text_of(tab.get("/loket/"))

"""The pages of the clock: a repair is answered, a second person signs, an outage is entered and read by everybody."""

import pytest

from agencies.models import Role
from tests.cases import at as case_at
from tests.cases import browser, case_of, clerk, counted, staff, text_of
from tests.clockwork import Counter, at
from workflows.cases import services as cases
from workflows.clock.pause import Outage, Pause

pytestmark = pytest.mark.django_db


def asked(counter: Counter) -> None:
    """A complete application is asked for a repair."""
    counter.submit("2026-10-05 09:00")
    counter.accept("2026-10-06 09:00")
    said = {"what": ["Denah belum bertanggal."], "agency": "DPMPTSP"}
    counter.do("2026-10-07 09:00", cases.ask_repair, case_id=counter.case_id, by=counter.checker, **said)


def applicant(counter: Counter) -> object:
    return case_of(counter.script).applicant.user


def test_applicant_reads_what_to_put_right_and_answers_it() -> None:
    counter = Counter()
    asked(counter)
    visitor = browser(applicant(counter))  # type: ignore[arg-type]
    with at("2026-10-08 09:00"):
        page = f"/permohonan/{counter.case_id}/"
        assert "Denah belum bertanggal." in text_of(visitor.get(page))
        empty = visitor.post(f"{page}perbaikan/", {"answer": ""})
        assert empty.status_code == 422
        assert visitor.post(f"{page}perbaikan/", {"answer": "Sudah saya perbaiki."}).status_code == 302
        shown = text_of(visitor.get(page))
    assert "Perbaikan Anda diterima" in shown
    assert counter.case.paused == ""


def test_applicant_sees_the_time_by_party_and_prints_the_numbered_receipt() -> None:
    counter = Counter().submit("2026-10-05 09:00")
    counter.accept("2026-10-06 09:00")
    visitor = browser(applicant(counter))  # type: ignore[arg-type]
    with at("2026-10-07 09:00"):
        shown = text_of(visitor.get(f"/permohonan/{counter.case_id}/"))
        printed = text_of(visitor.get(f"/permohonan/{counter.case_id}/tanda-terima/"))
    assert "Sisa jangka waktu" in shown
    assert "Mal Pelayanan Publik" in shown
    assert str(counter.case.complete_number) in printed


def test_applicant_asked_too_late_reads_that_no_day_is_lost() -> None:
    counter = Counter().submit("2026-10-05 09:00")
    counter.send_back("2026-10-15 10:00", "ktp")
    with at("2026-10-15 11:00"):
        shown = text_of(browser(applicant(counter)).get(f"/permohonan/{counter.case_id}/"))  # type: ignore[arg-type]
    assert "Anda tidak kehilangan hari" in shown


def test_second_verifier_finds_the_late_return_and_signs_it() -> None:
    counter = Counter().submit("2026-10-05 09:00")
    counter.send_back("2026-10-15 10:00", "ktp")
    pause = Pause.objects.get(case=counter.case_id)
    with at("2026-10-15 11:00"):
        other, own = browser(staff(Role.VERIFIER)), browser(counter.cast.user(Role.VERIFIER, "DPMPTSP", 1))
        assert f"/jeda/{pause.pk}/" in text_of(other.get("/meja/jeda/"))
        assert f"/jeda/{pause.pk}/" not in text_of(own.get("/meja/jeda/"))
        assert "dari orang lain" in text_of(own.get(f"/meja/jeda/{pause.pk}/"))
        assert other.post(f"/meja/jeda/{pause.pk}/", {"do": "sign"}).status_code == 302
    assert counter.case.paused == "correcting"


def test_second_verifier_declines_and_the_term_runs_on() -> None:
    counter = Counter().submit("2026-10-05 09:00")
    counter.send_back("2026-10-15 10:00", "ktp")
    pause = Pause.objects.get(case=counter.case_id)
    with at("2026-10-15 11:00"):
        browser(staff(Role.VERIFIER)).post(f"/meja/jeda/{pause.pk}/", {"do": "decline"})
    pause.refresh_from_db()
    assert (bool(pause.closed_at), counter.case.paused) == (True, "")


def test_administrator_enters_an_outage_and_everybody_reads_it() -> None:
    Counter()
    office = browser(staff(Role.ADMINISTRATOR))
    said = {"system": "OSS", "title": "OSS tidak dapat dibuka", "begins_at": "2026-10-07 09:00"}
    with at("2026-10-07 10:00"):
        assert office.post("/meja/administrasi/gangguan/", said | {"title": ""}).status_code == 422
        assert office.post("/meja/administrasi/gangguan/", said).status_code == 302
        row = Outage.objects.get()
        with counted() as queries:
            shown = text_of(browser().get("/gangguan/"))
        assert "OSS tidak dapat dibuka" in shown
        assert "masih berlangsung" in shown
        assert len(queries) <= 3
        ended = office.post(f"/meja/administrasi/gangguan/{row.pk}/", {"ends_at": "2026-10-07 09:30"})
    row.refresh_from_db()
    assert (ended.status_code, bool(row.ends_at)) == (302, True)


def test_clerk_cannot_open_the_pages_of_outages_and_signatures() -> None:
    visitor = browser(clerk())
    assert visitor.get("/meja/administrasi/gangguan/").status_code == 403
    assert visitor.get("/meja/jeda/").status_code == 403


def test_officer_sees_the_time_by_party_on_the_case_page() -> None:
    script = case_at("checked")
    shown = text_of(browser(staff(Role.VERIFIER)).get(f"/meja/permohonan/{script.case_id}/"))
    assert "Tanpa jeda" in shown

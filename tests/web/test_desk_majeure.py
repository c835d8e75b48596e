"""Force majeure at the desk: asked by who decides, signed by another, ended when the office can work again."""

import pytest

from agencies.models import Role
from tests.cases import browser, staff, text_of
from tests.clockwork import Counter, assert_whole, at
from workflows.clock.pause import Pause

pytestmark = pytest.mark.django_db
NOTE = "Kantor dinas terendam banjir."


def declared() -> tuple[Counter, str]:
    """A complete case whose approver has asked; the address of its page."""
    counter = Counter().submit("2026-10-05 09:00")
    counter.accept("2026-10-06 09:00")
    page = f"/meja/permohonan/{counter.case_id}/"
    with at("2026-10-07 09:00"):
        tab = browser(counter.cast.user(Role.APPROVER, "DPMPTSP", 7))
        assert "Nyatakan keadaan kahar" in text_of(tab.get(page))
        assert tab.post(f"{page}keadaan-kahar/", {"note": " "}).status_code == 422
        assert tab.post(f"{page}keadaan-kahar/", {"note": NOTE}).status_code == 302
    return counter, page


def test_approver_declares_another_signs_and_the_term_waits_until_it_is_over() -> None:
    counter, page = declared()
    pause = Pause.objects.get(case=counter.case_id)
    assert (pause.note, pause.effective_at, counter.case.paused) == (NOTE, None, "")
    with at("2026-10-07 10:00"):
        asking, other = browser(counter.cast.user(Role.APPROVER, "DPMPTSP", 7)), browser(staff(Role.VERIFIER))
        assert "Tanda tangan kedua: hentikan waktu" not in text_of(asking.get(page))
        assert "Tanda tangan kedua: hentikan waktu" in text_of(other.get(page))
        assert NOTE in text_of(other.get(f"/meja/jeda/{pause.pk}/"))
        assert other.post(f"/meja/jeda/{pause.pk}/", {"do": "sign"}).status_code == 302
        assert (counter.case.paused, counter.case.paused_days_left) == ("force_majeure", 8)
    with at("2026-10-12 09:00"):
        assert "Akhiri keadaan kahar" in text_of(other.get(page))
        assert other.post(f"{page}keadaan-kahar/akhiri/").status_code == 302
    assert (counter.case.paused, counter.due()) == ("", "2026-10-22")
    assert_whole()


def test_verifier_cannot_declare_and_who_asked_cannot_sign() -> None:
    counter, page = declared()
    pause = Pause.objects.get(case=counter.case_id)
    with at("2026-10-07 10:00"):
        assert browser(staff(Role.VERIFIER)).post(f"{page}keadaan-kahar/", {"note": NOTE}).status_code == 403
        own = browser(counter.cast.user(Role.APPROVER, "DPMPTSP", 7))
        assert own.post(f"/meja/jeda/{pause.pk}/", {"do": "sign"}).status_code == 403
        assert own.post(f"{page}keadaan-kahar/akhiri/").status_code == 409
    assert counter.case.paused == ""


def test_officer_of_an_agency_that_was_only_asked_cannot_declare() -> None:
    counter, page = declared()
    with at("2026-10-07 10:00"):
        answer = browser(staff(Role.OFFICER, "DLH")).post(f"{page}keadaan-kahar/", {"note": NOTE})
    assert answer.status_code == 404
    assert counter.case.pauses.count() == 1

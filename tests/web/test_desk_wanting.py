"""A repair is asked at the desk and answered at the counter; what was visible before never pauses the term."""

import pytest

from agencies.errors import Invalid
from agencies.models import Role
from mall.canary.cast import Applicant
from tests.cases import MALL, browser, pdf, staff, text_of
from tests.clockwork import ASKS, CODE, Counter, assert_whole, at
from tests.engine import EngineScript
from workflows.cases import services
from workflows.clock.pause import Pause
from workflows.clock.services import second_pause

pytestmark = pytest.mark.django_db
ELSEWHERE = "-"


def complete(more: str = "", rounds: int = 2) -> Counter:
    """An application of 5 October that was found complete a day later."""
    counter = Counter(more=more, rounds=rounds).submit("2026-10-05 09:00")
    counter.accept("2026-10-06 09:00")
    return counter


def page_of(counter: Counter) -> str:
    return f"/meja/permohonan/{counter.case_id}/"


def test_officer_of_an_asked_agency_asks_for_what_a_visit_found_and_the_term_waits() -> None:
    counter = complete(ASKS)
    with at("2026-10-07 09:00"):
        tab = browser(staff(Role.OFFICER, "DLH"))
        assert "Minta perbaikan kepada pemohon" in text_of(tab.get(page_of(counter)))
        said = {"what_1": "Saluran air belum dibuat.", "about_1": ELSEWHERE}
        assert tab.post(f"{page_of(counter)}minta-perbaikan/", said).status_code == 302
        shown = text_of(tab.get(page_of(counter)))
    repair = counter.case.repairs.get()
    assert (repair.agency, repair.what, repair.repeated) == ("DLH", ["Saluran air belum dibuat."], False)
    assert (counter.case.paused, counter.case.repeated_returns) == ("correcting", 0)
    assert "Menunggu pemohon" in shown
    assert "Minta perbaikan kepada pemohon" not in shown
    assert_whole()


def test_approver_who_asks_for_what_was_visible_before_pauses_nothing_and_is_counted() -> None:
    counter = complete()
    due = counter.due()
    with at("2026-10-07 09:00"):
        tab = browser(staff(Role.APPROVER))
        said = {"what_1": "Denah belum bertanggal.", "about_1": "denah"}
        assert tab.post(f"{page_of(counter)}minta-perbaikan/", said).status_code == 302
        shown = text_of(tab.get(page_of(counter)))
    case = counter.case
    assert (case.paused, case.repeated_returns, counter.due()) == ("", 1, due)
    assert case.repairs.get().repeated
    assert "waktu layanan tidak berhenti" in shown
    assert counter.holders()[-1] == ("mall", "deciding")
    assert_whole()


def test_repair_of_one_new_thing_beside_a_visible_one_pauses() -> None:
    counter = complete()
    said = {"what": ["Denah belum bertanggal.", "Pagar belum ada."], "about": ["denah", ""], "agency": MALL}
    counter.do("2026-10-07 09:00", services.ask_repair, case_id=counter.case_id, by=counter.checker, **said)
    assert counter.case.paused == "correcting"


def test_paper_replaced_since_the_check_is_new_and_pauses() -> None:
    counter = complete(rounds=3)
    first = {"what": ["Denah belum bertanggal."], "about": ["denah"], "agency": MALL}
    counter.do("2026-10-07 09:00", services.ask_repair, case_id=counter.case_id, by=counter.checker, **first)
    counter.replace("2026-10-08 09:00", "denah")
    who = counter.script.who.actor
    counter.do("2026-10-08 10:00", services.answer_repair, case_id=counter.case_id, by=who, answer="Sudah.")
    counter.do("2026-10-09 09:00", services.ask_repair, case_id=counter.case_id, by=counter.checker, **first)
    assert (counter.case.paused, counter.case.repeated_returns) == ("correcting", 1)
    assert_whole()


def test_form_that_was_found_in_order_and_never_changed_pauses_nothing() -> None:
    counter = complete()
    said = {"what": ["Uraian terlalu pendek."], "about": ["_answers"], "agency": MALL}
    counter.do("2026-10-07 09:00", services.ask_repair, case_id=counter.case_id, by=counter.checker, **said)
    assert (counter.case.paused, counter.case.repeated_returns) == ("", 1)


def test_paper_that_the_service_does_not_have_is_refused() -> None:
    counter = complete()
    with pytest.raises(Invalid) as fault:
        services.ask_repair(case_id=counter.case_id, by=counter.checker, what=["a"], about=["paspor"], agency=MALL)
    assert set(fault.value.fields) == {"about"}


def test_sentence_without_a_place_is_told_beside_the_field_and_nothing_typed_is_lost() -> None:
    counter = complete()
    with at("2026-10-07 09:00"):
        tab = browser(staff(Role.APPROVER))
        where = f"{page_of(counter)}minta-perbaikan/"
        answer = tab.post(where, {"what_1": "Denah belum bertanggal.", "about_1": ""})
        more = tab.post(where, {"what_1": "Denah belum bertanggal.", "about_1": "denah", "do": "more"})
    assert (answer.status_code, "Pilih di mana hal ini tampak" in text_of(answer)) == (422, True)
    assert "Denah belum bertanggal." in text_of(answer)
    assert (more.status_code, "what_5" in text_of(more), "tampak." in text_of(more)) == (200, True, False)
    assert not counter.case.repairs.exists()


def test_force_majeure_that_began_while_the_applicant_was_asked_does_not_end_with_her_answer() -> None:
    counter = complete()
    said = {"what": ["Denah belum bertanggal."], "about": ["denah"], "agency": MALL}
    counter.do("2026-10-07 09:00", services.ask_repair, case_id=counter.case_id, by=counter.checker, **said)
    with at("2026-10-07 10:00"):
        tab = browser(staff(Role.APPROVER))
        assert tab.post(f"{page_of(counter)}keadaan-kahar/", {"note": "Banjir."}).status_code == 302
        second_pause(pause_id=Pause.objects.get(closed_at=None).pk, by=counter.second)
    who = counter.script.who.actor
    counter.do("2026-10-08 10:00", services.answer_repair, case_id=counter.case_id, by=who, answer="Sudah.")
    assert counter.case.paused == "force_majeure"
    assert_whole()


class AtCounter(EngineScript):
    """The same, opened by a clerk for the person who stands before her."""

    def open(self) -> None:
        clerk = self.cast.player(Role.CLERK, MALL)
        person = self.who.person_id
        case = services.open_draft(by=clerk, service_code=CODE, applicant_id=person, channel="counter")
        self.case_id, self.who = case.pk, Applicant(clerk, person)
        services.set_mandate(case_id=case.pk, by=clerk, kind="present")


def at_counter() -> Counter:
    """A case of the counter, complete and asked for a repair."""
    counter = Counter()
    counter.script = AtCounter(counter.script.definition, counter.cast)
    counter.submit("2026-10-05 09:00")
    counter.accept("2026-10-06 09:00")
    said = {"what": ["Pagar belum ada."], "agency": MALL}
    counter.do("2026-10-07 09:00", services.ask_repair, case_id=counter.case_id, by=counter.checker, **said)
    return counter


def test_clerk_answers_a_repair_for_the_person_at_the_counter() -> None:
    counter = at_counter()
    with at("2026-10-08 09:00"):
        tab = browser(counter.cast.user(Role.CLERK, MALL))
        where = f"/loket/permohonan/{counter.case_id}/"
        assert "Pagar belum ada." in text_of(tab.get(where))
        assert "Apa yang sudah diperbaiki pemohon?" in text_of(tab.get(f"{where}perbaikan/"))
        assert tab.post(f"{where}perbaikan/", {"answer": ""}).status_code == 422
        said = {"answer": "Pagar sudah dibuat.", "paper-denah": pdf("denah.pdf")}
        assert tab.post(f"{where}perbaikan/", said).status_code == 302
        assert tab.get(f"{where}perbaikan/").status_code == 302
    repair = counter.case.repairs.get()
    assert (repair.answer, bool(repair.answered_at)) == ("Pagar sudah dibuat.", True)
    assert counter.case.attachments.filter(requirement="denah").count() == 2
    assert counter.case.paused == ""


def test_clerk_without_the_mandate_cannot_answer_the_repair() -> None:
    counter = at_counter()
    with at("2026-10-08 09:00"):
        tab = browser(staff(Role.CLERK))
        where = f"/loket/permohonan/{counter.case_id}/perbaikan/"
        assert tab.get(where).status_code == 404
        assert tab.post(where, {"answer": "Sudah."}).status_code == 404
    assert counter.case.repairs.get().answered_at is None

"""The head answers what an applicant objects to, before silence does."""

from datetime import timedelta

import pytest

from agencies import clock
from agencies.ids import new_id
from agencies.models import Role
from tests.cases import DOCTOR, MALL, browser, case_of, counted, looks_of, staff, text_of
from tests.engine import ADVISED, EngineScript, TestCast, played
from tests.factories import make_membership
from workflows.cases.machine import CaseState, Instance
from workflows.cases.models import Case
from workflows.objections.models import Objection, ObjectionState
from workflows.objections.services import answer_objection, file_objection

pytestmark = pytest.mark.django_db
ROWS = 25
"""Of a page."""
MOST_LIST = 9
"""Session, user, person, memberships 4, what binds her 1; rows 1, holidays 1, one to spare."""
LIST = "/meja/antrean/keberatan/"
WHY = "Denah sudah saya serahkan pada kunjungan kedua."
SAID = {"outcome": "uphold", "answer": "Denah memang sudah ada.", "legal_basis": "UU 30/2014 pasal 77"}


def refused(cast: TestCast | None = None) -> EngineScript:
    return played(DOCTOR, *ADVISED, "refuse", cast=cast)


def filed(script: EngineScript) -> Objection:
    return file_objection(case_id=script.case_id, by=script.who.actor, reason=WHY)


def page(objection: Objection) -> str:
    return f"/meja/keberatan/{objection.pk}/"


def test_head_finds_the_objection_reads_the_file_and_upholds_it() -> None:
    script = refused()
    objection, head = filed(script), browser(staff(Role.HEAD))
    assert page(objection) in text_of(head.get("/meja/"))
    listed = text_of(head.get(LIST))
    assert page(objection) in listed
    assert case_of(script).applicant.name not in listed
    shown = text_of(head.get(page(objection)))
    assert WHY in shown
    assert "Keputusan yang ditentang" in shown
    assert looks_of(case_of(script).applicant)[-1].data["purpose"] == "objection"
    assert head.post(page(objection), SAID)["Location"] == LIST
    objection.refresh_from_db()
    assert (objection.state, objection.answer) == (ObjectionState.UPHELD, SAID["answer"])
    assert case_of(script).state == CaseState.AWAITING_DECISION
    assert page(objection) not in text_of(head.get(LIST))
    assert SAID["answer"] in text_of(head.get(page(objection))), "she may read again what she answered"


def test_head_rejects_it_and_the_refusal_stands() -> None:
    script = refused()
    objection = filed(script)
    assert browser(staff(Role.HEAD)).post(page(objection), SAID | {"outcome": "reject"}).status_code == 302
    assert case_of(script).state == CaseState.REFUSED
    assert Objection.objects.get(pk=objection.pk).appeal_until


def test_head_without_reason_or_law_reads_it_beside_the_fields_and_loses_nothing() -> None:
    objection = filed(refused())
    again = browser(staff(Role.HEAD)).post(page(objection), SAID | {"legal_basis": " "})
    shown = text_of(again)
    assert again.status_code == 422
    assert 'id="id_legal_basis_error"' in shown
    assert SAID["answer"] in shown
    assert Objection.objects.get(pk=objection.pk).state == ObjectionState.FILED


def test_head_is_told_that_she_is_late_and_keeps_what_she_typed() -> None:
    objection, head = filed(refused()), browser(staff(Role.HEAD))
    with clock.pretend(objection.due_at + timedelta(minutes=1)):
        shown = text_of(head.get(page(objection)))
        late = head.post(page(objection), SAID)
    assert "dianggap dikabulkan" in shown
    assert "<textarea" not in shown
    assert late.status_code == 409
    assert SAID["answer"] in text_of(late)
    assert Objection.objects.get(pk=objection.pk).state == ObjectionState.FILED


def test_head_who_answers_twice_is_told_that_it_is_answered() -> None:
    objection, head = filed(refused()), browser(staff(Role.HEAD))
    head.post(page(objection), SAID)
    again = head.post(page(objection), SAID)
    assert again.status_code == 409
    assert "sudah dijawab" in text_of(again)


def test_head_whose_session_ended_finds_her_answer_again() -> None:
    objection, tab = filed(refused()), browser()
    assert "/akun/" in tab.post(page(objection), SAID)["Location"]
    tab.force_login(staff(Role.HEAD))
    assert SAID["answer"] in text_of(tab.get(page(objection)))
    assert Objection.objects.get(pk=objection.pk).state == ObjectionState.FILED


def test_who_decided_neither_reads_nor_answers_it_as_head() -> None:
    cast = TestCast()
    objection = filed(refused(cast))
    decider = cast.user(Role.APPROVER, MALL)
    make_membership(decider, Role.HEAD, MALL)
    both = browser(decider)
    for answer in (both.get(page(objection)), both.post(page(objection), SAID)):
        assert answer.status_code == 403
        assert "ikut menangani" in text_of(answer)
        assert WHY not in text_of(answer)


def test_others_see_neither_the_list_nor_the_objection() -> None:
    objection = filed(refused())
    elsewhere = browser(staff(Role.HEAD, "DINKES"))
    assert page(objection) not in text_of(elsewhere.get(LIST))
    assert elsewhere.get(page(objection)).status_code == 404
    other = browser(staff(Role.APPROVER))
    assert other.get(page(objection)).status_code == 403
    assert other.get(LIST).status_code == 404
    assert LIST not in text_of(other.get("/meja/"))
    deputy = browser(staff(Role.DEPUTY))
    assert deputy.get(page(objection)).status_code == 404, "the head's, while there is one"
    assert page(objection) not in text_of(deputy.get(LIST))
    assert LIST in text_of(elsewhere.get("/meja/"))


def test_head_of_the_secretariat_reads_the_first_answer_before_she_answers_the_appeal() -> None:
    cast = TestCast()
    script = refused(cast)
    said = {"upheld": False, "answer": "Denah tidak berskala.", "legal_basis": "Perda 1/2020"}
    answer_objection(objection_id=filed(script).pk, by=cast.player(Role.HEAD, MALL), **said)  # type: ignore[arg-type]
    appeal, head = filed(script), browser(staff(Role.HEAD, "SETDA"))
    assert "Denah tidak berskala." in text_of(head.get(page(appeal)))
    assert head.post(page(appeal), SAID).status_code == 302
    assert case_of(script).instance == Instance.APPEAL


def test_the_list_costs_the_same_for_1_and_50() -> None:
    head, first = browser(staff(Role.HEAD)), filed(refused())
    with counted() as one:
        assert text_of(head.get(LIST)).count("/meja/keberatan/") == 1
    copies = 49
    for number in range(copies):
        case = Case.objects.get(pk=first.case_id)
        case.pk, case.reference, case.tracking_code = new_id(), f"MPP-2000-{number:06}", f"UJI{number:05}"
        case.draft_key, case.submission_key, case.complete_number = new_id(), new_id(), f"TTL-UJI-{number}"
        case.save(force_insert=True)
        twin = Objection.objects.get(pk=first.pk)
        twin.pk, twin.case = new_id(), case
        twin.save(force_insert=True)
    with counted() as many:
        assert text_of(head.get(LIST)).count("/meja/keberatan/") == ROWS
    assert len(many) == len(one) <= MOST_LIST

"""Objections and appeals through the API: the applicant files and takes back, the head reads and answers."""

from datetime import timedelta

import pytest

from agencies import clock
from agencies.ids import new_id
from agencies.models import Role
from tests.api.calling import Caller, kind
from tests.api.test_api_document import check_answer, document, sent  # noqa: F401 - the fixture
from tests.cases import DOCTOR, MALL, case_of, looks_of, staff
from tests.engine import ADVISED, EngineScript, played
from tests.factories import make_person, make_user
from workflows.cases.machine import CaseState
from workflows.objections.models import Objection, ObjectionState

pytestmark = pytest.mark.django_db
WHY = {"reason": "Denah sudah saya serahkan pada kunjungan kedua."}
SAID = {"outcome": "reject", "answer": "Denah tidak berskala.", "legal_basis": "Perda 1/2020"}


@pytest.fixture
def script() -> EngineScript:
    """A refused case."""
    return played(DOCTOR, *ADVISED, "refuse")


def applicant(script: EngineScript) -> Caller:
    return Caller(case_of(script).applicant.user)


def of_case(script: EngineScript) -> str:
    return f"/cases/{script.case_id}/objections"


def test_the_way_of_an_objection_and_an_appeal_is_as_described(document, script) -> None:  # type: ignore[no-untyped-def] # noqa: F811
    owner, head = applicant(script), Caller(staff(Role.HEAD))
    ((why,), (said,)) = sent(document, "file_objection"), sent(document, "answer_objection")
    waiting = owner.get(of_case(script))
    check_answer(document, "list_case_objections", waiting)
    assert waiting.json()["open_to"]["instance"] == "objection"
    made = owner.post(of_case(script), why)
    check_answer(document, "file_objection", made)
    path = made.json()["url"].removeprefix("/api/v1")
    assert made["Location"] == made.json()["url"]
    listed = head.get("/objections")
    check_answer(document, "list_objections", listed)
    assert [one["url"] for one in listed.json()["items"]] == [made.json()["url"]]
    read = head.get(path, X_Purpose="objection")
    check_answer(document, "read_objection", read)
    assert looks_of(case_of(script).applicant)[-1].data["purpose"] == "objection"
    check_answer(document, "answer_objection", head.post(f"{path}/answer", {**said, "outcome": "reject"}))
    told = owner.get(path)
    check_answer(document, "read_objection", told)
    assert (told.json()["state"], bool(told.json()["appeal_until"])) == ("rejected", True)
    appeal = owner.post(of_case(script), why)
    assert (appeal.json()["instance"], appeal.json()["agency"]) == ("appeal", "SETDA")
    back = owner.post(f"{appeal.json()['url'].removeprefix('/api/v1')}/withdrawal")
    check_answer(document, "withdraw_objection", back)
    assert back.json()["state"] == "withdrawn"


def test_filing_again_with_the_same_key_files_once_and_with_other_words_is_told(script: EngineScript) -> None:
    owner, key = applicant(script), str(new_id())
    first, second = (owner.post(of_case(script), WHY, Idempotency_Key=key) for _time in range(2))
    assert (first.status_code, second.status_code, first.json()) == (201, 201, second.json())
    assert Objection.objects.count() == 1
    assert kind(owner.post(of_case(script), {"reason": "Lain."}, Idempotency_Key=key)) == (422, "invalid")
    assert kind(owner.send("POST", of_case(script), WHY)) == (400, "bad-request")
    assert kind(owner.post(of_case(script), WHY))[0] == 409


def test_an_upheld_objection_reopens_the_case_and_is_answered_once(script: EngineScript) -> None:
    path = applicant(script).post(of_case(script), WHY).json()["url"].removeprefix("/api/v1")
    head = Caller(staff(Role.HEAD))
    assert kind(head.post(f"{path}/answer", {**SAID, "answer": " "})) == (422, "invalid")
    assert kind(head.post(f"{path}/answer", {**SAID, "outcome": "perhaps"})) == (422, "invalid")
    assert head.post(f"{path}/answer", {**SAID, "outcome": "uphold"}).json()["state"] == ObjectionState.UPHELD
    assert case_of(script).state == CaseState.AWAITING_DECISION
    assert kind(head.post(f"{path}/answer", SAID))[0] == 409
    assert kind(applicant(script).post(f"{path}/withdrawal"))[0] == 409


def test_too_late_is_a_conflict(script: EngineScript) -> None:
    with clock.pretend(clock.now() + timedelta(days=60)):
        assert kind(applicant(script).post(of_case(script), WHY))[0] == 409


def test_others_neither_file_nor_read_nor_answer_nor_take_back(script: EngineScript) -> None:
    path = applicant(script).post(of_case(script), WHY).json()["url"].removeprefix("/api/v1")
    stranger = Caller(make_user())
    make_person(user=stranger.user)
    approver, elsewhere = Caller(staff(Role.APPROVER)), Caller(staff(Role.HEAD, "DINKES"))
    for other in (stranger, approver, elsewhere):
        for answer in (
            other.get(path, X_Purpose="objection"),
            other.post(f"{path}/answer", SAID),
            other.post(f"{path}/withdrawal"),
            other.post(of_case(script), WHY),
        ):
            assert kind(answer) == (404, "missing")
    assert kind(Caller().get(path))[0] == 401
    assert kind(Caller(staff(Role.HEAD)).get(path)) == (422, "invalid"), "no purpose, no look"
    assert kind(Caller(staff(Role.HEAD)).get("/objections/0"))[0] == 404
    assert Objection.objects.get().state == ObjectionState.FILED


def test_a_head_who_took_part_is_refused(script: EngineScript) -> None:
    from tests.factories import make_membership

    decider = script.cast.user(Role.APPROVER, MALL)  # type: ignore[attr-defined]
    make_membership(decider, Role.HEAD, MALL)
    staff(Role.HEAD)
    path = applicant(script).post(of_case(script), WHY).json()["url"].removeprefix("/api/v1")
    assert kind(Caller(decider).post(f"{path}/answer", SAID)) == (403, "refused")

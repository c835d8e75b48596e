"""Reading cases through the API: purposes and looks, lists, pages, and what nobody is told."""

from uuid import UUID

import pytest

from agencies.models import Person
from tests.api.calling import Caller, kind
from tests.api.cases import fill, opened, owner_of
from tests.cases import DOCTOR, MALL, at, case_of, counted, looks_of, staff
from tests.engine import EngineScript, TestCast
from workflows.cases.models import Case

pytestmark = pytest.mark.django_db


def test_staff_name_their_purpose_and_the_person_can_read_of_the_look() -> None:
    script = at("submitted")
    caller, path = Caller(staff("verifier", MALL)), f"/cases/{script.case_id}"
    answer = caller.get(path)
    assert kind(answer) == (422, "invalid")
    assert [error["parameter"] for error in answer.json()["errors"]] == ["X-Purpose"]
    assert caller.get(path, X_Purpose="curiosity").status_code == 422
    assert looks_of(script.who.person_id) == []
    found = caller.get(path, X_Purpose="verification")
    assert found.json()["applicant"]["name"] == script.case().applicant.name
    (look,) = looks_of(script.who.person_id)
    assert look.data["purpose"] == "verification"
    assert caller.get(path, X_Purpose="verification", If_None_Match=found["ETag"]).status_code == 304
    assert len(looks_of(script.who.person_id)) == 1


def test_an_applicant_reads_her_own_case_without_a_purpose_and_without_a_look() -> None:
    script = at("submitted")
    assert owner_of(script).get(f"/cases/{script.case_id}").status_code == 200
    assert looks_of(script.who.person_id) == []


def test_an_applicant_learns_the_decision_but_not_the_words_of_an_agency() -> None:
    script = at("advised")
    script.refuse()
    mine = owner_of(script).get(f"/cases/{script.case_id}").json()
    theirs = Caller(staff("approver")).get(f"/cases/{script.case_id}", X_Purpose="decision").json()
    assert mine["decision"]["remedy"]
    assert "reason" not in mine["recommendations"][0]
    assert theirs["recommendations"][0]["reason"]
    assert theirs["tracking_code"] is None


@pytest.mark.parametrize("stage", ["drafted", "submitted", "advised"])
def test_reading_a_case_is_a_constant_number_of_queries(stage: str) -> None:
    """Session, user, person, roles, case (5); papers, advice, visits, repairs, decision, charge, permit (7).

    Of a draft the tag (1), of what was handed in the time: intervals and the calendar (2).
    """
    script = at(stage)
    caller = owner_of(script)
    with counted() as found:
        caller.get(f"/cases/{script.case_id}")
    assert len(found) == (13 if stage == "drafted" else 14)


@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_of_cases_is_a_constant_number_of_queries(rows: int) -> None:
    """Session, user, person, roles, cases."""
    cast = TestCast()
    scripts = [at("submitted", cast=cast) for _row in range(1)]
    first = case_of(scripts[0])
    for _row in range(rows - 1):
        played = EngineScript(first.definition, cast)
        played.open()
    caller = owner_of(scripts[0])
    with counted() as found:
        items = caller.get("/cases?limit=200").json()["items"]
    assert len(items) == rows
    assert len(found) == 5


def test_pages_of_a_list_hold_every_case_once() -> None:
    cast = TestCast()
    scripts = [at("drafted", cast=cast) for _row in range(5)]
    caller, seen, following = owner_of(scripts[0]), list[str](), "/cases?limit=2"
    while following:
        body = caller.get(following).json()
        seen += [item["id"] for item in body["items"]]
        following = (body["next"] or "").removeprefix("/api/v1")
    assert sorted(seen) == sorted(str(script.case_id) for script in scripts)
    assert len(set(seen)) == 5


@pytest.mark.parametrize(
    "cursor",
    [
        "WyJhIiwiYiJd",
        "WzEsMl0",
        "e30",
        "\u00e9",
        "WyIyMDI2LTEzLTAxVDAwOjAwOjAwKzAwOjAwIiwgIngiXQ",
        "WyJcdTAwMDAiLCJ4Il0",
    ],
)
def test_a_page_mark_that_is_not_ours_is_told(citizen: Caller, cursor: str) -> None:
    assert kind(citizen.get(f"/cases?cursor={cursor}")) == (422, "invalid")


def test_a_retired_service_can_no_longer_be_asked_for(citizen: Caller) -> None:
    from workflows.definition.models import ServiceType

    case_id = opened(citizen)
    fill(citizen, case_id)
    ServiceType.objects.filter(pk=DOCTOR).update(active=False)
    assert kind(citizen.post("/cases", {"service": DOCTOR})) == (409, "conflict")
    late = citizen.post(f"/cases/{case_id}/submission", If_Match=citizen.tag(case_id))
    assert kind(late) == (409, "conflict")
    assert Case.objects.get(pk=UUID(case_id)).answers


def test_no_answer_names_the_applicants_number() -> None:
    script = at("submitted")
    nik = Person.objects.get(pk=script.who.person_id).nik
    assert nik not in owner_of(script).get(f"/cases/{script.case_id}").content.decode()

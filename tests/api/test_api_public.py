"""Without a log-in: where a case stands, by code and digits; whether a permit is real."""

import pytest

from agencies import clock
from agencies.models import Person
from mall.api.views import public
from tests.api.calling import Caller, kind
from tests.cases import at, counted
from tests.engine import EngineScript
from workflows.cases import services
from workflows.permits.models import Permit

pytestmark = pytest.mark.django_db


@pytest.fixture
def script() -> EngineScript:
    """A submitted case."""
    return at("submitted")


def facts(script: EngineScript) -> dict[str, str]:
    """The code of the receipt and the digits of the card."""
    nik = Person.objects.get(pk=script.who.person_id).nik
    return {"code": str(script.case().tracking_code), "digits": nik[-4:]}


def test_whoever_has_code_and_digits_learns_the_status_and_no_name(script: EngineScript) -> None:
    answer = Caller().post("/tracking", facts(script))
    case = script.case()
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["reference"]) == ("submitted", case.reference)
    person = Person.objects.get(pk=script.who.person_id)
    assert person.name not in answer.content.decode()
    assert person.nik not in answer.content.decode()


def test_a_code_is_read_as_people_write_it(script: EngineScript) -> None:
    given = facts(script)
    code = f" {given['code'][:4].lower()}-{given['code'][4:].lower()} "
    assert Caller().post("/tracking", {**given, "code": code}).status_code == 200


def test_wrong_digits_and_a_wrong_code_get_the_same_answer(script: EngineScript) -> None:
    given = facts(script)
    wrong = f"{(int(given['digits']) + 1) % 10000:04d}"
    digits = Caller().post("/tracking", {**given, "digits": wrong})
    code = Caller().post("/tracking", {**given, "code": "AAAAAAAA"})
    assert kind(digits) == kind(code) == (404, "missing")
    assert digits.json()["detail"] == code.json()["detail"]


def test_a_draft_cannot_be_tracked() -> None:
    at("drafted")
    assert kind(Caller().post("/tracking", {"code": "None", "digits": "0000"})) == (404, "missing")


@pytest.mark.usefixtures("still")
def test_somebody_who_guesses_is_stopped(script: EngineScript) -> None:
    given = facts(script)
    caller = Caller()
    for guess in range(public.TRIES):
        digits = f"{(int(given['digits']) + 1 + guess) % 10000:04d}"
        assert caller.post("/tracking", {**given, "digits": digits}).status_code == 404
    stopped = caller.post("/tracking", given)
    assert kind(stopped) == (429, "too-many-requests")
    assert int(stopped["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {"/code", "/digits"}),
        ({"code": "K7QMP3XA", "digits": "12"}, {"/digits"}),
        ({"code": "K7QMP3XA", "digits": "١٢٣٤"}, {"/digits"}),
        ({"code": "K7QMP3XA", "digits": "1234", "nik": "1"}, {"/nik"}),
    ],
)
def test_a_wrong_question_is_told_with_its_places(body: dict[str, str], pointers: set[str]) -> None:
    answer = Caller().post("/tracking", body)
    assert kind(answer) == (422, "invalid")
    assert {error["pointer"] for error in answer.json()["errors"]} == pointers


def test_tracking_is_one_query(script: EngineScript) -> None:
    given = facts(script)
    with counted() as found:
        Caller().post("/tracking", given)
    assert len(found) == 1


@pytest.fixture
def permit() -> Permit:
    """A permit recorded from another system."""
    script = at("decided", "DPMPTSP-SBKBG")
    by = script.cast.player("verifier", "DPMPTSP")
    services.record_product(case_id=script.case_id, by=by, number="SBKBG-1", issued_on=clock.today())
    return Permit.objects.get(case_id=script.case_id)


def test_anybody_verifies_a_permit_and_sees_no_nik(permit: Permit) -> None:
    answer = Caller().get(f"/permits/{permit.code}")
    body = answer.json()
    assert (answer.status_code, body["standing"], body["number"]) == (200, "valid", "SBKBG-1")
    assert permit.case.applicant.nik not in answer.content.decode()
    assert permit.case.applicant.name not in answer.content.decode()


def test_a_revoked_permit_says_so(permit: Permit) -> None:
    permit.revoke()
    permit.save()
    assert Caller().get(f"/permits/{permit.code}").json()["standing"] == "revoked"


def test_an_unknown_code_is_missing() -> None:
    assert kind(Caller().get("/permits/nothing-at-all")) == (404, "missing")


def test_verifying_is_one_query(permit: Permit) -> None:
    with counted() as found:
        Caller().get(f"/permits/{permit.code}")
    assert len(found) == 1


@pytest.mark.usefixtures("still")
def test_somebody_who_tries_codes_is_stopped() -> None:
    caller = Caller()
    statuses = [caller.get(f"/permits/x{guess}").status_code for guess in range(public.VERIFIED + 1)]
    assert statuses == [404] * public.VERIFIED + [429]

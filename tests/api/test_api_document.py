"""The OpenAPI document is whole, and each of its examples is sent and answered as it says."""

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import URLPattern
from jsonschema import Draft202012Validator

from agencies.models import User
from mall.api import examples, urls
from mall.api.actions import ACTIONS
from tests.api.calling import Caller, kind
from tests.cases import at, staff
from tests.engine import EngineScript
from tests.factories import make_person, make_user
from tests.long import partly
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.models import Case
from workflows.clock.services import declare_force_majeure, second_pause

pytestmark = pytest.mark.django_db
Operation = tuple[str, str, dict[str, Any]]
NUMBER = examples.TRANSITIONS["record_product"]
METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture(scope="module")
def document(django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    """The document as it is served."""
    with django_db_blocker.unblock():
        found: dict[str, Any] = Caller().get("/openapi.json").json()
    return found


def operations(document: dict[str, Any]) -> dict[str, Operation]:
    """Method, path and description of each operation, by its id."""
    return {
        one["operationId"]: (method.upper(), path, one)
        for path, methods in document["paths"].items()
        for method, one in methods.items()
        if method in METHODS
    }


def strict(schema: Any) -> Any:
    """The schema, with every object closed: a key that is not described is a fault."""
    if isinstance(schema, dict):
        inner = {key: strict(value) for key, value in schema.items()}
        return {**inner, "additionalProperties": False} if isinstance(schema.get("properties"), dict) else inner
    return [strict(one) for one in schema] if isinstance(schema, list) else schema


def validate(document: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    """Raise when the value is not as the schema says."""
    whole = strict({**schema, "components": {"schemas": document["components"]["schemas"]}})
    Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(value)


def check_answer(document: dict[str, Any], operation: str, response: Any) -> None:
    """Is this answer described, and as described?"""
    described = operations(document)[operation][2]["responses"]
    status = str(response.status_code)
    assert status in described, (operation, status, response.content)
    answer = described[status]
    if "$ref" in answer:
        answer = document["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
    if "content" in answer:
        media, shape = next(iter(answer["content"].items()))
        assert response["Content-Type"] == media
        validate(document, shape["schema"], response.json())


def test_the_document_is_valid_and_gives_no_warning() -> None:
    call_command("spectacular", "--fail-on-warn", "--validate", "--format", "openapi-json", stdout=io.StringIO())


def test_the_document_is_openapi_3_1_with_one_problem(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    answers = document["components"]["responses"].values()
    assert {json.dumps(one["content"]) for one in answers} == {
        json.dumps({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}})
    }
    validate(document, document["components"]["schemas"]["Problem"], examples.PROBLEM)


def test_every_address_is_described(document: dict[str, Any]) -> None:
    patterns = [str(one.pattern) for one in urls.urlpatterns if isinstance(one, URLPattern) and one.name != "nowhere"]
    paths = {re.sub(r"<\w+:(\w+)>", r"{\1}", f"/api/v1/{pattern}") for pattern in patterns}
    assert paths - set(document["paths"]) == {"/api/v1/openapi.json"}


def test_every_operation_has_words_and_every_body_an_example(document: dict[str, Any]) -> None:
    for name, (method, _path, one) in operations(document).items():
        assert one["summary"], name
        assert one["description"], name
        if method != "GET" and "requestBody" in one:
            assert one["requestBody"]["content"]["application/json"]["examples"], name


def sent(document: dict[str, Any], operation: str) -> list[Any]:
    """The examples of an operation's body, each as its schema says."""
    body = operations(document)[operation][2]["requestBody"]["content"]["application/json"]
    values = [one["value"] for one in body["examples"].values()]
    for value in values:
        validate(document, body["schema"], value)
    return values


@pytest.fixture
def citizen() -> Caller:
    """A citizen with an account."""
    user = make_user()
    make_person(user=user, nik="3510164505880001")
    return Caller(user)


def test_the_examples_of_a_citizen_work(document: dict[str, Any], citizen: Caller) -> None:
    (new,) = sent(document, "open_case")
    opened = citizen.post("/cases", new)
    check_answer(document, "open_case", opened)
    path = f"/cases/{opened.json()['id']}"
    (answers,) = sent(document, "answer_case")
    answered = citizen.send("PATCH", f"{path}/answers", answers, If_Match=opened["ETag"])
    check_answer(document, "answer_case", answered)
    assert answered.status_code == 200
    (kept,) = sent(document, "attach_to_case")
    up = citizen.upload(f"{path}/attachments", requirement=kept["requirement"], If_Match=answered["ETag"])
    check_answer(document, "attach_to_case", up)
    kept = {**kept, "file_id": up.json()["attachments"][0]["file_id"]}
    again = citizen.post(f"{path}/attachments", kept, If_Match=up["ETag"])
    check_answer(document, "attach_to_case", again)
    assert again.status_code == 201
    check_answer(document, "submit_case", citizen.post(f"{path}/submission", If_Match=again["ETag"]))
    for operation, address in (
        ("list_cases", "/cases"),
        ("read_case", path),
        ("list_transitions", f"{path}/transitions"),
    ):
        check_answer(document, operation, citizen.get(address))


def test_the_example_of_a_receipt_works(document: dict[str, Any]) -> None:
    (example,) = sent(document, "track_case")
    script = at("submitted", examples.TREES)
    person = script.case().applicant
    Case.objects.filter(pk=script.case_id).update(tracking_code=example["code"])
    answer = Caller().post("/tracking", {**example, "digits": person.nik[-4:]})
    check_answer(document, "track_case", answer)
    assert answer.status_code == 200


STAGES: dict[str, tuple[str, str, str, str]] = {
    "withdraw": (examples.TREES, "submitted", "", ""),
    "take": (examples.TREES, "submitted", "verifier", "DPMPTSP"),
    "accept": (examples.TREES, "taken", "verifier", "DPMPTSP"),
    "return": (examples.TREES, "taken", "verifier", "DPMPTSP"),
    "give_recommendation": ("DPMPTSP-SBKBG", "checked", "officer", "DPUCKPP"),
    "schedule_inspection": (examples.TREES, "checked", "officer", "DLH"),
    "report_inspection": (examples.TREES, "checked", "officer", "DLH"),
    "approve": (examples.TREES, "advised", "approver", "DPMPTSP"),
    "refuse": (examples.TREES, "advised", "approver", "DPMPTSP"),
    "recall_recommendation": (examples.TREES, "advised", "officer", "DLH"),
    "ask_recommendation_again": (examples.TREES, "advised", "approver", "DPMPTSP"),
    "draw_inspector": (examples.TREES, "checked", "officer", "DLH"),
    "appoint_inspector": (examples.TREES, "checked", "officer", "DLH"),
    "ask_repair": (examples.TREES, "advised", "approver", "DPMPTSP"),
    "answer_repair": (examples.TREES, "advised", "", ""),
    "declare_force_majeure": (examples.TREES, "advised", "approver", "DPMPTSP"),
    "end_force_majeure": (examples.TREES, "advised", "approver", "DPMPTSP"),
    "second_pause": (examples.TREES, "advised", "verifier", "DPMPTSP"),
    "decline_pause": (examples.TREES, "advised", "verifier", "DPMPTSP"),
    "claim": (examples.TREES, "advised", "approver", "DPMPTSP"),
    "release": (examples.TREES, "taken", "verifier", "DPMPTSP"),
    "hand_over": (examples.TREES, "taken", "verifier", "DPMPTSP"),
    "record_product": (examples.NIB, "decided", "verifier", "DPMPTSP"),
    "serve": (examples.DESK, "submitted", "officer", "DUKCAPIL"),
}


def actor_for(script: EngineScript, name: str) -> Caller:
    """Who does it: the applicant, or the one who took the case, or somebody with the role."""
    _code, stage, role, agency = STAGES[name]
    if not role:
        return Caller(User.objects.get(pk=script.who.actor.user_id))
    if stage == "taken":
        return Caller(User.objects.get(pk=script.case().duties.get().user_id))
    return Caller(staff(role, agency))


def with_ids(example: dict[str, Any], script: EngineScript) -> dict[str, Any]:
    """The example with the case's own ids in place of the one that stands for any."""
    ids: dict[str, Callable[[], Any]] = {
        "recommendation": lambda: script.case().recommendations.get().pk,
        "inspection": lambda: script.case().inspections.get().pk,
        "pause": lambda: script.case().pauses.get(closed_at=None).pk,
        "to": lambda: staff("verifier").pk,
        "user_id": lambda: staff("officer", "DLH").pk,
    }
    return {key: str(ids[key]()) if value == examples.ID else value for key, value in example.items()}


def draw_somebody_else(script: EngineScript, than: User) -> None:
    """The lot falls on a colleague, or is set aside."""
    other, visit = staff("officer", "DLH"), script.case().inspections.get()
    drawn = services.draw_inspector(inspection_id=visit.pk, by=Actor.of(than))
    if drawn.inspector_id == than.pk:
        said = {"user_id": other.pk, "code": "absent", "reason": "Sakit."}
        services.appoint_inspector(inspection_id=visit.pk, by=Actor.of(staff("head", "DLH")), **said)


def prepare(script: EngineScript, name: str, caller: Caller) -> None:
    """What must have happened before."""
    assert caller.user
    if name == "report_inspection":
        services.draw_inspector(inspection_id=script.case().inspections.get().pk, by=Actor.of(caller.user))
    if name == "appoint_inspector":
        draw_somebody_else(script, caller.user)
    if name == "answer_repair":
        by = Actor.of(staff("approver"))
        services.ask_repair(case_id=script.case_id, by=by, what=["Bibit belum ditanam."], agency="DPMPTSP")
    if name in ("end_force_majeure", "second_pause", "decline_pause"):
        by = Actor.of(staff("approver"))
        pause = declare_force_majeure(case_id=script.case_id, by=by, note="Banjir.")
        if name == "end_force_majeure":
            second_pause(pause_id=pause.pk, by=Actor.of(staff("verifier")))


@pytest.mark.parametrize("name", partly(sorted(ACTIONS)))
def test_the_example_of_a_transition_works(document: dict[str, Any], name: str) -> None:
    (example,) = [one for one in sent(document, "do_transition") if one["name"] == name]
    code, stage, _role, _agency = STAGES[name]
    script = at(stage, code)
    caller = actor_for(script, name)
    prepare(script, name, caller)
    path = f"/cases/{script.case_id}/transitions"
    answer = caller.post(path, with_ids(example, script), If_Match=caller.tag(script.case_id))
    assert answer.status_code == 200, answer.content
    check_answer(document, "do_transition", answer)


@pytest.mark.parametrize("stage", partly(["drafted", "submitted", "checked", "advised", "decided"]))
def test_a_case_is_described_at_every_stage_for_applicant_and_staff(document: dict[str, Any], stage: str) -> None:
    for code in (examples.TREES, "DPMPTSP-RTH", examples.NIB):
        script = at(stage, code)
        owner = Caller(User.objects.get(pk=script.who.actor.user_id))
        check_answer(document, "read_case", owner.get(f"/cases/{script.case_id}"))
        verifier = Caller(staff("verifier"))
        check_answer(document, "read_case", verifier.get(f"/cases/{script.case_id}", X_Purpose="follow_up"))
        for listed in ("to_verify", "to_decide", "to_hand_over"):
            check_answer(document, "list_cases", Caller(staff("approver")).get(f"/cases?list={listed}"))
        lists = [Caller(staff("officer", "DLH")).get(f"/cases?list={name}") for name in ("to_recommend", "to_inspect")]
        for answer in lists:
            check_answer(document, "list_cases", answer)


def test_a_permit_is_described(document: dict[str, Any]) -> None:
    script = at("decided", examples.NIB)
    done = Caller(staff("verifier")).act(script.case_id, **{"name": "record_product", **NUMBER})
    check_answer(document, "do_transition", done)
    check_answer(document, "verify_permit", Caller().get(f"/permits/{done.json()['permit']['code']}"))


def test_services_are_described(document: dict[str, Any]) -> None:
    caller = Caller()
    page = caller.get("/services?limit=200")
    check_answer(document, "list_services", page)
    for item in page.json()["items"]:
        check_answer(document, "read_service", caller.get(f"/services/{item['code']}"))
    check_answer(document, "read_problem", caller.get("/problems/missing"))


@pytest.mark.parametrize(
    ("operation", "method", "path"),
    [
        ("list_services", "GET", "/services?limit=0"),
        ("read_service", "GET", "/services/NONE"),
        ("list_cases", "GET", "/cases"),
        ("open_case", "POST", "/cases"),
        ("read_case", "GET", f"/cases/{examples.ID}"),
        ("track_case", "POST", "/tracking"),
        ("verify_permit", "GET", "/permits/none"),
    ],
)
def test_refusals_are_described(document: dict[str, Any], operation: str, method: str, path: str) -> None:
    answer = Caller().send(method, path, None if method == "GET" else {})
    kind(answer)
    check_answer(document, operation, answer)


def test_the_document_can_be_kept_by_its_readers() -> None:
    answer = Caller().get("/openapi.json")
    assert answer["Cache-Control"] == "public, max-age=300"
    assert answer["Content-Type"].startswith("application/vnd.oai.openapi+json")

"""Every address of the API asked by everybody: who comes in, and what a stranger may know (nothing)."""

import pytest
from django.urls import URLPattern

from agencies.ids import new_id
from agencies.models import User
from mall.api import urls
from tests.api.calling import Caller, kind
from tests.cases import MALL, at, case_of, staff
from tests.engine import EngineScript, TestCast
from tests.factories import make_person, make_user
from workflows.cases.models import Case
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db

WHO = ("anonymous", "applicant", "foreign applicant", "officer of another agency", "right staff")
IN, OUT, GONE, NO = 200, 401, 404, 403

ENDPOINTS: dict[str, tuple[str, str, dict[str, object], tuple[int, ...]]] = {
    "schema": ("GET", "/openapi.json", {}, (200, 200, 200, 200, 200)),
    "problem": ("GET", "/problems/missing", {}, (200, 200, 200, 200, 200)),
    "services": ("GET", "/services", {}, (200, 200, 200, 200, 200)),
    "service": ("GET", "/services/DPMPTSP-SIP-DOKTER", {}, (200, 200, 200, 200, 200)),
    "cases": ("GET", "/cases", {}, (401, 200, 200, 200, 200)),
    "cases:post": ("POST", "/cases", {"service": "DPMPTSP-SIP-DOKTER"}, (401, 201, 201, 403, 403)),
    "case": ("GET", "/cases/{id}", {}, (401, 200, 404, 404, 200)),
    "answers": ("PATCH", "/cases/{id}/answers", {"perpanjangan": True}, (401, 409, 404, 404, 404)),
    "attachments": (
        "POST",
        "/cases/{id}/attachments",
        {"requirement": "ktp-el", "file_id": str(new_id())},
        (401, 409, 404, 404, 404),
    ),
    "submission": ("POST", "/cases/{id}/submission", {}, (401, 409, 404, 404, 404)),
    "transitions": ("GET", "/cases/{id}/transitions", {}, (401, 200, 404, 404, 200)),
    "transitions:post": ("POST", "/cases/{id}/transitions", {"name": "take"}, (401, 403, 404, 404, 200)),
    "case_objections": ("GET", "/cases/{id}/objections", {}, (401, 200, 404, 404, 200)),
    "case_objections:post": ("POST", "/cases/{id}/objections", {"reason": "Tidak sesuai"}, (401, 409, 404, 404, 404)),
    "objections": ("GET", "/objections", {}, (401, 200, 200, 200, 200)),
    "objection": ("GET", f"/objections/{new_id()}", {}, (401, 404, 404, 404, 404)),
    "objection_answer": (
        "POST",
        f"/objections/{new_id()}/answer",
        {"outcome": "uphold", "answer": "Sesuai", "legal_basis": "UU 30/2014"},
        (401, 404, 404, 404, 404),
    ),
    "objection_withdrawal": ("POST", f"/objections/{new_id()}/withdrawal", {}, (401, 404, 404, 404, 404)),
    "tracking": ("POST", "/tracking", {"code": "AAAAAAAA", "digits": "0000"}, (404, 404, 404, 404, 404)),
    "permit": ("GET", "/permits/nothing", {}, (404, 404, 404, 404, 404)),
    "nowhere": ("GET", "/nowhere", {}, (404, 404, 404, 404, 404)),
}
"""Route and method: the request, and the status for each of WHO, on a case that is submitted."""


@pytest.fixture
def script() -> EngineScript:
    """A submitted case of the mall."""
    return at("submitted")


@pytest.fixture
def callers(script: EngineScript) -> dict[str, Caller]:
    """Everybody."""
    stranger = make_user()
    make_person(user=stranger)
    users: tuple[User | None, ...] = (
        None,
        User.objects.get(pk=script.who.actor.user_id),
        stranger,
        staff("officer", "DISHUB"),
        staff("verifier", MALL),
    )
    return {who: Caller(user) for who, user in zip(WHO, users, strict=True)}


def ask(caller: Caller, script: EngineScript, name: str) -> object:
    """One request of the table, with the headers that it needs."""
    method, path, body, _statuses = ENDPOINTS[name]
    headers = {"If_Match": f'"{script.case().revision}"', "X_Purpose": "verification"}
    if method != "GET":
        headers["Idempotency_Key"] = str(new_id())
    path = path.format(id=script.case_id)
    return caller.get(path, **headers) if method == "GET" else caller.send(method, path, body, **headers)


def test_every_address_has_a_row() -> None:
    named = {pattern.name for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)}
    assert named == {name.split(":")[0] for name in ENDPOINTS}


@pytest.mark.parametrize("name", ENDPOINTS)
def test_each_caller_gets_what_the_table_says(name: str, script: EngineScript, callers: dict[str, Caller]) -> None:
    before = (Case.objects.get(pk=script.case_id).revision, Event.objects.filter(subject_kind="case").count())
    for who, wanted in zip(WHO, ENDPOINTS[name][3], strict=True):
        response = ask(callers[who], script, name)
        assert response.status_code == wanted, (who, response.content)  # type: ignore[attr-defined]
        if wanted in (401, 403, 404, 409):
            kind(response)
            assert str(script.case().applicant.name) not in response.content.decode()  # type: ignore[attr-defined]
        if wanted >= 400 and "cases" not in name:
            after = (Case.objects.get(pk=script.case_id).revision, Event.objects.filter(subject_kind="case").count())
            assert after == before


@pytest.mark.parametrize("name", [name for name in ENDPOINTS if "{id}" in ENDPOINTS[name][1]])
def test_a_foreign_case_is_as_missing_as_one_that_does_not_exist(
    name: str, script: EngineScript, callers: dict[str, Caller]
) -> None:
    foreign = ask(callers["foreign applicant"], script, name).json()  # type: ignore[attr-defined]
    path, script.case_id = script.case_id, new_id()
    method, address, body, _statuses = ENDPOINTS[name]
    headers = {"If_Match": '"1"', "Idempotency_Key": str(new_id()), "X_Purpose": "verification"}
    nothing = callers["foreign applicant"].send(method, address.format(id=script.case_id), body, **headers).json()
    same = ("type", "title", "status", "detail")
    assert [foreign[key] for key in same] == [nothing[key] for key in same]
    assert str(path) in foreign["instance"]


def test_a_draft_is_nobodys_but_its_applicants() -> None:
    script = at("drafted")
    assert kind(Caller(staff("verifier")).get(f"/cases/{script.case_id}", X_Purpose="verification")) == (404, "missing")
    owner = Caller(User.objects.get(pk=script.who.actor.user_id))
    assert owner.get(f"/cases/{script.case_id}").status_code == 200


def test_an_agency_that_was_asked_reads_the_case_and_one_that_was_not_does_not() -> None:
    script = at("checked")
    asked = script.definition.recommenders[0].agency
    path = f"/cases/{script.case_id}"
    assert Caller(staff("officer", asked)).get(path, X_Purpose="recommendation").status_code == 200
    assert Caller(staff("officer", "DISHUB")).get(path, X_Purpose="recommendation").status_code == 404


def test_a_manager_opens_no_single_case(script: EngineScript) -> None:
    for role in ("manager", "administrator"):
        assert kind(Caller(staff(role)).get(f"/cases/{script.case_id}", X_Purpose="follow_up")) == (404, "missing")


@pytest.mark.parametrize("listed", ["own", "to_verify", "to_recommend", "to_inspect", "to_decide", "to_hand_over"])
def test_lists_hold_only_what_the_caller_may_open(listed: str) -> None:
    cast = TestCast()
    at("submitted", cast=cast)
    at("checked", cast=cast)
    at("advised", cast=cast)
    at("submitted", "DUKCAPIL-AKTA-LAHIR", cast=TestCast())
    from workflows.actors import Actor
    from workflows.cases.queries import visible_to

    people = [
        staff("verifier"),
        staff("approver"),
        staff("officer", "DINKES"),
        staff("officer", "DUKCAPIL"),
        make_user(),
    ]
    seen = 0
    for user in people:
        ids = [item["id"] for item in Caller(user).get(f"/cases?list={listed}&limit=200").json()["items"]]
        allowed = {str(pk) for pk in visible_to(Actor.of(user)).values_list("pk", flat=True)}
        assert set(ids) <= allowed
        seen += len(ids)
    assert seen or listed in ("own", "to_inspect", "to_hand_over")


def test_a_session_without_the_csrf_token_changes_nothing(script: EngineScript) -> None:
    owner = User.objects.get(pk=script.who.actor.user_id)
    caller = Caller(owner)
    caller.client.handler.enforce_csrf_checks = True
    answer = caller.post(f"/cases/{script.case_id}/transitions", {"name": "withdraw"}, If_Match="*")
    assert kind(answer) == (403, "refused")
    assert case_of(script).state == "submitted"


def test_a_program_with_a_token_acts_for_its_user_and_needs_no_csrf(script: EngineScript) -> None:
    from rest_framework.authtoken.models import Token

    token = Token.objects.create(user_id=script.who.actor.user_id)
    caller = Caller()
    caller.client.handler.enforce_csrf_checks = True
    path = f"/cases/{script.case_id}/transitions"
    assert kind(caller.post(path, {"name": "withdraw"}, If_Match="*", Authorization="Bearer wrong"))[0] == 401
    done = caller.post(path, {"name": "withdraw"}, If_Match="*", Authorization=f"Bearer {token.key}")
    assert (done.status_code, done.json()["state"]) == (200, "withdrawn")


def test_a_token_of_one_who_may_no_longer_log_in_opens_nothing(script: EngineScript) -> None:
    from rest_framework.authtoken.models import Token

    token = Token.objects.create(user_id=script.who.actor.user_id)
    User.objects.filter(pk=script.who.actor.user_id).update(is_active=False)
    answer = Caller().get(f"/cases/{script.case_id}", Authorization=f"Bearer {token.key}")
    assert kind(answer) == (401, "not-signed-in")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_what_is_hers_is_kept_by_nobody_on_the_way(script: EngineScript) -> None:
    owner = Caller(User.objects.get(pk=script.who.actor.user_id))
    for path in ("/cases", f"/cases/{script.case_id}", f"/cases/{script.case_id}/transitions"):
        assert owner.get(path)["Cache-Control"] == "private, no-store"

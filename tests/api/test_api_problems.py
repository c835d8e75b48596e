"""Whatever is sent, the answer is a problem that says what is wrong, and never a server error."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mall.api import view
from mall.api.parsing import DEEPEST, MOST_BYTES
from tests.api.calling import BASE, Caller, kind
from tests.cases import DOCTOR, at
from tests.factories import make_person, make_user
from tests.long import LONG
from workflows.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen() -> Caller:
    """A citizen with an account."""
    user = make_user()
    make_person(user=user)
    return Caller(user)


def raw(caller: Caller, content: bytes, content_type: str = "application/json", path: str = "/tracking") -> Any:
    """Bytes as they are."""
    return caller.client.generic("POST", f"{BASE}{path}", content, content_type=content_type)


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"code": NaN}', 400),
        (b'{"code": "\\u0000"}', 400),
        (b'{"code": "\\ud800"}', 400),
        (b'{"\\u0000": 1}', 400),
        (b"[" * 100_000, 400),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), 400),
        (b'{"code": ' + b"9" * 5000 + b"}", 400),
        (b" " * (MOST_BYTES + 1), 413),
        (b"[]", 422),
        (b"null", 422),
        (b'"text"', 422),
    ],
)
def test_a_body_that_will_not_do_is_a_problem(content: bytes, status: int) -> None:
    assert kind(raw(Caller(), content))[0] == status


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "multipart/form-data; boundary=x"])
def test_another_media_type_is_a_problem(content_type: str) -> None:
    assert kind(raw(Caller(), b"<x/>", content_type)) == (415, "unsupported-media-type")


def test_an_answer_in_another_form_is_not_to_be_had() -> None:
    assert kind(Caller().get("/services", Accept="text/html"))[0] == 406


def test_a_broken_upload_is_a_problem(citizen: Caller) -> None:
    case_id = citizen.post("/cases", {"service": DOCTOR}).json()["id"]
    answer = citizen.client.generic(
        "POST",
        f"{BASE}/cases/{case_id}/attachments",
        b"--x\r\nbroken",
        content_type="multipart/form-data; boundary=x",
        headers={"If-Match": "*"},
    )
    assert kind(answer)[0] in (400, 422)


def test_a_fault_of_our_own_is_told_without_its_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr("mall.api.views.services.queries.search", fail)
    answer = Caller().get("/services")
    assert kind(answer) == (500, "failure")
    assert b"secret" not in answer.content


@pytest.mark.usefixtures("still")
def test_a_caller_who_asks_without_end_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "READS", 3)
    caller = Caller()
    answers = [caller.get("/services?limit=1") for _time in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert kind(answers[3]) == (429, "too-many-requests")
    assert int(answers[3]["Retry-After"]) == 60


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=600 if LONG else 30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=JSON)
def test_no_body_whatever_ends_in_a_server_error(citizen: Caller, body: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "WRITES", 10**6)
    if not Case.objects.exists():
        citizen.post("/cases", {"service": DOCTOR})
    case_id = Case.objects.get().pk
    for method, path in (("PATCH", "answers"), ("POST", "attachments"), ("POST", "transitions")):
        answer = citizen.send(method, f"/cases/{case_id}/{path}", body, If_Match="*")
        assert answer.status_code < 500, (path, json.dumps(body))
    assert citizen.post("/cases", body).status_code in (400, 404, 409, 422)


@settings(max_examples=600 if LONG else 30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSON, field=st.sampled_from(["nomor_str", "tanggal_terbit_str", "perpanjangan", "urutan_sip"]))
def test_no_answer_whatever_ends_in_a_server_error(
    citizen: Caller, value: Any, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "WRITES", 10**6)
    if not Case.objects.exists():
        citizen.post("/cases", {"service": DOCTOR})
    case_id = Case.objects.get().pk
    answer = citizen.send("PATCH", f"/cases/{case_id}/answers", {field: value}, If_Match="*")
    assert answer.status_code in (200, 400, 422)
    assert citizen.get(f"/cases/{case_id}").status_code == 200


@pytest.mark.parametrize("header", ["\x01", 'W/"1"', "1", '"1", ', "é"])
def test_a_version_that_is_none_is_stale(header: str) -> None:
    script = at("submitted")
    from agencies.models import User

    owner = Caller(User.objects.get(pk=script.who.actor.user_id))
    answer = owner.post(f"/cases/{script.case_id}/transitions", {"name": "withdraw"}, If_Match=header)
    assert kind(answer) == (412, "stale")

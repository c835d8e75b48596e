"""Requests that arrive at one moment, on real PostgreSQL."""

from typing import Any

import pytest

from agencies.ids import new_id
from agencies.models import User
from tests.api.calling import Caller
from tests.cases import DOCTOR, at, staff
from tests.factories import make_person, make_user
from tests.threads import at_once
from workflows.cases.models import Case
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


def statuses(ask: Any, threads: int = 8) -> list[int]:
    """What each of several requests at one moment was answered."""
    told: list[int] = []
    at_once(lambda: told.append(ask().status_code), threads)
    return sorted(told)


def test_the_same_key_at_one_moment_opens_one_draft() -> None:
    user = make_user()
    make_person(user=user)
    callers, key = iter([Caller(user) for _thread in range(8)]), str(new_id())
    assert statuses(lambda: next(callers).post("/cases", {"service": DOCTOR}, Idempotency_Key=key)) == [201] * 8
    assert Case.objects.count() == 1


def test_the_same_submission_at_one_moment_is_one() -> None:
    script = at("drafted")
    owner = User.objects.get(pk=script.who.actor.user_id)
    path, key, tag = f"/cases/{script.case_id}/submission", str(new_id()), Caller(owner).tag(script.case_id)
    callers = iter([Caller(owner) for _thread in range(8)])
    assert statuses(lambda: next(callers).post(path, Idempotency_Key=key, If_Match=tag)) == [200] * 8
    assert Event.objects.filter(subject_id=script.case_id, kind="case.submitted").count() == 1


def test_of_several_who_act_on_one_version_one_wins() -> None:
    script = at("submitted")
    callers = [Caller(staff("verifier")) for _thread in range(6)]
    tag, waiting = callers[0].tag(script.case_id), iter(callers)
    path = f"/cases/{script.case_id}/transitions"
    told = statuses(lambda: next(waiting).post(path, {"name": "take"}, If_Match=tag), 6)
    assert told == [200] + [412] * 5
    assert Event.objects.filter(subject_id=script.case_id, kind="case.taken").count() == 1

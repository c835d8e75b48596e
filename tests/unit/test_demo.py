"""The demo's data: a log-in for each role, and cases in every state, laid down by the real services."""

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from agencies.models import Role
from mall.demo import LOGINS
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.invariants.check import offenders
from workflows.trail import relay

pytestmark = pytest.mark.django_db(transaction=True)
MADE_BY_WORKERS = {CaseState.DEEMED_GRANTED}
"""No service of the catalogue names a law that grants by silence, so the demo has none of these."""


def test_the_demo_has_log_ins_for_every_role_and_cases_in_every_state() -> None:
    call_command("load_demo", verbosity=0)
    relay.drain("documents")
    relay.drain("default")
    users = [authenticate(username=login, password=password) for _who, login, password in LOGINS]
    assert all(users)
    held = {role for user in users if user for role in user.memberships.values_list("role", flat=True)}
    assert held == set(Role.values)
    states = set(Case.objects.values_list("state", flat=True))
    assert set(CaseState.values) - states == MADE_BY_WORKERS
    assert [f"{one.rule}: {one.why}" for one in offenders()] == []
    before = Case.objects.count()
    call_command("load_demo", verbosity=0)
    assert Case.objects.count() == before

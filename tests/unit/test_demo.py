"""The demo's data: a log-in for each role, and cases in every state, laid down by the real services."""

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from agencies.identifiers import parse_nik
from agencies.models import Role, StaffIdentity, User
from mall.demo import LOGINS
from workflows import permissions
from workflows.actors import Actor
from workflows.cases import queries
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.invariants.check import offenders
from workflows.trail import relay

pytestmark = pytest.mark.django_db(transaction=True)
VERIFIERS = ("verifikator", "verifikator.2")
MADE_BY_WORKERS = {CaseState.DEEMED_GRANTED}
"""No service of the catalogue names a law that grants by silence, so the demo has none of these."""


def assert_known_and_in_conflict() -> None:
    """Every account that works here is somebody, by a sample card; one case may not be touched by its verifier."""
    working = User.objects.filter(memberships__isnull=False).distinct()
    identities = StaffIdentity.objects.filter(user__in=working).select_related("person")
    assert identities.count() == working.count()
    for one in identities:
        assert parse_nik(str(one.person.nik)).value == one.person.nik
        assert one.person.name.endswith("(contoh)")
    case = Case.objects.select_related("applicant").get(applicant__user__email="warga.6@demo.mall")
    [husband, colleague] = [Actor.of(User.objects.get(email=f"{name}@demo.mall")) for name in VERIFIERS]
    assert not permissions.may_verify(husband, case)
    assert permissions.may_verify(colleague, case)
    assert case not in queries.to_verify(husband, limit=200).items
    assert case in queries.to_verify(colleague, limit=200).items


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
    assert_known_and_in_conflict()
    before = Case.objects.count()
    call_command("load_demo", verbosity=0)
    assert Case.objects.count() == before

"""The law grants once, however many sweepers pass the term at one moment, and never makes a permit (M09)."""

import pytest

from agencies.models import Role
from tests.clockwork import Counter, at
from tests.engine import fresh
from tests.threads import at_once
from workflows.cases import services
from workflows.cases.machine import CaseState
from workflows.clock import sweep
from workflows.deemed.models import DeemedGrant, DutyTask
from workflows.invariants.check import offenders
from workflows.permits.models import Permit
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db(transaction=True)
CASES = 4
PASSED, DECIDED = "2026-10-20 09:00", "2026-10-21 09:00"


def test_m09_eight_sweepers_grant_each_case_once_and_only_a_person_makes_the_permit() -> None:
    counters = [Counter(days=5, deemed=True).submit("2026-10-05 09:00") for _case in range(CASES)]

    def swept() -> None:
        with at(PASSED):
            sweep.sweep()

    at_once(swept)
    for counter in counters:
        assert fresh(counter.case_id).state == CaseState.DEEMED_GRANTED
        assert Event.objects.filter(subject_id=counter.case_id, kind="case.deemed_granted").count() == 1
        assert DeemedGrant.objects.filter(case_id=counter.case_id).count() == 1
        assert DutyTask.objects.filter(case_id=counter.case_id).count() == 1
    assert not Permit.objects.exists()
    assert sorted(DeemedGrant.objects.values_list("seq", flat=True)) == list(range(1, CASES + 1))

    first = counters[0]
    with at(DECIDED):
        services.approve(case_id=first.case_id, by=first.cast.player(Role.APPROVER, "DPMPTSP"), reason="Lengkap")
    assert [permit.case_id for permit in Permit.objects.all()] == [first.case_id]
    assert DutyTask.objects.get(case_id=first.case_id).done_at
    assert [f"{one.rule}: {one.why}" for one in offenders()] == []

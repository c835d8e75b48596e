"""Sweepers that are killed by SIGKILL at random moments: every term passes once, the longest due first."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import settings

from agencies import clock
from agencies.clock import WIB
from tests.clockwork import Counter
from tests.crowds import crowd
from tests.factories import make_user
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.clock import sweep
from workflows.clock.escalation import Escalation
from workflows.deemed.models import DeemedGrant, DutyTask
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 9, 9, tzinfo=WIB)
MOST_MS = 400
SWEEPERS = """
import os, sys
from datetime import datetime
import django
django.setup()
from agencies import clock
from workflows.clock import sweep

for line in sys.stdin:
    child = os.fork()
    if not child:
        with clock.pretend(datetime.fromisoformat(line.strip())):
            sweep.sweep()
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("gone", flush=True)
"""
"""Starts a sweeper, in a process of its own, each time it is told a moment."""


@pytest.fixture
def sweepers(program_env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Something that starts sweepers; ended with its input."""
    argv = [sys.executable, "-c", SWEEPERS]
    pipe = subprocess.PIPE
    with subprocess.Popen(argv, env=program_env, cwd=settings.BASE_DIR, stdin=pipe, stdout=pipe, text=True) as program:
        yield program


def kill_one(program: subprocess.Popen[str], after: float) -> None:
    """Start a sweeper and kill it so many seconds later, wherever it is then."""
    assert program.stdin
    assert program.stdout
    program.stdin.write(f"{NOW.isoformat()}\n")
    program.stdin.flush()
    child = int(program.stdout.readline())
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    assert program.stdout.readline() == "gone\n"


def passed() -> int:
    """How many terms have been passed so far."""
    return Event.objects.filter(kind="case.term_passed").count()


def assert_each_once(due: int) -> None:
    """Each lapse once, with all that follows from it, in order, and nothing by halves."""
    kinds = ("case.term_passed", "case.deemed_granted", "deemed.stated", "duty.opened")
    events = Event.objects.filter(kind__in=kinds)
    assert [events.filter(kind=kind).count() for kind in kinds] == [due] * 4
    assert events.values("subject_id").distinct().count() == due
    assert Case.objects.filter(state=CaseState.DEEMED_GRANTED, term_passed_at__isnull=False).count() == due
    assert (DeemedGrant.objects.count(), DutyTask.objects.count()) == (due, due)
    assert Escalation.objects.filter(step=100, role="head").values("case").distinct().count() == due
    asked = list(Event.objects.filter(kind="case.term_passed").order_by("id").values_list("data__due", flat=True))
    assert asked == sorted(asked)
    held = Case.objects.filter(state=CaseState.DEEMED_GRANTED, intervals__closed_at=None, intervals__reason="deciding")
    assert held.count() == due


@pytest.mark.parametrize(
    ("kills", "due"), [(3, 40), pytest.param(50, 400, marks=pytest.mark.long)], ids=["three", "fifty"]
)
def test_sweepers_killed_at_random_pass_every_term_once_and_in_order(
    sweepers: subprocess.Popen[str], kills: int, due: int
) -> None:
    for role in ("deputy", "head"):
        make_user(roles=[(role, "DPMPTSP")])
    counter = Counter(days=10, deemed=True).submit("2026-10-12 09:00")
    crowd(counter.case_id, many=due, due=due, now=NOW)
    Case.objects.filter(pk=counter.case_id).update(due_at=NOW + timedelta(days=9), escalate_at=None)
    dice, seen = random.Random(kills), [0]
    for _kill in range(kills):
        kill_one(sweepers, dice.randrange(MOST_MS) / 1000)
        seen.append(passed())
    assert len(set(seen)) > 1, "no sweeper lived long enough to do anything"
    with clock.pretend(NOW):
        sweep.sweep()
    assert_each_once(due)

"""The sweep over 100,000 open cases of which 1,000 are due. Figures go to docs/figures.md.

The cases are copies of one that came in through the services, each with its open interval; what falls due is done
through the services, one transaction a case.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from agencies import clock
from agencies.clock import WIB
from tests import crowds
from tests.cpu import backend_seconds
from tests.engine import INTAKE, played
from tests.factories import make_user
from tests.threads import at_once
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.chores import batch
from workflows.clock import sweep
from workflows.clock.escalation import Escalation
from workflows.definition.model import DeemedRule
from workflows.definition.queries import version_for_new_case
from workflows.trail.models import Event

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
OPEN, FEW, DUE = 100_000, 5_000, 1_000
MOST_SECONDS = 30
SERVICE = "DPMPTSP-SIP-DOKTER"
MONDAY = datetime(2026, 6, 8, 9, tzinfo=WIB)
NOW = MONDAY + timedelta(days=30)


@pytest.fixture(autouse=True)
def silence_grants(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """No service of the catalogue names such a law, so this one is given it."""
    plain = version_for_new_case(SERVICE).definition
    term = replace(plain.term, deemed=DeemedRule.GRANTED, deemed_law="UU 30/2014 pasal 53")
    monkeypatch.setattr(Case, "definition", replace(plain, term=term))


def crowd(many: int) -> None:
    """So many cases; 1,000 came due one after the other in the last three days, four minutes apart."""
    for role in ("deputy", "head"):
        make_user(roles=[(role, "DPMPTSP")])
    with clock.pretend(MONDAY):
        template = played(SERVICE, *INTAKE).case_id
    crowds.crowd(template, many=many, due=DUE, now=NOW)
    Case.objects.filter(pk=template).update(due_at=NOW + timedelta(days=90), escalate_at=None)


def run(*, seconds: float = 300) -> None:
    """One sweep at that moment."""
    with clock.pretend(NOW):
        sweep.sweep(seconds=seconds)


def measured(what: str, work: Callable[[], object]) -> float:
    """Seconds of the processor, ours and PostgreSQL's together; printed with those of the wall.

    Work that waits for nobody takes as long on a calm machine, however busy this one is.
    """
    own, served, begin = time.process_time(), backend_seconds(), time.monotonic()
    work()
    own, served, wall = time.process_time() - own, backend_seconds() - served, time.monotonic() - begin
    print(f"\n{what}: {own:.2f} s here, {served:.2f} s in PostgreSQL, {wall:.2f} s by the wall")  # noqa: T201 - figures
    return own + served


def assert_everything_once(many: int) -> None:
    """Each due case was granted by law once, with its top rung once, and nothing else was touched."""
    assert Case.objects.filter(state=CaseState.DEEMED_GRANTED).count() == DUE
    assert Event.objects.filter(kind="case.deemed_granted").count() == DUE
    assert Event.objects.filter(kind="case.term_passed").values("subject_id").distinct().count() == DUE
    assert Escalation.objects.filter(step=100, role="head").values("case").distinct().count() == DUE
    assert Case.objects.filter(state=CaseState.SUBMITTED).count() == many - DUE + 1


def assert_scans_read_an_index() -> None:
    """None of them reads the whole table."""
    for chore in sweep.CHORES:
        with clock.pretend(NOW):
            plan = batch(chore, Q()).explain()
        assert "Seq Scan on workflows_case" not in plan, f"{chore.name}: {plan}"


def test_sweep_passes_1000_terms_among_100000_open_cases_in_order_within_30_seconds() -> None:
    crowd(OPEN)
    assert_scans_read_an_index()
    assert measured(f"{DUE} terms of {OPEN} open cases", run) <= MOST_SECONDS
    assert_everything_once(OPEN)
    done = Event.objects.filter(kind="case.term_passed").order_by("id").values_list("data__due", flat=True)
    assert list(done) == sorted(done), "what fell due first was not done first"
    assert measured("a sweep that finds nothing", run) < 1
    with CaptureQueriesContext(connection) as asked:
        run()
    assert len(asked) == len(sweep.CHORES), "one query a chore where nothing is due"


def test_two_sweepers_at_once_do_everything_once() -> None:
    crowd(FEW)
    at_once(run, threads=2)
    assert_everything_once(FEW)


def test_sweeper_that_is_stopped_again_and_again_catches_up() -> None:
    crowd(FEW)
    for _time in range(2_000):
        run(seconds=0.5)
        if not Case.objects.filter(due_at__lt=NOW, term_passed_at=None).exists():
            break
    assert_everything_once(FEW)

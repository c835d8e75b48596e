"""The public figures over real cases, against a count by hand of the same log, day by day."""

import statistics
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from agencies import clock, workdays
from agencies.models import Holiday
from mall.canary.cast import CanaryCast
from mall.transparency import sql
from mall.transparency.period import midnight
from tests.engine import EngineScript, TestCast, script_for
from tests.october import BIRTH, DOCTOR, NOW, WHOLE, lay, lay_october
from workflows.cases.models import Case
from workflows.clock import ledger
from workflows.clock.models import Held, Holder, Reason
from workflows.definition.queries import version_for_new_case
from workflows.trail.models import Event


@pytest.fixture(scope="module")
def laid(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[EngineScript]]:
    """Cases decided around October, laid down once for all tests of this file and taken back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield lay_october()
        transaction.set_rollback(True)


@pytest.fixture
def october(laid: list[EngineScript]) -> Iterator[list[EngineScript]]:
    """Those cases; time stands in November, and what the test writes is taken back."""
    with transaction.atomic(), clock.pretend(NOW):
        yield laid
        transaction.set_rollback(True)


def by_hand(case_id: object) -> tuple[date, bool, int, bool]:
    """Month, outcome, working days and punctuality of one decision, counted by `agencies.workdays`."""
    events = list(Event.objects.filter(subject_kind="case", subject_id=case_id).order_by("seq"))
    decision = next(e for e in events if e.kind in ("case.approved", "case.approved_unpaid", "case.refused"))
    given = [e.at for e in events if e.kind in ("case.submitted", "case.resubmitted") and e.at <= decision.at]
    back = [e.at for e in events if e.kind == "case.returned" and e.at <= decision.at]
    case = Case.objects.select_related("service_version").get(pk=case_id)
    calendar, hours = workdays.Calendar.load(clock.wib_date(decision.at)), workdays.Hours.load(case.site_id)
    arrivals = [workdays.arrival_day(at, calendar, hours) for at in given]
    stops = [*(clock.wib_date(at) for at in back), clock.wib_date(decision.at)]
    days = sum(
        calendar.working_days_between(a, b) if b >= a else -calendar.working_days_between(b, a)
        for a, b in zip(arrivals, stops, strict=True)
    )
    due = workdays.due_at(given[-1], case.definition.term.working_days, calendar, hours)
    month = clock.wib_date(decision.at).replace(day=1)
    return month, decision.kind != "case.refused", max(0, days), decision.at <= due


def percentile(values: list[int], share: float) -> float:
    """As percentile_cont does: linear between the neighbours."""
    ordered, at = sorted(values), share * (len(values) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def test_sql_counts_what_a_hand_counts(october: list[EngineScript]) -> None:
    until = midnight(clock.wib_date(NOW))
    got = {(row.month, row.agency, row.service): row for row in sql.decided(midnight(date(2026, 1, 1)), until)}
    wanted: dict[tuple[date, str, str], list[tuple[bool, int, bool]]] = {}
    for script in october:
        month, approved, days, on_time = by_hand(script.case_id)
        agency, service = script.definition.agency, script.definition.code
        for key in ((month, "", ""), (month, agency, ""), (month, agency, service)):
            wanted.setdefault(key, []).append((approved, days, on_time))
    assert set(got) == set(wanted)
    for key, decisions in wanted.items():
        row, days = got[key], [one[1] for one in decisions]
        assert (row.decided, row.approved, row.on_time) == (
            len(decisions),
            sum(one[0] for one in decisions),
            sum(one[2] for one in decisions),
        )
        assert row.median == Decimal(str(float(statistics.median(days))))
        assert float(row.p90 or 0) == pytest.approx(percentile(days, 0.9))
    assert {one[2] for decisions in wanted.values() for one in decisions} == {True, False}


def test_due_day_in_sql_is_the_due_day_of_the_engine(october: list[EngineScript]) -> None:
    cases = Case.objects.filter(pk__in=[script.case_id for script in october])
    late = sum(case.decided_at > case.due_at for case in cases if case.decided_at and case.due_at)
    rows = [row for row in sql.decided(midnight(date(2026, 1, 1)), midnight(clock.wib_date(NOW))) if not row.agency]
    assert sum(row.decided - row.on_time for row in rows) == late
    assert late


def test_a_holiday_shortens_the_time_that_counts(october: list[EngineScript]) -> None:
    begin, end = midnight(date(2026, 1, 1)), midnight(clock.wib_date(NOW))
    before = {(r.month, r.agency, r.service): r.median for r in sql.decided(begin, end)}
    for day in range(5, 10):
        Holiday.objects.create(date=date(2026, 10, day), name="Libur uji", kind="LOCAL")
    after = {(r.month, r.agency, r.service): r.median for r in sql.decided(begin, end)}
    assert sum(value or 0 for value in after.values()) < sum(value or 0 for value in before.values())


def test_hand_ins_count_once_in_the_month_of_the_first(october: list[EngineScript]) -> None:
    rows = sql.received(midnight(date(2026, 1, 1)), midnight(clock.wib_date(NOW)))
    assert sum(row.received for row in rows if not row.agency) == len(october)
    assert sum(row.received for row in rows if row.service) == len(october)


def test_canary_and_drafts_are_in_no_figure(october: list[EngineScript]) -> None:
    begin, end = midnight(date(2026, 1, 1)), midnight(clock.wib_date(NOW))
    before = [*sql.received(begin, end), *sql.decided(begin, end)]
    lay(BIRTH, WHOLE, NOW - timedelta(days=3), timedelta(minutes=5), CanaryCast())
    with clock.pretend(NOW - timedelta(days=3)):
        script_for(DOCTOR, TestCast()).open()
    assert Case.objects.filter(lane="canary").exists()
    assert [*sql.received(begin, end), *sql.decided(begin, end)] == before


def test_a_disturbance_of_a_national_system_does_not_count(october: list[EngineScript]) -> None:
    script = EngineScript(version_for_new_case(DOCTOR).definition, TestCast())
    begun = datetime(2026, 10, 12, 9, tzinfo=clock.WIB)
    for part in WHOLE[:-1]:
        with clock.pretend(begun):
            script.play(getattr(script, part))
    out, back = begun + timedelta(days=1), begun + timedelta(days=8)
    case = script.case()
    ledger.pass_to(case.pk, Held(Holder.NATIONAL, Reason.OUTAGE, ""), out)
    ledger.pass_to(case.pk, Held(Holder.MALL, Reason.DECIDING, ""), back)
    with clock.pretend(begun + timedelta(days=10)):
        script.decide()
    begin, end = midnight(date(2026, 10, 22)), midnight(date(2026, 10, 23))
    (row,) = [row for row in sql.decided(begin, end) if row.service == DOCTOR]
    assert (row.decided, row.on_time, row.median) == (1, 1, Decimal(3))

"""Counting the signals of a month, once and for good: one transaction a month, so that a killed one is begun again."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

import structlog
from django.db import connection, transaction

from agencies import clock
from mall.voice.signals import facts
from mall.voice.signals.facts import Window
from mall.voice.signals.kinds import SignalKind
from mall.voice.signals.models import Signal, SignalRun
from mall.voice.signals.weighing import Finding, find
from workflows.actors import Actor

log = structlog.get_logger(__name__)

METHOD: Final = "2026-12"
MONTHS: Final = 12
"""A month is judged with the eleven before it: in one month hardly anything happens often enough."""
BACK: Final = 12
"""So many months are made up for, where none was counted."""
COUNTER: Final = Actor.system("signals")
_FIRST: Final = "SELECT min(at) FROM workflows_event WHERE kind = 'case.submitted'"


def count_due() -> int:
    """Count every month that is over and was not counted, oldest first; how many that were."""
    return sum(count(month) is not None for month in due())


def due() -> Iterator[date]:
    """The first days of these months."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST)
        first = cursor.fetchone()[0]
    this = clock.today().replace(day=1)
    begin = max(later(this, -BACK), clock.wib_date(first).replace(day=1)) if first else this
    counted = set(SignalRun.objects.filter(month__gte=begin).values_list("month", flat=True))
    while begin < this:
        if begin not in counted:
            yield begin
        begin = later(begin, 1)


@transaction.atomic
def count(month: date) -> SignalRun | None:
    """Count one month; None where another worker has done it meanwhile.

    Reads counts by officer and service, and lists cases only where there is a signal.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('voice.signals', 0))")
    if SignalRun.objects.filter(month=month).exists():
        return None
    window = window_of(month)
    return keep(month, find(window), lambda one: _cases(one, window))


def keep(
    month: date, findings: Sequence[Finding], cases_of: Callable[[Finding], list[UUID]], *, sample: bool = False
) -> SignalRun:
    """Write the run of a month with its signals, in their order; `sample`: they are made up."""
    facts = {"done_at": clock.now(), "method": METHOD, "signals": len(findings), "sample": sample}
    run = SignalRun.objects.create(month=month, **facts)
    rows = (_row(run, place, one, cases_of(one)) for place, one in enumerate(findings, start=1))
    Signal.objects.bulk_create(rows)
    log.info("signals.counted", month=f"{month:%Y-%m}", signals=len(findings))
    return run


def window_of(month: date) -> Window:
    """The twelve months that end with this one."""
    begin, end = later(month, 1 - MONTHS), later(month, 1)
    return Window(*(datetime.combine(day, time(), tzinfo=clock.WIB) for day in (begin, end)))


def later(month: date, by: int) -> date:
    """The first day of the month so many months on."""
    number = month.year * 12 + month.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)


def _cases(one: Finding, window: Window) -> list[UUID]:
    return facts.cases_of(SignalKind(one.kind), window, officer=one.officer, whom=one.whom)


def _row(run: SignalRun, place: int, one: Finding, cases: list[UUID]) -> Signal:
    return Signal(
        run=run,
        place=place,
        kind=one.kind,
        officer_id=one.officer,
        agency_id=one.agency,
        found=one.found,
        of=one.of,
        peers_found=one.peers_found,
        peers_of=one.peers_of,
        expected=one.expected,
        chance=one.chance,
        score=one.score,
        quick=one.quick,
        whom=one.whom,
        cases=cases,
    )

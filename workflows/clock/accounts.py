"""Whose the time of a case was: by party in minutes and working days, gross, net of pauses, and what remains.

The parts sum to the whole exactly: minutes because the ledger tiles, working days because each is given to one
party, the one that held the case when the mall closed that day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from agencies import clock
from workflows.cases.models import Case
from workflows.clock import term
from workflows.clock.due import Terms
from workflows.clock.models import PAUSES, Interval, Reason

GROSS: Final = frozenset(Reason) - {Reason.DRAFTING}
"""Reasons whose time counts at all: what an application takes, once it is handed in."""
NET: Final = GROSS - PAUSES
"""Reasons whose time counts net."""
Party = tuple[str, str]
"""Holder, and the agency's code where one holds."""


@dataclass(frozen=True, slots=True)
class Share:
    """The time of one party."""

    party: Party
    span: timedelta
    days: int


@dataclass(frozen=True, slots=True)
class Account:
    """The time of a case since it was handed in, until now or its end."""

    shares: tuple[Share, ...]
    gross: timedelta
    net: timedelta
    gross_days: int
    net_days: int
    remaining: int | None
    """Working days left; while paused, those that will be given back; None where no term runs."""


def of(case: Case, intervals: Sequence[Interval], until: datetime | None = None) -> Account:
    """The account of a case until that moment: its end, or now. Two queries, for the calendar.

    `intervals` are all of its own, in order.
    """
    until = until or case.closed_at or clock.now()
    ran = [one for one in intervals if one.reason in GROSS and (one.closed_at or until) > one.opened_at]
    ran = [one for one in ran if one.opened_at < until]
    since = ran[0].opened_at if ran else until
    terms = Terms.at(case.site_id, since)
    days = _days(ran, terms, since, until)
    spans = [min(one.closed_at or until, until) - one.opened_at for one in ran]
    paused = [one.reason not in NET for one in ran]
    total = sum(spans, timedelta())
    return Account(
        shares=_shares(ran, spans, days),
        gross=total,
        net=total - sum((span for span, stood in zip(spans, paused, strict=True) if stood), timedelta()),
        gross_days=sum(days),
        net_days=sum(count for count, stood in zip(days, paused, strict=True) if not stood),
        remaining=_remaining(case, terms, until),
    )


def _shares(ran: Sequence[Interval], spans: Sequence[timedelta], days: Sequence[int]) -> tuple[Share, ...]:
    """Each party once, the one with the most time first."""
    sums: dict[Party, tuple[timedelta, int]] = {}
    for one, span, count in zip(ran, spans, days, strict=True):
        party = (str(one.holder), one.agency)
        before, counted = sums.get(party, (timedelta(), 0))
        sums[party] = (before + span, counted + count)
    found = [Share(party, span, count) for party, (span, count) in sums.items()]
    return tuple(sorted(found, key=lambda share: (-share.span, share.party)))


def _days(ran: Sequence[Interval], terms: Terms, since: datetime, until: datetime) -> list[int]:
    """Working days of each interval: those whose closing time it holds. Day 1 is the one after the arrival."""
    counts = [0] * len(ran)
    day, last, place = terms.arrival(since), clock.wib_date(until), 0
    while (day := day + timedelta(days=1)) <= last:
        ends = min(terms.hours.closing_time(day), until)
        while place + 1 < len(ran) and ran[place + 1].opened_at <= ends:
            place += 1
        counts[place] += terms.calendar.is_working_day(day)
    return counts


def _remaining(case: Case, terms: Terms, now: datetime) -> int | None:
    """Working days still to come."""
    if case.paused:
        return case.paused_days_left
    return terms.left(term.counted_from(case, terms, now), case.due_at) if case.due_at and not case.closed_at else None

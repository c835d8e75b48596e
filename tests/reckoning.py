"""What a term must be, counted day by day from the rows alone: another way than the services go."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import connection

from agencies import clock
from workflows.cases.models import Case
from workflows.clock import accounts
from workflows.clock.due import Terms
from workflows.clock.models import Interval
from workflows.trail.models import Event

Days = list[tuple[date, date]]
"""Stretches that were paused: after the first day up to and with the last."""

_LEDGER = """
SELECT coalesce(sum(closed - opened_at), interval '0'),
       coalesce(sum(closed - opened_at) FILTER (
           WHERE reason NOT IN ('correcting', 'paying', 'outage', 'force_majeure')), interval '0'),
       coalesce(bool_and(closed >= opened_at), true),
       coalesce(bool_and(before IS NULL OR before = opened_at), true)
FROM (SELECT reason, opened_at, coalesce(closed_at, greatest(%(until)s, opened_at)) AS closed,
             lag(closed_at) OVER (ORDER BY opened_at, closed_at NULLS LAST) AS before
      FROM workflows_interval WHERE case_id = %(case)s) AS ran
WHERE %(drafts)s OR reason <> 'drafting'
"""


@dataclass(frozen=True)
class Seen:
    """A case and its pauses as they stand in the database."""

    case: Case
    pauses: tuple[tuple[str, datetime | None, datetime | None, int | None], ...]

    @classmethod
    def of(cls, case: Case) -> "Seen":
        """Read them. One query."""
        rows = case.pauses.order_by("effective_at", "closed_at", "id")
        return cls(case, tuple(rows.values_list("reason", "effective_at", "closed_at", "days_left")))

    @property
    def state(self) -> str:
        return str(self.case.state)

    @property
    def due_at(self) -> datetime | None:
        return self.case.due_at

    def told(self) -> str:
        """The life so far, for whoever has to find out what went wrong."""
        events = Event.objects.filter(subject_id=self.case.pk).order_by("seq").values_list("at", "kind")
        lines = [f"{clock.wib(at):%d %H:%M} {kind}" for at, kind in events]
        spans = [f"{why} {since}-{until} with {left} left" for why, since, until, left in self.pauses]
        return "\n".join(["", *lines, *spans])

    @property
    def effective(self) -> list[tuple[datetime, datetime | None]]:
        """The pauses that suspended a term, in order."""
        return [(since, until) for _why, since, until, left in self.pauses if since and left is not None]


def assert_followed(before: Seen, after: Seen, *, refused: bool) -> None:
    """A refused event changes nothing; a term grows by a listed pause only; what ended stays ended."""
    if refused:
        assert (after.case.revision, after.pauses) == (before.case.revision, before.pauses)
    if before.due_at and after.due_at and after.due_at > before.due_at:
        assert len(after.effective) > len(before.effective), f"a term grew without a pause: {after.pauses}"
    assert len(after.pauses) >= len(before.pauses)
    assert before.case.is_open or after.state == before.state


def assert_as_reckoned(seen: Seen, terms: Terms) -> None:
    """The whole case: the ledger, the events, what is left of the term, and the bound of all of it."""
    case = seen.case
    *_sums, positive, tiled = _ledger(case, _until(case), drafts=True)
    assert positive
    assert tiled
    times = list(Event.objects.filter(subject_id=case.pk).order_by("seq").values_list("at", "kind"))
    assert [at for at, _kind in times] == sorted(at for at, _kind in times), "an event before the one that it follows"
    kinds = [kind for _at, kind in times]
    assert kinds.count("case.deemed_granted") <= 1
    spans = [(since, until or since) for _why, since, until, _left in seen.pauses if since]
    assert all(until >= since for since, until in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans)), f"pauses overlap: {seen.pauses}"
    _assert_left(seen, terms)
    _assert_bound(seen, terms, answered=kinds.count("case.resubmitted"))


def assert_accounted(case: Case) -> None:
    """The ledger runs from the opening to now or the end, and the account by party is its sum, to the microsecond."""
    until = _until(case)
    rows = list(Interval.objects.filter(case=case).order_by("opened_at", "closed_at"))
    whole, *_rest = _ledger(case, until, drafts=True)
    assert (rows[0].opened_at, whole) == (case.created_at, max(until, rows[-1].opened_at) - case.created_at)
    gross, net, *_rest = _ledger(case, until, drafts=False)
    with clock.pretend(until):
        account = accounts.of(case, rows)
    assert (account.gross, account.net) == (gross, net)
    assert sum((share.span for share in account.shares), timedelta()) == gross
    assert sum(share.days for share in account.shares) == account.gross_days >= account.net_days


def _until(case: Case) -> datetime:
    return case.closed_at or max(clock.now(), case.touched_at)


def _ledger(case: Case, until: datetime, *, drafts: bool) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(_LEDGER, {"case": case.pk, "until": until, "drafts": drafts})
        return cursor.fetchone()


def _assert_left(seen: Seen, terms: Terms) -> None:
    """Every working day of the term is either gone, still to come, or lies in a listed pause: exactly."""
    case = seen.case
    assert case.arrived_at
    since = terms.arrival(case.arrived_at)
    ours = [one for one in seen.effective if one[1] is None or one[1] > case.arrived_at]
    term = case.definition.term.working_days
    if case.paused and case.paused_days_left is not None:
        stands = clock.wib_date(ours[-1][0])
        spent = _running(terms, since, stands, _days(ours[:-1]))
        assert spent + case.paused_days_left == term, f"{spent} + {case.paused_days_left} days of {term}: {seen.told()}"
    elif case.due_at and not case.paused:
        counted = _running(terms, since, clock.wib_date(case.due_at), _days(ours))
        assert counted == term, f"{counted} days of {term}, due {case.due_at}: {seen.told()}"


def _assert_bound(seen: Seen, terms: Terms, *, answered: int) -> None:
    """However often the applicant is asked: one whole term an arrival, and no more arrivals than there are rounds."""
    case = seen.case
    arrivals = 1 + min(answered, case.definition.term.rounds)
    assert answered <= case.definition.term.rounds
    if case.due_at and case.submitted_at:
        first = terms.arrival(case.submitted_at)
        ran = _running(terms, first, clock.wib_date(case.due_at), _days(seen.effective))
        assert ran <= arrivals * case.definition.term.working_days + arrivals - 1, f"{ran} days of {arrivals} arrivals"


def _days(pauses: list[tuple[datetime, datetime | None]]) -> Days:
    return [(clock.wib_date(since), clock.wib_date(until) if until else date.max) for since, until in pauses]


def _running(terms: Terms, since: date, until: date, paused: Days) -> int:
    """Working days after `since` up to and with `until` that lie in no pause."""
    days = (since + timedelta(days=n) for n in range(1, (until - since).days + 1))
    return sum(
        terms.calendar.is_working_day(day) and not any(begin < day <= end for begin, end in paused) for day in days
    )

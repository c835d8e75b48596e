"""A day or an hour that changes later moves what is due forward, never backward (M08).

Moved are the term of the case, the terms of agencies that have been asked, the time that the applicant has to answer
or to pay, and the time of the head to answer an objection or an appeal. The change itself only promises the moves:
`recounting` makes them, outside of the request of whoever entered the day. A pause keeps its days left, so it needs
no moving. Each move is an event of its case, of which the applicant is told.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max

from agencies import clock
from agencies.hooks import HolidayChange, HoursChange
from workflows.actors import Actor, ActorKind
from workflows.cases.advice import Recommendation, RecommendationState
from workflows.cases.machine import UNDER_TERM, CaseState, Instance
from workflows.cases.models import Case
from workflows.cases.work import Work
from workflows.clock.due import Terms
from workflows.clock.recounts import Recount
from workflows.objections import addressees
from workflows.objections.models import Objection, ObjectionState
from workflows.trail import doorbell
from workflows.trail import services as trail
from workflows.trail.chain import Facts

CALENDAR = Actor.system("calendar")
TABLE = uuid5(UUID(int=0), "holidays")
"""The holiday table as the subject of its own events."""

TermsAt = Callable[[str, datetime], Terms]
"""The calendar of a site around a moment."""


def recount(change: HolidayChange) -> None:
    """Note the change, and promise to count again the open terms that a new holiday falls into (`recounting`).

    A day that stops being a holiday moves nothing.
    """
    _note("holiday.changed", change.by, {"added": _iso(change.added), "removed": _iso(change.removed)})
    if change.added:
        _promise(added=sorted(change.added), first=min(change.added))


def reopen(change: HoursChange) -> None:
    """Note the change, and promise to let terms that end on a day which now closes later end then."""
    _note("hours.changed", change.by, {"site": change.site})
    _promise(site=change.site, first=clock.today())


def _promise(**said: Any) -> None:
    """The promise stands with the change or not at all; the bell may be lost. A mall without a case owes nothing."""
    from workflows.clock.tasks import recount as task

    if not Case.objects.exists():
        return
    Recount.objects.create(at=clock.now(), **said)
    transaction.on_commit(lambda: doorbell.knock(task))


def _note(kind: str, user_id: UUID | None, data: Facts) -> None:
    """Who changed the table stands in the log; a seed is nobody's act."""
    if user_id:
        by = Actor(ActorKind.USER, user_id=user_id)
        trail.record(subject_kind="calendar", subject_id=TABLE, kind=kind, by=by, data=data)


def read_once() -> TermsAt:
    """Calendars that are read once a site and year, for as many cases as there are."""

    @cache
    def of_year(site: str, year: int) -> Terms:
        return Terms.at(site, datetime(year, 7, 1, tzinfo=clock.WIB))

    return lambda site, moment: of_year(site, clock.wib(moment).year)


def _iso(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in days]


@transaction.atomic
def move_due_dates(
    case_id: UUID,
    added: frozenset[date],
    terms_at: TermsAt = Terms.at,
    *,
    since: datetime | None = None,
    later: frozenset[Any] = frozenset(),
) -> bool:
    """Give a case back the working days and hours that it lost; True when something moved, each with its event.

    As many working days as lay between the beginning of a term and its end by the old calendar are counted by the
    new one, so that a pause that has already moved the end stays counted. Without a pause it is never more than the
    days of the definition: a holiday that is entered, taken out and entered again is given back once. What began
    after `since` was counted by the new calendar; `later` are days that a change after this one adds.
    """
    work = Work.on(case_id, CALENDAR)
    case = work.case
    mover = _Mover(terms_at(case.site_id, case.arrived_at or work.at), added, since or work.at, later)
    moves = (_move_term, _move_answer, _move_advice) if case.closed_at is None else (_move_objection,)
    moved = [move(work, mover) for move in moves]
    if any(moved):
        work.finish()
    return any(moved)


def _move_objection(work: Work, mover: "_Mover") -> bool:
    """The time of the head for her answer; never more than the days of the definition."""
    case = work.case
    row = Objection.objects.select_for_update().filter(case=case, state=ObjectionState.FILED).first()
    if row is None:
        return False
    days = addressees.answering_days(case.definition, Instance(row.instance))
    due = mover.moved(row.filed_at, row.due_at, most=days)
    if due:
        told = {"objection": str(row.pk), "instance": str(row.instance), "agency": row.agency_id}
        work.record("objection.due_moved", {**told, **_change("objection", row.due_at, due)})
        row.due_at = due
        row.save(update_fields=["due_at"])
    return due is not None


def _move_term(work: Work, mover: "_Mover") -> bool:
    """The term of the case itself."""
    case = work.case
    if case.state not in UNDER_TERM or case.arrived_at is None:
        return False
    pauses = case.pauses.filter(effective_at__isnull=False, closed_at__gte=case.arrived_at)
    last = pauses.aggregate(last=Max("closed_at"))["last"]
    if last and last > mover.since:
        return False  # what the pause gave back was counted by the new calendar
    paused = last is not None
    due = mover.moved(case.arrived_at, case.due_at, most=None if paused else case.definition.term.working_days)
    if due:
        work.record("case.due_moved", _change("term", case.due_at, due))
        case.due_at = due
    return due is not None


def _move_answer(work: Work, mover: "_Mover") -> bool:
    """The time to answer or to pay, which runs since the applicant holds the case."""
    case = work.case
    if case.applicant_due_at is None:
        return False
    since = case.intervals.filter(closed_at=None).values_list("opened_at", flat=True).first()
    due = mover.moved(since, case.applicant_due_at)
    if due:
        work.record("case.due_moved", _change("answer", case.applicant_due_at, due))
        case.applicant_due_at = due
        case.repairs.filter(closed_at=None).update(due_at=due)
    return due is not None


def _move_advice(work: Work, mover: "_Mover") -> bool:
    """The own terms of the agencies that have been asked; one that lay within the term of the case stays there."""
    if work.case.state != CaseState.AWAITING_RECOMMENDATIONS:
        return False
    moved = []
    for row in work.case.recommendations.select_for_update().filter(state=RecommendationState.ASKED).order_by("id"):
        due = mover.moved(row.asked_at, row.due_at)
        if due and row.due_at and work.case.due_at and row.due_at <= work.case.due_at:
            due = min(due, work.case.due_at)
        if due and due != row.due_at:
            work.record("recommendation.due_moved", {"agency": row.agency_id, **_change("advice", row.due_at, due)})
            row.due_at = due
            moved.append(row)
    if moved:
        Recommendation.objects.bulk_update(moved, ["due_at"])
    return bool(moved)


def _change(what: str, old: datetime | None, new: datetime) -> Facts:
    return {"what": what, "old": old.isoformat() if old else "", "new": new.isoformat()}


class _Mover:
    """The calendar with the new days and the one without them."""

    def __init__(self, terms: Terms, added: frozenset[date], since: datetime, later: frozenset[Any]) -> None:
        self.since = since
        known = terms.calendar.holidays - (later - added)
        self.after = replace(terms, calendar=replace(terms.calendar, holidays=known))
        self.before = replace(terms, calendar=replace(terms.calendar, holidays=known - added))

    def moved(self, began: datetime | None, due: datetime | None, *, most: int | None = None) -> datetime | None:
        """The later end of a term that is counted in `most` days at most, or None where it does not move."""
        if due is None or began is None or began > self.since:
            return None
        first, last = self.before.arrival(began), clock.wib_date(due)
        days = self.before.calendar.working_days_between(first, last)
        days = days if most is None else min(days, most)
        later = self.after.hours.closing_time(self.after.calendar.add_working_days(first, days))
        return later if later > due else None

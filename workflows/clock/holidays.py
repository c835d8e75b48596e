"""A holiday that becomes known later moves open due dates forward, never backward (M08)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction

from agencies import clock, workdays
from agencies.hooks import HolidayChange
from workflows.actors import Actor
from workflows.cases.machine import UNDER_TERM
from workflows.cases.models import Case
from workflows.cases.work import Work
from workflows.clock.due import Terms

CALENDAR = Actor.system("calendar")


def recount(change: HolidayChange) -> None:
    """Count the open terms again that a new holiday falls into. A day that stops being one moves nothing."""
    if not change.added:
        return
    first = min(change.added)
    rows = Case.objects.filter(closed_at=None, state__in=UNDER_TERM, due_at__date__gte=first)
    for case_id in list(rows.order_by("id").values_list("pk", flat=True)):
        move_due_date(case_id, frozenset(change.added))


@transaction.atomic
def move_due_date(case_id: UUID, added: frozenset[date]) -> bool:
    """Give a case back the working days it lost to `added`; True when its due date moved, with an event.

    As many working days as lay between arrival and due date by the old calendar are counted by the new one,
    so that a pause that has already moved the date stays counted.
    """
    work = Work.on(case_id, CALENDAR)
    case = work.case
    if case.arrived_at is None or case.due_at is None or case.state not in UNDER_TERM:
        return False
    terms = Terms.at(case.site_id, case.arrived_at)
    before = replace(terms.calendar, holidays=terms.calendar.holidays - added)
    arrived = workdays.arrival_day(case.arrived_at, before, terms.hours)
    days = before.working_days_between(arrived, clock.wib_date(case.due_at))
    due = terms.hours.closing_time(terms.calendar.add_working_days(arrived, days))
    if due <= case.due_at:
        return False
    work.record("case.due_moved", {"old": case.due_at.isoformat(), "new": due.isoformat()})
    case.due_at = due
    work.finish()
    return True

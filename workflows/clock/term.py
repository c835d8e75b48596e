"""The arithmetic of a term on a case in hand: begin, suspend, give back. No row is read or written.

The services and the property tests call the very same functions.
"""

from datetime import datetime

from agencies import clock
from workflows.cases.models import Case
from workflows.clock.due import Terms
from workflows.clock.models import Reason


def begin(case: Case, terms: Terms, at: datetime) -> None:
    """The term counts from this arrival; what was passed before belonged to an application that was not complete."""
    case.arrived_at, case.term_passed_at = at, None
    case.due_at = terms.due(at, case.definition.term.working_days)


def left(case: Case, terms: Terms, at: datetime) -> int | None:
    """Working days of the term still to come; None where no term runs, or it has passed."""
    if case.paused:
        return case.paused_days_left
    return terms.left(counted_from(case, terms, at), case.due_at) if case.due_at and case.due_at >= at else None


def counted_from(case: Case, terms: Terms, at: datetime) -> datetime:
    """From when days are counted: never before the day on which the application counts as arrived.

    What is filed on a Saturday has its whole term before it on that Saturday, and no day more.
    """
    arrival = terms.arrival(case.arrived_at) if case.arrived_at else clock.wib_date(at)
    return terms.hours.opening_time(arrival) if clock.wib_date(at) < arrival else at


def is_late(days: int, term: int) -> bool:
    """Do `days` working days lie in the last fifth of a term of `term` days (S01)?

    A fifth is rounded up to whole days and is never the whole term: the last fifth of 14 days is 3 days, that of
    5 or 3 days is 1, and of a one-day term only the day on which it ends.
    """
    return days < term and days <= -(-term // 5)


def suspend(case: Case, reason: Reason, terms: Terms, at: datetime) -> int | None:
    """The term stands still: the days left are kept and there is no due date. One that has passed stays passed."""
    days = left(case, terms, at)
    case.paused, case.paused_days_left = reason, days
    case.due_at = case.due_at if days is None else None
    return days


def give_back(case: Case, terms: Terms, at: datetime) -> bool:
    """The term goes on with exactly the days that were left, day 1 being the next working day (M10)."""
    days = case.paused_days_left
    if not stop(case):
        return False
    if days is not None:
        case.due_at = terms.resume(counted_from(case, terms, at), days)
    return True


def stop(case: Case) -> bool:
    """No pause is open any more; True when one was. What the term is then is said by the caller."""
    stood = bool(case.paused)
    case.paused, case.paused_days_left = "", None
    return stood

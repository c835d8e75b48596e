"""What the calendar brings to permits: reminders, the end of a validity, obligations that fall due.

Days are those of Banyuwangi. Everything is asked of rows, so a sweep that comes late does what is still of use: of
several reminders that were missed it sends the nearest, and an end or a lapse is noted once.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from agencies import clock
from workflows.actors import Actor
from workflows.chores import BUDGET, Chore, run
from workflows.definition.kinds import Effect
from workflows.permits import naming, obliging, reminding
from workflows.permits.models import Permit, PermitStatus
from workflows.permits.obligations import Obligation, ObligationState
from workflows.permits.work import PermitWork

SWEEPER = Actor.system("sweeper")
RUNNING = (PermitStatus.ACTIVE, PermitStatus.SUSPENDED)


def sweep(*, seconds: float = BUDGET) -> dict[str, int]:
    """Do everything that is due today, for so long at most; how many of each."""
    return run(CHORES, seconds=seconds)


@transaction.atomic
def expire(permit_id: UUID) -> bool:
    """The last day has passed: the permit ends, suspended or not."""
    work = PermitWork.on_permit(permit_id, SWEEPER)
    permit, today = work.permit, clock.wib_date(work.at)
    if permit.status not in RUNNING or permit.valid_until is None or permit.valid_until >= today:
        return False
    permit.remind_on = None
    work.change(permit.expire, "permit.expired", {"last_day": permit.valid_until.isoformat()})
    work.close()
    return True


@transaction.atomic
def remind(permit_id: UUID) -> bool:
    """Tell the holder that her permit ends, unless she is renewing it already; the next reminder is set or dropped."""
    work = PermitWork.on_permit(permit_id, SWEEPER)
    permit, today = work.permit, clock.wib_date(work.at)
    if permit.remind_on is None or permit.remind_on > today or permit.status != PermitStatus.ACTIVE:
        return False
    renewal = work.case.definition.renewal
    permit.remind_on = reminding.next_day(permit.valid_until, renewal.reminders if renewal else (), today)
    told = permit.valid_until is not None and permit.valid_until >= today
    told = told and naming.followed(permit, Effect.RENEWS) is None
    if told:
        work.note("permit.ending", {"days": _days(today, permit.valid_until)})
    work.close()
    return told


@transaction.atomic
def fall_due(obligation_id: UUID) -> bool:
    """The last day of an obligation has passed and nothing was reported: its agency and the holder hear of it."""
    work, owed = obliging.locked(obligation_id, SWEEPER)
    if owed.state != ObligationState.OPEN or owed.due_on is None or owed.due_on >= clock.wib_date(work.at):
        return False
    owed.fall_due()
    owed.remind_on = None
    obliging.close(work, owed, "overdue", {"due": owed.due_on.isoformat()})
    return True


@transaction.atomic
def remind_of_obligation(obligation_id: UUID) -> bool:
    """Tell the holder that something is due soon."""
    work, owed = obliging.locked(obligation_id, SWEEPER)
    today = clock.wib_date(work.at)
    if owed.remind_on is None or owed.remind_on > today or owed.state != ObligationState.OPEN:
        return False
    owed.remind_on = obliging.remind_on(owed, today)
    obliging.close(work, owed, "due_soon", {"days": _days(today, owed.due_on)})
    return True


def _days(today: date, last: date | None) -> int:
    """Days from today to the last day; 0 on it."""
    return (last - today).days if last else 0


def _issued() -> QuerySet[Permit]:
    return Permit.objects.filter(issued_at__isnull=False, copy_of=None)


def _open() -> QuerySet[Obligation]:
    return Obligation.objects.filter(state=ObligationState.OPEN)


def _ended(now: datetime) -> QuerySet[Permit]:
    return _issued().filter(status__in=RUNNING, valid_until__lt=clock.wib_date(now))


def _ending(now: datetime) -> QuerySet[Permit]:
    return _issued().filter(status=PermitStatus.ACTIVE, remind_on__lte=clock.wib_date(now))


def _remindable(now: datetime) -> QuerySet[Obligation]:
    return _open().filter(remind_on__lte=clock.wib_date(now))


CHORES: tuple[Chore, ...] = (
    Chore("expired", "valid_until", _ended, expire),
    Chore("reminded", "remind_on", _ending, remind),
    Chore("overdue", "due_on", lambda now: _open().filter(due_on__lt=clock.wib_date(now)), fall_due),
    Chore(
        "obligations", "remind_on", lambda now: _open().filter(remind_on__lte=clock.wib_date(now)), remind_of_obligation
    ),
)
"""In this order: what has ended is not reminded of."""

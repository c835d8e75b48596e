"""Keeps the promises of the outbox: takes due rows, calls their consumers, marks them done.

At least once: a row is marked after its consumer came back. Rows are taken under a lease, with
`SKIP LOCKED`, so any number of workers may run; a worker that died loses its lease and the row is due again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.db.models import F, Q

from agencies import clock
from workflows.trail import registry
from workflows.trail.models import Event, OutboxRow, OutboxState

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=30)
MAX_ATTEMPTS = 10
LONGEST_WAIT = timedelta(hours=6)


def drain(queue: str, *, batch: int = 50, most: int = 2000) -> int:
    """Deliver what is due on this queue; the number of rows handled, well or badly."""
    handled = 0
    while handled < most:
        rows = _lease(registry.names_in(queue), batch)
        if not rows:
            break
        events = Event.objects.in_bulk([row.event_id for row in rows])
        for row in rows:
            _deliver(row, events[row.event_id])
        handled += len(rows)
    return handled


def queues_with_work() -> set[str]:
    """The queues that have a due row nobody holds."""
    now = clock.now()
    waiting = (
        OutboxRow.objects.filter(Q(leased_until=None) | Q(leased_until__lt=now), state=OutboxState.PENDING)
        .filter(next_attempt_at__lte=now)
        .values_list("consumer", flat=True)
        .distinct()
    )
    found = (registry.find(name) for name in waiting)
    return {consumer.queue for consumer in found if consumer}


@transaction.atomic
def _lease(consumers: Sequence[str], batch: int) -> list[OutboxRow]:
    """Take up to `batch` due rows for one lease each."""
    now = clock.now()
    rows = list(
        OutboxRow.objects.select_for_update(skip_locked=True)
        .filter(Q(leased_until=None) | Q(leased_until__lt=now), state=OutboxState.PENDING)
        .filter(consumer__in=consumers, next_attempt_at__lte=now)
        .order_by("next_attempt_at", "id")[:batch]
    )
    until = now + LEASE
    OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).update(leased_until=until, attempts=F("attempts") + 1)
    for row in rows:
        row.leased_until = until
    return rows


def _deliver(row: OutboxRow, event: Event) -> None:
    """Call the consumer of one row and note how it ended."""
    consumer = registry.find(row.consumer)
    attempt = row.attempts + 1
    if consumer is None or not _renew(row):
        return
    try:
        consumer.handle(registry.Delivered(row.pk, event, attempt))
    except Exception as error:  # noqa: BLE001 - one poisoned row must not stop the queue
        _postpone(row, attempt, error)
    else:
        OutboxRow.objects.filter(pk=row.pk).update(state=OutboxState.DONE, done_at=clock.now(), leased_until=None)


def _renew(row: OutboxRow) -> bool:
    """Hold on to the row while it is worked on; False when another worker has it by now."""
    until = clock.now() + LEASE
    mine = OutboxRow.objects.filter(pk=row.pk, state=OutboxState.PENDING, leased_until=row.leased_until)
    return bool(mine.update(leased_until=until))


def _postpone(row: OutboxRow, attempt: int, error: Exception) -> None:
    """Try again later, or give the row to a human."""
    log.warning("outbox.attempt_failed", outbox_id=str(row.pk), consumer=row.consumer, error=type(error).__name__)
    if connection.needs_rollback:
        raise error
    OutboxRow.objects.filter(pk=row.pk).update(
        state=OutboxState.FAILED if attempt >= MAX_ATTEMPTS else OutboxState.PENDING,
        next_attempt_at=next_attempt(attempt, clock.now()),
        leased_until=None,
        last_error=f"{type(error).__module__}.{type(error).__qualname__}",
    )


def next_attempt(attempt: int, now: datetime) -> datetime:
    """When to try again: 2, 4, 8 … seconds, at most six hours."""
    return now + min(timedelta(seconds=2**attempt), LONGEST_WAIT)


@transaction.atomic
def retry_failed(outbox_id: str) -> bool:
    """A human asks for another round of attempts; False when the row is not failed."""
    return bool(
        OutboxRow.objects.filter(pk=outbox_id, state=OutboxState.FAILED).update(
            state=OutboxState.PENDING, attempts=0, next_attempt_at=clock.now()
        )
    )

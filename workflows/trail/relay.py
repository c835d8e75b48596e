"""Keeps the promises of the outbox: takes due rows, calls their consumers, marks them done.

At least once: a row is marked after its consumer came back. Rows are taken one at a time under a lease, with
`SKIP LOCKED`, so any number of workers may run; a worker that died loses its lease and its one row is due again.
A row whose workers die again and again is given to a human like one that fails.
"""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.db.models import Q

from agencies import clock
from workflows.trail import registry
from workflows.trail.models import Event, OutboxRow, OutboxState

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=30)
MAX_ATTEMPTS = 10
LONGEST_WAIT = timedelta(hours=6)
LONGEST_DRAIN = 120.0
"""Seconds; far below the time limit of a task."""
TURN = 1.0
"""A second, after which other work of a worker has its turn: figures are at most some seconds behind."""
WORKER_DIED = "the worker died each time"
EVENT_GONE = "its event is gone"


def drain(queue: str, *, most: int = 2000, seconds: float = LONGEST_DRAIN) -> int:
    """Deliver what is due on this queue; the number of rows handled, well or badly."""
    handled, end = 0, time.monotonic() + seconds
    consumers = registry.names_in(queue)
    while handled < most and time.monotonic() < end:
        row = _lease(consumers)
        if row is None:
            break
        _deliver(row)
        handled += 1
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
def _lease(consumers: Sequence[str]) -> OutboxRow | None:
    """Take the row that is due the longest."""
    now = clock.now()
    row = (
        OutboxRow.objects.select_for_update(skip_locked=True)
        .filter(Q(leased_until=None) | Q(leased_until__lt=now), state=OutboxState.PENDING)
        .filter(consumer__in=consumers, next_attempt_at__lte=now)
        .order_by("next_attempt_at", "id")
        .first()
    )
    if row is not None:
        row.leased_until, row.attempts = now + LEASE, row.attempts + 1
        row.save(update_fields=["leased_until", "attempts"])
    return row


def _deliver(row: OutboxRow) -> None:
    """Call the consumer of one row and note how it ended."""
    consumer, event = registry.find(row.consumer), Event.objects.filter(pk=row.event_id).first()
    if consumer is None:
        return
    if event is None or row.attempts > MAX_ATTEMPTS:
        _give_up(row, WORKER_DIED if event else EVENT_GONE)
        return
    try:
        consumer.handle(registry.Delivered(row.pk, event, row.attempts))
    except Exception as error:  # noqa: BLE001 - one poisoned row must not stop the queue
        _postpone(row, error)
    else:
        kept = OutboxRow.objects.filter(pk=row.pk).exclude(state=OutboxState.DONE)
        kept.update(state=OutboxState.DONE, done_at=clock.now(), leased_until=None)


def _postpone(row: OutboxRow, error: Exception) -> None:
    """Try again later, or give the row to a human."""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    log.warning("outbox.attempt_failed", outbox_id=str(row.pk), consumer=row.consumer, error=name)
    if connection.needs_rollback:
        raise error
    if row.attempts >= MAX_ATTEMPTS:
        _give_up(row, name)
        return
    _put_down(row, next_attempt_at=next_attempt(row.attempts, clock.now()), last_error=name)


def _give_up(row: OutboxRow, why: str) -> None:
    """No machine will try again; `retry_failed` is a human's word that one should."""
    log.error("outbox.gave_up", outbox_id=str(row.pk), consumer=row.consumer, error=why)
    _put_down(row, state=OutboxState.FAILED, last_error=why)


def _put_down(row: OutboxRow, **end: object) -> None:
    """Note a failure, unless our lease ended meanwhile: then it is another worker's row, or kept already."""
    mine = OutboxRow.objects.filter(pk=row.pk, state=OutboxState.PENDING, leased_until=row.leased_until)
    mine.update(leased_until=None, **end)


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

"""Keeps the promises to batch consumers: many due rows in one transaction with what the consumer makes of them.

Exactly once: a row is marked done in the transaction that holds its effect, under one lock for each consumer. A
process that dies at any moment leaves both or neither.
"""

from collections.abc import Sequence
from uuid import UUID

import structlog
from django.db import connection, transaction

from agencies import clock
from workflows.trail.models import OutboxRow, OutboxState
from workflows.trail.registry import BatchConsumer, batches
from workflows.trail.relay import MAX_ATTEMPTS, next_attempt

log = structlog.get_logger(__name__)

MOST = 2_000
"""Rows in one transaction."""
ROUNDS = 50
"""Transactions in one go; beat comes again."""
_DUE = """
SELECT o.id, o.event_id FROM workflows_outboxrow o
WHERE o.state = 'pending' AND o.consumer = %s AND o.next_attempt_at <= %s
ORDER BY o.next_attempt_at LIMIT %s
"""


def fold(*, most: int = MOST) -> int:
    """Give every batch consumer what is due; the number of rows handled. Returns at once where another does it."""
    return sum(_drain(consumer, most) for consumer in batches())


def _drain(consumer: BatchConsumer, most: int) -> int:
    handled = 0
    for _round in range(ROUNDS):
        try:
            done = _take(consumer, most)
        except Exception as error:  # noqa: BLE001 - one poisoned event must not stop all figures
            log.warning("outbox.batch_failed", consumer=consumer.name, error=_name(error))
            done = _one_by_one(consumer, most)
        handled += done
        if done < most:
            break
    return handled


@transaction.atomic
def _take(consumer: BatchConsumer, most: int) -> int:
    """One batch, whole or not at all."""
    rows = _due(consumer, most) if held(consumer.name) else []
    if rows:
        consumer.fold([event for _row, event in rows])
        _mark([row for row, _event in rows])
    return len(rows)


def held(name: str, *, wait: bool = False) -> bool:
    """Have this transaction alone fold for a consumer; False when another does, unless told to wait for it."""
    function = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [f"fold:{name}"])
        return wait or bool(cursor.fetchone()[0])


def _due(consumer: BatchConsumer, most: int) -> list[tuple[UUID, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [consumer.name, clock.now(), most])
        return list(cursor.fetchall())


def _mark(rows: Sequence[UUID]) -> None:
    OutboxRow.objects.filter(pk__in=rows).update(state=OutboxState.DONE, done_at=clock.now())


def _one_by_one(consumer: BatchConsumer, most: int) -> int:
    """The same rows each in a transaction of its own; what fails waits, and in the end is given to a human."""
    with transaction.atomic():
        rows = _due(consumer, most)
    for row, event in rows:
        try:
            with transaction.atomic():
                if held(consumer.name, wait=True) and OutboxRow.objects.filter(pk=row, state="pending").exists():
                    consumer.fold([event])
                    _mark([row])
        except Exception as error:  # noqa: BLE001 - noted on its row
            _postpone(row, error)
    return len(rows)


@transaction.atomic
def _postpone(row: UUID, error: Exception) -> None:
    kept = OutboxRow.objects.select_for_update().get(pk=row)
    if kept.state != OutboxState.PENDING:
        return
    kept.attempts, kept.last_error = kept.attempts + 1, _name(error)
    kept.next_attempt_at = next_attempt(kept.attempts, clock.now())
    if kept.attempts >= MAX_ATTEMPTS:
        kept.state = OutboxState.FAILED
        log.error("outbox.gave_up", outbox_id=str(row), consumer=kept.consumer, error=kept.last_error)
    kept.save()


def _name(error: Exception) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"

"""The only writers of the log and of the outbox."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from agencies import clock
from agencies.models import Lane
from workflows.actors import Actor
from workflows.trail import doorbell, registry
from workflows.trail.chain import GENESIS, Facts, seal
from workflows.trail.models import Event, OutboxRow

_WRITE = """
WITH said AS (
    INSERT INTO workflows_event SELECT * FROM jsonb_populate_recordset(NULL::workflows_event, %s)
)
INSERT INTO workflows_outboxrow SELECT * FROM jsonb_populate_recordset(NULL::workflows_outboxrow, %s)
"""
"""Events and promises in one statement; each record is read by the row type of its own table."""


@dataclass(slots=True)
class Head:
    """Where a subject's chain stands: the last position and its hash."""

    seq: int = 0
    hash: str = GENESIS


@dataclass(slots=True)
class Chain:
    """Events being added to one subject, whose lock the caller holds."""

    subject_kind: str
    subject_id: UUID
    head: Head
    by: Actor
    lane: str
    events: list[Event] = field(default_factory=list)

    def add(self, kind: str, at: datetime, data: Facts | None = None) -> Event:
        """Chain one more event; nothing is written until `write`."""
        event = Event(
            subject_kind=self.subject_kind,
            subject_id=self.subject_id,
            seq=self.head.seq + 1,
            kind=kind,
            at=at,
            lane=self.lane,
            actor_kind=self.by.kind,
            actor_id=self.by.user_id,
            actor_name=self.by.name,
            data=data or {},
            previous=self.head.hash,
        )
        event.hash = seal(event)
        self.head = Head(event.seq, event.hash)
        self.events.append(event)
        return event


def write(events: Iterable[Event]) -> None:
    """Append the events and the promises to their consumers; one statement, then ring on commit."""
    events = list(events)
    rows, bells = list[OutboxRow](), set[str]()
    for event in events:
        heard = registry.interested_in(event.kind)
        bells |= {consumer.queue for consumer in heard}
        for name in (*(consumer.name for consumer in heard), *registry.folding(event.kind)):
            rows.append(OutboxRow(event_id=event.id, consumer=name, created_at=event.at, next_attempt_at=event.at))
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [_plain(events), _plain(rows)])
    if bells:
        transaction.on_commit(lambda: doorbell.ring(bells))


def _plain(rows: Iterable[Model]) -> str:
    """Rows as JSON, column by column; moments keep their microseconds."""
    told = [{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} for row in rows]
    return json.dumps(told, default=str)


@transaction.atomic
def record(
    *, subject_kind: str, subject_id: UUID, kind: str, by: Actor, data: Facts | None = None, lane: str = Lane.REAL
) -> Event:
    """Append one event about a subject that has no row lock of its own (a look, a visit).

    A transaction-long advisory lock on the subject takes the place of the row lock.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{subject_kind}:{subject_id}"])
    last = (
        Event.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
        .order_by("-seq")
        .values_list("seq", "hash", "at")
        .first()
    )
    head = Head(last[0], last[1]) if last else Head()
    at = max(clock.now(), last[2]) if last else clock.now()
    chain = Chain(subject_kind, subject_id, head, by, lane)
    event = chain.add(kind, at, data)
    write(chain.events)
    return event

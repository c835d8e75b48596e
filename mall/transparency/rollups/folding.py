"""Adds to the cells what new events add, in the transaction that marks their outbox rows done."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db import connection

from mall.transparency.rollups import measures
from mall.transparency.rollups.measures import DECISIONS, KEY, KINDS
from workflows.trail.registry import BatchConsumer

NAME: Final = "transparency.rollup"
_CHOSEN = "SELECT e.* FROM workflows_event e WHERE e.id = ANY(%(events)s)"
_ADD = f"""
INSERT INTO rollups_cell AS c ({KEY}, count, amount)
SELECT {KEY}, count, amount FROM total
ON CONFLICT (month, measure, agency, service, kecamatan, part)
DO UPDATE SET count = c.count + excluded.count, amount = c.amount + excluded.amount
"""  # noqa: S608 - made of the constant above
_SPAN = "SELECT min(at), max(at), bool_or(kind = ANY(%s)) FROM workflows_event WHERE id = ANY(%s)"


def fold(events: Sequence[UUID]) -> None:
    """Add these events to the cells. The caller holds the lock of this consumer and marks the rows."""
    wanted = list(events)
    with connection.cursor() as cursor:
        cursor.execute(_SPAN, [sorted(DECISIONS), wanted])
        first, last, decisions = cursor.fetchone()
    if first is None:
        return
    if books := measures.books_around(first, last, decisions=decisions):
        measures.run(_CHOSEN, _ADD, {"events": wanted}, books)


CONSUMER: Final = BatchConsumer(NAME, KINDS, fold)

"""Runs the rules, and walks every hash chain."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from workflows.invariants.links import LINKS
from workflows.invariants.money import MONEY
from workflows.invariants.remedies import REMEDIES
from workflows.invariants.rules import RULES

EVERY = RULES | MONEY | REMEDIES | LINKS
MOST = 20
CHAIN = "I-12 the hash chains are whole"
_EVENTS = """
    SELECT id::text, subject_kind, subject_id::text, seq, kind, at, lane, actor_kind, coalesce(actor_id::text, ''),
           actor_name, data::text, previous, hash
    FROM workflows_event ORDER BY subject_kind, subject_id, seq
"""


@dataclass(frozen=True, slots=True)
class Offender:
    """A row that breaks a rule."""

    rule: str
    id: str
    why: str


def offenders() -> Iterator[Offender]:
    """Every broken rule with up to twenty of its rows."""
    for rule, query in EVERY.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, why FROM ({query}) AS found LIMIT {MOST}")  # noqa: S608 - our own text
            for pk, why in cursor.fetchall():
                yield Offender(rule, str(pk), why)
    yield from _broken_chains()


def _broken_chains() -> Iterator[Offender]:
    """Subjects whose events do not follow one another, computed from the raw rows."""
    subject, expected, previous, found = None, 0, "", 0
    for row in _rows():
        if (row[1], row[2]) != subject:
            subject, expected, previous = (row[1], row[2]), 0, ""
        expected += 1
        if row[3] != expected or row[11] != previous or row[12] != _hash(row):
            yield Offender(CHAIN, row[2], f"event {row[3]} ({row[4]}) does not follow")
            found += 1
        if found >= MOST:
            return
        previous = row[12]


def _rows() -> Iterator[tuple]:  # type: ignore[type-arg]
    """All events in order, streamed."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_EVENTS)
        while batch := cursor.fetchmany(2000):
            yield from batch


def _hash(row: tuple) -> str:  # type: ignore[type-arg]
    """The hash that the event must have."""
    at = row[5].isoformat()
    facts = [row[11], row[0], row[1], row[2], row[3], row[4], at, *row[6:10], json.loads(row[10])]
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()

"""Loading rows fast, with no more right than the owner of the tables has.

One transaction: the triggers of the tables are off in it, and of a large load also the foreign keys, the rule that no
intervals overlap, and every index that nothing refers to. They come back in the same transaction, and their coming back
checks every row: whoever kills it finds the database as it was. The triggers ask nothing that `check_invariants` does
not ask.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db import connections, transaction

from mall.history import series
from mall.history.plan import Batch
from mall.history.rows import COLUMNS
from mall.runtime.roles import connection_name

MEMORY: Final = "256MB"
"""For sorting while an index is built."""
_FOREIGN_KEYS: Final = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) ORDER BY 1, 2
"""
_UNIQUES: Final = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint c
WHERE contype IN ('u', 'x') AND conrelid = ANY(%s::regclass[])
  AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = c.conindid)
ORDER BY 1, 2
"""
_INDEXES: Final = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
ORDER BY 1
"""


def load(batches: Iterable[Batch], *, large: bool = False) -> None:
    """Copy every batch in; all or nothing. `large` takes the indexes away meanwhile: quicker from some ten thousand on.

    Raises:
        ProgrammingError: this connection does not own the tables.
    """
    tables = list(COLUMNS)
    with (
        transaction.atomic(using=connection_name()),
        _unguarded([*tables, series.TABLE]),
        _bare(tables if large else []),
    ):
        for batch in batches:
            series.keep(batch.numbers)
            for table, text in batch.texts:
                _copy(table, text)


def _copy(table: str, text: bytes) -> None:
    columns = ", ".join(COLUMNS[table].split())
    with connections[connection_name()].cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        copy.write(text)


@contextmanager
def _unguarded(tables: list[str]) -> Iterator[None]:
    """Without the triggers of our own. Those of foreign keys stay and ask at once, so that none is left waiting."""
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        _run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in tables:
        _run(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@dataclass(frozen=True, slots=True)
class _Taken:
    """What was taken away, as it is put back."""

    away: list[str]
    back: list[str]


@contextmanager
def _bare(tables: list[str]) -> Iterator[None]:
    """Without foreign keys and without indexes, but the primary keys, which keep up with ids that grow with time."""
    taken = _described(tables) if tables else _Taken([], [])
    for statement in taken.away:
        _run(statement)
    yield
    if taken.back:
        _run(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
    for statement in taken.back:
        _run(statement)


def _described(tables: list[str]) -> _Taken:
    keys, uniques = _ask(_FOREIGN_KEYS, tables), _ask(_UNIQUES, tables)
    indexes = _ask(_INDEXES, tables)
    away = [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _what in (*keys, *uniques)]
    back = [definition for _name, definition in indexes]
    back += [f"ALTER TABLE {table} ADD CONSTRAINT {name} {what}" for table, name, what in (*uniques, *keys)]
    return _Taken([*away, *(f"DROP INDEX {name}" for name, _what in indexes)], back)


def _ask(sql: str, tables: list[str]) -> list[tuple[Any, ...]]:
    with connections[connection_name()].cursor() as cursor:
        cursor.execute(sql, [tables])
        return list(cursor.fetchall())


def _run(sql: str) -> None:
    with connections[connection_name()].cursor() as cursor:
        cursor.execute(sql)

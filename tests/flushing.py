"""What happens to the database after a transactional test: it is as it was before the first."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.core.management.commands import flush
from django.db import connections
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import sql

from mall.runtime.roles import table_name

PLACES = ("agencies.Agency", "agencies.Site", "agencies.OpeningHours", "agencies.Region", "agencies.Holiday")
CATALOGUE = ("workflows.ServiceType", "workflows.ServiceVersion", "workflows.CatalogueStamp")
DJANGOS = ("contenttypes.ContentType", "auth.Permission")


def tables(names: Iterable[str]) -> list[str]:
    """The tables of these models."""
    return [apps.get_model(name)._meta.db_table for name in names]


class Shipped:
    """The catalogue as it was loaded: what a test publishes is taken back."""

    def __init__(self) -> None:
        """Read it whole."""
        self.rows = {table: self._read(table) for table in tables(CATALOGUE)}
        self.size = self._counted()

    def restore(self) -> None:
        """Put it back where it has changed; a publication makes a version, so as many are the same ones."""
        if self._counted() == self.size:
            return
        link = connections["default"].connection
        for table, rows in self.rows.items():
            link.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            into = sql.SQL("COPY {} FROM STDIN (FORMAT BINARY)").format(sql.Identifier(table))
            with link.cursor() as cursor, cursor.copy(into) as copy:
                copy.write(rows)

    @staticmethod
    def _read(table: str) -> bytes:
        out = sql.SQL("COPY {} TO STDOUT (FORMAT BINARY)").format(sql.Identifier(table))
        with connections["default"].connection.cursor() as cursor, cursor.copy(out) as copy:
            return b"".join(copy)

    @staticmethod
    def _counted() -> list[Any]:
        asked = " UNION ALL ".join(f"SELECT count(*) FROM {table}" for table in tables(CATALOGUE))  # noqa: S608 - our names
        with connections["default"].cursor() as cursor:
            cursor.execute(asked)
            return [count for (count,) in cursor.fetchall()]


@contextmanager
def only_what_was_written(shipped: Shipped) -> Iterator[None]:
    """Empty the tables that hold rows, the append-only too, but for the places and the catalogue.

    Django would empty all two hundred, used or not, and make its own rows anew: most of a second.
    """
    execute = DatabaseOperations.execute_sql_flush

    def written(self: DatabaseOperations, _style: Any, found: Iterable[str], **_options: Any) -> list[str]:
        kept = {*tables(PLACES), *tables(CATALOGUE), *tables(DJANGOS)}
        # Django looks for tables in the usual schema only; the registers lie in another.
        apart = [model._meta.db_table for model in apps.get_app_config("registers").get_models()]
        names = {self.quote_name(table): table_name(table) for table in (*(set(found) - kept), *apart)}
        asked = [
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(quoted, table) for quoted, table in names.items()
        ]
        with self.connection.cursor() as cursor:
            cursor.execute(sql.SQL(" UNION ALL ").join(asked).as_string(cursor.connection))
            return [f"DELETE FROM {quoted}" for (quoted,) in cursor.fetchall()]  # noqa: S608 - names of our own

    def past_the_triggers(self: Any, sql_list: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        execute(self, sql_list)
        shipped.restore()
        with self.connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = DEFAULT")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", written)
        patch.setattr(DatabaseOperations, "execute_sql_flush", past_the_triggers)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_words: None)
        yield

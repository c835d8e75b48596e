"""Three roles in the database: the owner, who migrates; the application, which owns nothing; and one that alone reads
the registers by name, never logs in, and is taken on by the application for a few statements (ADR 8).

The triggers of the append-only tables protect them from slips, also of the owner's. That the application has not even
the right to change them protects them from whoever gets hold of its connection: it can neither switch a trigger off
nor go around it.
"""

from collections.abc import Iterator
from typing import Final

import pgtrigger
from django.conf import settings
from django.db import ProgrammingError, connections
from psycopg import sql

from mall.runtime.errors import Trouble

OWNER: Final = "owner"
"""The connection of the role that owns the tables, where the two are parted."""
APPLICATION: Final = "mal_app"
"""The application's role in the embedded server; elsewhere DATABASE_URL names it."""
_MIGRATIONS: Final = "django_migrations"
SCHEMA: Final = "registry"
"""Where the registers by name lie, out of the application's reach."""
_EVERYTHING = """
    GRANT USAGE ON SCHEMA public TO {role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
"""

_REGISTRY = """
    GRANT USAGE ON SCHEMA {schema} TO {registry};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {registry};
"""
_TAKEN_BACK = """
    REVOKE ALL ON SCHEMA {schema} FROM {role};
    REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role};
"""


def parted() -> bool:
    """Is the application another role than the owner?"""
    return OWNER in settings.DATABASES


def connection_name() -> str:
    """The connection that may change tables."""
    return OWNER if parted() else "default"


def kept() -> Iterator[tuple[str, str]]:
    """Table and right (UPDATE or DELETE) that no application needs: what a trigger forbids without any condition."""
    for model, trigger in pgtrigger.registered():
        if isinstance(trigger, pgtrigger.Protect) and trigger.condition is None:
            for right in ("UPDATE", "DELETE"):
                if right in str(trigger.operation).upper():
                    yield model._meta.db_table, right


def grant() -> None:
    """Give the application what it needs, and take from it what it must not have. Again and again is once."""
    role = sql.Identifier(settings.DATABASES["default"]["USER"])
    said = [*registry_statements(), *(statements(role) if parted() else ())]
    with connections[connection_name()].cursor() as cursor:
        cursor.execute("\n".join(statement.as_string(cursor.connection) for statement in said))
    let_in(str(settings.DATABASES["default"]["USER"]))


def let_in(role: str) -> None:
    """Let the application take on the role of the registers; without inheriting it, so only where it says so.

    Raises:
        Trouble: the owner may not give that role away; the sentence says what a superuser runs.
    """
    registry = settings.MALL_REGISTRY_ROLE
    with connections[connection_name()].cursor() as cursor:
        cursor.execute("SELECT pg_has_role(%s, %s, 'SET')", [role, registry])
        if cursor.fetchone() == (True,):
            return
        try:
            words = sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE")
            named = words.format(sql.Identifier(registry), sql.Identifier(role))
            cursor.execute(named.as_string(cursor.connection))
        except ProgrammingError as fault:
            raise Trouble(
                f"The role {role} may not take on {registry}; as a superuser run: "
                f"GRANT {registry} TO {role} WITH INHERIT FALSE, SET TRUE;"
            ) from fault


def table_name(table: str) -> sql.Identifier:
    """A table as Django names it, with its schema where it has one of its own."""
    return sql.Identifier(*table.strip('"').split('"."'))


def statements(role: sql.Identifier) -> Iterator[sql.Composed]:
    """The grants of the application, then what is taken back."""
    yield sql.SQL(_EVERYTHING).format(role=role)
    for table, right in [*kept(), *((_MIGRATIONS, right) for right in ("INSERT", "UPDATE", "DELETE"))]:
        yield sql.SQL("REVOKE {} ON {} FROM {};").format(sql.SQL(right), table_name(table), role)
    yield sql.SQL(_TAKEN_BACK).format(schema=sql.Identifier(SCHEMA), role=role)


def registry_statements() -> Iterator[sql.Composed]:
    """The grants of the role of the registers: that one schema, and there no change of what is kept."""
    registry = sql.Identifier(settings.MALL_REGISTRY_ROLE)
    yield sql.SQL(_REGISTRY).format(schema=sql.Identifier(SCHEMA), registry=registry)
    for table, right in kept():
        if table.startswith(f'"{SCHEMA}"'):
            yield sql.SQL("REVOKE {} ON {} FROM {};").format(sql.SQL(right), table_name(table), registry)

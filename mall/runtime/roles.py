"""Two roles in the database: the owner, who migrates, and the application, which owns nothing.

The triggers of the append-only tables protect them from slips, also of the owner's. That the application has not even
the right to change them protects them from whoever gets hold of its connection: it can neither switch a trigger off
nor go around it.
"""

from collections.abc import Iterator
from typing import Final

import pgtrigger
from django.conf import settings
from django.db import connections
from psycopg import sql

OWNER: Final = "owner"
"""The connection of the role that owns the tables, where the two are parted."""
APPLICATION: Final = "mal_app"
"""The application's role in the embedded server; elsewhere DATABASE_URL names it."""
_MIGRATIONS: Final = "django_migrations"
_EVERYTHING = """
    GRANT USAGE ON SCHEMA public TO {role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
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
    if not parted():
        return
    role = sql.Identifier(settings.DATABASES["default"]["USER"])
    with connections[OWNER].cursor() as cursor:
        cursor.execute("\n".join(statement.as_string(cursor.connection) for statement in statements(role)))


def statements(role: sql.Identifier) -> Iterator[sql.Composed]:
    """The grants, then what is taken back."""
    yield sql.SQL(_EVERYTHING).format(role=role)
    for table, right in [*kept(), *((_MIGRATIONS, right) for right in ("INSERT", "UPDATE", "DELETE"))]:
        yield sql.SQL("REVOKE {} ON {} FROM {};").format(sql.SQL(right), sql.Identifier(table), role)

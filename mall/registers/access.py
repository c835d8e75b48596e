"""The only way into the registers: for a few statements the connection takes on the role that may read them (ADR 8)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

_inside: ContextVar[bool] = ContextVar("registers_opened", default=False)


@contextmanager
def opened() -> Iterator[None]:
    """Inside, the registers can be read and written, and nothing else; outside, PostgreSQL refuses them.

    The role is taken on within a savepoint. When the body fails, PostgreSQL itself gives it back with the savepoint,
    also where a broken transaction takes no more statements. Rows must be fetched inside: a lazy query set that is
    read outside is refused. Events are recorded outside: the role may write none.
    """
    if _inside.get():
        yield
        return
    with transaction.atomic():
        _become(sql.Identifier(settings.MALL_REGISTRY_ROLE))
        token = _inside.set(True)
        try:
            yield
        finally:
            _inside.reset(token)
        _become(sql.SQL("NONE"))


def _become(role: sql.Composable) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(role).as_string(cursor.connection))

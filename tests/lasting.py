"""What several tests find and none of them has to make: written once, undone behind the last of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def undone(blocker: DjangoDbBlocker) -> Iterator[None]:
    """For a fixture that outlives a test: each test's own transaction lies within this one."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
    connection.close()

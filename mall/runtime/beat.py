"""Beat with a guard: of several beats only the one that holds a PostgreSQL lock sends anything."""

from typing import Any

import structlog
from celery.beat import Scheduler
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import Error

log = structlog.get_logger(__name__)

# An arbitrary number, used for nothing else in this database.
LOCK = 7_203_043
LONGEST_PAUSE = 5.0
ASK_AGAIN = 1.0
SILENCE = 30
"""Seconds after which PostgreSQL takes the lock from a beat that hangs. A live one asks at every look."""


class GuardedScheduler(Scheduler):
    """Sends the schedule's entries while it holds the lock; waits in the second row while another does.

    The lock belongs to a connection of its own, so PostgreSQL frees it when this process or its network dies.
    """

    link: BaseDatabaseWrapper | None = None

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due; return the seconds until the next look."""
        if not self._holds_lock():
            return ASK_AGAIN
        return min(super().tick(*args, **kwargs), LONGEST_PAUSE)

    def _holds_lock(self) -> bool:
        try:
            return self._ask()
        except Error as fault:
            log.warning("beat.database_unreachable", error=type(fault).__name__)
            self._drop()
            return False

    def _ask(self) -> bool:
        if self.link is not None:
            self._query("SELECT 1")
            return True
        self.link = connections.create_connection("default")
        self._query(f"SET idle_session_timeout = '{SILENCE}s'")
        if self._query(f"SELECT pg_try_advisory_lock({LOCK})"):
            log.info("beat.leads")
            return True
        self._drop()
        return False

    def _query(self, statement: str) -> Any:
        if self.link is None:
            raise RuntimeError
        with self.link.cursor() as cursor:
            cursor.execute(statement)
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    def _drop(self) -> None:
        if self.link is not None:
            try:
                self.link.close()
            except Error:
                log.info("beat.link_was_gone")
            self.link = None

    def close(self) -> None:
        """Give the lock back."""
        self._drop()
        super().close()

"""The one clock. Nothing else asks the machine for the time.

Moments are stored in UTC; days are counted in Asia/Jakarta, because a filing at 00:30 in Banyuwangi
is still "yesterday" in UTC.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

WIB = ZoneInfo("Asia/Jakarta")
_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _pretended.get() or datetime.now(tz=UTC)  # noqa: TID251 - the one place


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Let this thread live at another moment, to lay down demo data with a past.

    Raises:
        RuntimeError: the settings do not allow it; only the demo's and the tests' do.
    """
    if not getattr(settings, "MALL_MAY_PRETEND", False):
        raise RuntimeError("time is real here")
    token = _pretended.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)


def today() -> date:
    """The present day in Banyuwangi."""
    return wib_date(now())


def wib(moment: datetime) -> datetime:
    """The same moment as the wall clock in Banyuwangi shows it.

    Raises:
        ValueError: `moment` is naive, so nobody can say which moment it is.
    """
    if moment.tzinfo is None:
        raise ValueError("a naive datetime is not a moment")
    return moment.astimezone(WIB)


def wib_date(moment: datetime) -> date:
    """The calendar day in Banyuwangi at that moment; `ValueError` for a naive one."""
    return wib(moment).date()

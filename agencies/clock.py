"""The one clock. Nothing else asks the machine for the time.

Moments are stored in UTC; days are counted in Asia/Jakarta, because a filing at 00:30 in Banyuwangi
is still "yesterday" in UTC.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(tz=UTC)  # noqa: TID251 - the one place


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

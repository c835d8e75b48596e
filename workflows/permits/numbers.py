"""Gapless numbers: a counter row, locked and raised inside the transaction that uses the number."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from agencies import clock
from agencies.models import Lane

_NEXT = """
INSERT INTO workflows_numberseries (id, series, unit, year, lane, last) VALUES (gen_random_uuid(), %s, %s, %s, %s, 1)
ON CONFLICT (series, unit, year, lane) DO UPDATE SET last = workflows_numberseries.last + 1
RETURNING id, last
"""
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def take(*, series: str, unit: str, lane: str, at: datetime) -> tuple[UUID, int]:
    """The next number of the series in the WIB year of `at`: the counter's id and the number.

    One statement; the counter's row stays locked until the transaction ends, so that a roll-back
    gives the number back and no gap remains.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [series, unit, clock.wib_date(at).year, lane])
        row = cursor.fetchone()
    return row[0], row[1]


def write(template: str, *, seq: int, unit: str, lane: str, at: datetime) -> str:
    """The number as it is printed, e.g. `503/17/429.111/2026`; a canary's says that it is one."""
    day = clock.wib_date(at)
    month = {"month": f"{day.month:02d}", "month_roman": _ROMAN[day.month]}
    number = template.format(seq=seq, unit=unit, year=day.year, **month)
    return number if lane == Lane.REAL else f"UJI-{number}"


def receipt(lane: str, at: datetime) -> str:
    """The number of a receipt, e.g. `MPP-2026-000123`; the canary lane counts for itself."""
    return _counted("receipt", "MPP" if lane == Lane.REAL else "UJI", lane, at)


def complete(lane: str, at: datetime) -> str:
    """The number of a receipt for a complete application (tanda terima berkas lengkap), e.g. `TT-2026-000123`."""
    return _counted("complete", "TT" if lane == Lane.REAL else "UJI-TT", lane, at)


def _counted(series: str, prefix: str, lane: str, at: datetime) -> str:
    _series, seq = take(series=series, unit="", lane=lane, at=at)
    return f"{prefix}-{clock.wib_date(at).year}-{seq:06d}"


def statement(seq: int, lane: str, at: datetime) -> str:
    """The number of a statement of deemed grant, e.g. `PDK-2026-000004`; never like that of a permit."""
    prefix = "PDK" if lane == Lane.REAL else "UJI-PDK"
    return f"{prefix}-{clock.wib_date(at).year}-{seq:06d}"

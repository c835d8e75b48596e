"""The nightly proof: every month is counted again from the log, and what was folded must be the same.

Under the lock of the folder, and without the events whose promise is still to be kept: those are folded later. A
difference turns the month grey and is noted with both values; then the month is written as it was counted. The next
proof that finds nothing ends the grey.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import structlog
from django.db import connection, transaction

from agencies import clock
from mall.transparency.metrics import METHOD
from mall.transparency.period import Month, midnight
from mall.transparency.rollups import folding, measures
from mall.transparency.rollups.measures import KEY, KINDS
from mall.transparency.rollups.models import Cell, CountedMonth, Incident
from workflows.trail.folding import held
from workflows.trail.models import OutboxState

log = structlog.get_logger(__name__)

TOLD = 50
"""Cells that an incident names."""
_CHOSEN = f"""
SELECT e.* FROM workflows_event e
WHERE e.kind = ANY(%(kinds)s) AND e.at >= %(begin)s AND e.at < %(end)s AND NOT EXISTS (
  SELECT FROM workflows_outboxrow o
  WHERE o.event_id = e.id AND o.consumer = '{folding.NAME}' AND o.state = 'pending')
"""  # noqa: S608 - made of the constant above
_DIFFERENCES = f"""
SELECT {KEY}, c.count, c.amount, t.count, t.amount
FROM total t FULL JOIN (SELECT * FROM rollups_cell WHERE month = %(month)s) c USING ({KEY})
WHERE (c.count, c.amount) IS DISTINCT FROM (t.count, t.amount)
ORDER BY {KEY}
"""  # noqa: S608 - made of the constant above
_WRITE = f"INSERT INTO rollups_cell ({KEY}, count, amount) SELECT {KEY}, count, amount FROM total"  # noqa: S608
_FAILED = f"""
UPDATE workflows_outboxrow o SET state = '{OutboxState.DONE}', done_at = %(now)s FROM workflows_event e
WHERE o.consumer = '{folding.NAME}' AND o.state = '{OutboxState.FAILED}' AND e.id = o.event_id
  AND e.at >= %(begin)s AND e.at < %(end)s
"""  # noqa: S608 - made of the constants above
_CALENDAR = """
SELECT md5(concat_ws('|',
  (SELECT string_agg(date::text, ',' ORDER BY date, kind) FROM agencies_holiday),
  (SELECT string_agg(concat_ws(' ', site_id, weekday, opens, closes), ',' ORDER BY id) FROM agencies_openinghours),
  (SELECT string_agg(concat_ws(' ', site_id, date, opens, closes), ',' ORDER BY id) FROM agencies_openingexception)))
"""


def recount() -> int:
    """Count every month again; how many were found wrong. A transaction a month."""
    return sum(bool(recount_month(month)) for month in months())


def rebuild() -> None:
    """Count every month as if it never had been: the log was loaded from elsewhere, and nothing folded can be wrong."""
    CountedMonth.objects.all().delete()
    recount()


def months() -> Iterator[Month]:
    """From the month of the first event that counts to this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(at) FROM workflows_event WHERE kind = 'case.submitted'")
        first = cursor.fetchone()[0]
    month, last = first and Month.of(clock.wib_date(first)), Month.of(clock.today())
    while month and month <= last:
        yield month
        month = month.later(1)


@transaction.atomic
def recount_month(month: Month) -> Incident | None:
    """Prove one month, and write it as it was counted where it was wrong or never counted; what was found."""
    held(folding.NAME, wait=True)
    before = CountedMonth.objects.filter(month=month.first).first()
    begin, end = midnight(month.first), midnight(month.later(1).first)
    values = {"kinds": sorted(KINDS), "begin": begin, "end": end, "month": month.first, "now": clock.now()}
    failed = _failed(values)
    books = measures.books_around(begin, end - timedelta(days=1))
    if not books:
        return None
    wrong = measures.run(_CHOSEN, _DIFFERENCES, values, books) if before else []
    if wrong or not before:
        Cell.objects.filter(month=month.first).delete()
        measures.run(_CHOSEN, _WRITE, values, books)
    calendar = _calendar()
    found = _incident(month, wrong, _why(before, calendar, failed=failed)) if wrong else None
    facts = {"counted_at": clock.now(), "calendar": calendar, "method": METHOD, "grey": bool(wrong)}
    CountedMonth.objects.update_or_create(month=month.first, defaults=facts)
    return found


def _failed(values: dict[str, Any]) -> bool:
    """Events whose folding was given up are in the log, and so counted now: nobody must fold them again."""
    with connection.cursor() as cursor:
        cursor.execute(_FAILED, values)
        return bool(cursor.rowcount > 0)


def _calendar() -> str:
    with connection.cursor() as cursor:
        cursor.execute(_CALENDAR)
        return str(cursor.fetchone()[0])


def _why(before: CountedMonth | None, calendar: str, *, failed: bool) -> Incident.Why:
    """What has changed since the month was last counted."""
    if failed:
        return Incident.Why.FAILED
    if before and before.method != METHOD:
        return Incident.Why.METHOD
    return Incident.Why.CALENDAR if before and before.calendar != calendar else Incident.Why.UNKNOWN


def _incident(month: Month, wrong: list[tuple[Any, ...]], why: Incident.Why) -> Incident:
    names = (*KEY.split(", "), "folded", "folded_amount", "counted", "counted_amount")
    cells = [{name: _plain(value) for name, value in zip(names, row, strict=True)} for row in wrong[:TOLD]]
    log.error("rollups.differ", month=month.code, cells=len(wrong), why=why.value)
    return Incident.objects.create(month=month.first, at=clock.now(), why=why, differing=len(wrong), cells=cells)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)

"""What may be asked of the roll-ups. Exact figures, for those who publish: none of them may be shown as it is."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Sum

from mall.transparency.period import Month, midnight
from mall.transparency.rollups import folding
from mall.transparency.rollups.histogram import percentile
from mall.transparency.rollups.measures import KINDS, Measure
from mall.transparency.rollups.models import Cell, CountedMonth
from mall.transparency.sql import Counted

_UNFOLDED = """
SELECT EXISTS (
  SELECT FROM workflows_event e
  LEFT JOIN workflows_outboxrow o ON o.event_id = e.id AND o.consumer = %s
  WHERE e.kind = ANY(%s) AND e.at >= %s AND e.at < %s AND o.id IS NULL)
"""
BY = ("month", "agency", "service", "kecamatan", "part")


@dataclass(frozen=True, slots=True)
class Sums:
    """One measure over some cells; the dimensions that were not asked for are empty."""

    measure: str
    month: date | None
    agency: str
    service: str
    kecamatan: str
    part: str
    count: int
    amount: Decimal


def is_grey(month: Month) -> bool:
    """Were figures of this month found wrong, and not found right since? One query, or two.

    So is a month that was never counted and has events from before there were roll-ups: its cells are not whole.
    """
    counted = CountedMonth.objects.filter(month=month.first).first()
    return counted.grey if counted else _has_events_that_nobody_folds(month)


def _has_events_that_nobody_folds(month: Month) -> bool:
    values: list[Any] = [folding.NAME, sorted(KINDS), midnight(month.first), midnight(month.later(1).first)]
    with connection.cursor() as cursor:
        cursor.execute(_UNFOLDED, values)
        return bool(cursor.fetchone()[0])


def sums(measures: Collection[str], first: Month, last: Month, by: Collection[str] = ()) -> list[Sums]:
    """Measures from one month to another, by some of `BY`. One query.

    Raises:
        ValueError: `by` names something that is no dimension.
    """
    if wrong := set(by) - set(BY):
        raise ValueError(f"no such dimension: {', '.join(sorted(wrong))}")
    keys = ("measure", *(name for name in BY if name in by))
    cells = Cell.objects.filter(measure__in=measures, month__gte=first.first, month__lte=last.first)
    rows = cells.values(*keys).annotate(counted=Sum("count"), summed=Sum("amount")).order_by(*keys)
    return [_sums(row) for row in rows]


def _sums(row: dict[str, Any]) -> Sums:
    told = {name: row.get(name, "") for name in BY if name != "month"}
    return Sums(row["measure"], row.get("month"), **told, count=int(row["counted"]), amount=row["summed"])


Key = tuple[date, str, str]
_TOLD = (Measure.RECEIVED, Measure.DECIDED, Measure.APPROVED, Measure.ON_TIME)


def counted(first: Month, last: Month) -> list[Counted]:
    """The lines that `sql.received` and `sql.decided` give, from the roll-ups: mall, agencies, services. One query.

    Medians and 90th percentiles are within one bucket of the exact ones (`histogram`).
    """
    found = sums([*_TOLD, Measure.DAYS], first, last, ("month", "agency", "service", "part"))
    counts: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    days: dict[Key, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in found:
        for key in _levels(row):
            if row.measure == Measure.DAYS:
                days[key][int(row.part)] += row.count
            else:
                counts[key][row.measure] += row.count
    return [_counted(key, counts[key], days[key]) for key in sorted(counts)]


def _levels(row: Sums) -> Iterable[Key]:
    """The lines that a cell belongs to: its service, its agency and the mall."""
    if row.month is not None:
        yield row.month, row.agency, row.service
        yield row.month, row.agency, ""
        yield row.month, "", ""


def _counted(key: Key, counts: dict[str, int], days: dict[int, int]) -> Counted:
    month, agency, service = key
    told = {measure.value: counts[measure] for measure in _TOLD}
    return Counted(month, agency, service, **told, median=percentile(days, 0.5), p90=percentile(days, 0.9))

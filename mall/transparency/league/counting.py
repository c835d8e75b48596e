"""The exact rows behind the league: decisions of a quarter and those on time, by agency and stratum."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from mall.releases.datasets import Row
from mall.releases.periods import Period
from mall.transparency.counting import ready
from mall.transparency.daybook import daybooks
from mall.transparency.league import strata
from mall.transparency.sql import AHEAD, BACK, MEASURED, with_places

_COUNTED = f"""
WITH chosen AS (
  SELECT e.* FROM workflows_event e
  WHERE e.kind IN ('case.approved', 'case.approved_unpaid', 'case.refused') AND e.at >= %(begin)s AND e.at < %(end)s
), {MEASURED}
SELECT m.month, m.agency_id, m.service_id, c.service_version_id, count(*), count(*) FILTER (WHERE m.on_time)
FROM measured m JOIN workflows_case c ON c.id = m.id
GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - made of the constants above


@dataclass(frozen=True, slots=True)
class Counted:
    """Decisions of one month about one service, of the versions of one stratum."""

    month: str
    agency: str
    service: str
    stratum: str
    decided: int
    on_time: int


def counted(period: Period) -> list[Counted]:
    """Everything that was decided in a period. Two queries and those of the daybooks.

    Raises:
        NotReady: an event of the period waits to be counted, or a figure of it was found wrong.
    """
    ready(period)
    versions = strata.of_versions()
    return [
        Counted(Period.month(month).code, agency, service, versions[version][1], decided, on_time)
        for month, agency, service, version, decided, on_time in _asked(period)
    ]


def _asked(period: Period) -> Iterable[tuple[date, str, str, Any, int, int]]:
    books = daybooks(period.begin.date() - BACK, period.end.date() + AHEAD)
    if not books:
        return []
    text, places = with_places(_COUNTED, books)
    with connection.cursor() as cursor:
        cursor.execute(text, {"begin": period.begin, "end": period.end, **places})
        return list(cursor.fetchall())


def rows(found: Iterable[Counted]) -> list[Row]:
    """Every agency and each stratum of it, also those in which nothing happened. One query."""
    sums: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: {"decided": 0, "on_time": 0})
    for agency, codes in strata.domain(strata.of_versions()).items():
        for code in codes:
            sums[agency, code]
    for one in found:
        into = sums[one.agency, one.stratum]
        into["decided"] += one.decided
        into["on_time"] += one.on_time
    return [Row({"agency": agency, "stratum": code}, dict(values)) for (agency, code), values in sorted(sums.items())]

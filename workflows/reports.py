"""Figures for managers, each one query over cases and intervals: counts only, never a case and never a name.

Real lane only. Months are months in Banyuwangi. `agencies` narrows to these codes; None is the whole mall.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction

from agencies import clock
from workflows.cases.machine import UNDER_TERM, CaseState

TIMEOUT: Final = "10s"
"""A report that takes longer is given up: the counters need the database more."""
YOUNG, OLD = 7, 30
"""Calendar days since the hand-in that part the ages of open work."""

_OPEN = "c.lane = 'real' AND c.closed_at IS NULL AND c.state <> 'draft'"
_MINE = "(%(agencies)s::text[] IS NULL OR c.agency_id = ANY(%(agencies)s::text[]))"
_MONTH = "to_char({} AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM')"


@dataclass(frozen=True, slots=True)
class Month:
    """What came in and went out in one month, `2026-11`."""

    month: str
    submitted: int = 0
    decided: int = 0
    issued: int = 0


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Open applications of one service, by age in calendar days since the first hand-in; `late` are past their term."""

    agency: str
    service: str
    name: str
    count: int
    late: int
    young: int
    middle: int
    old: int
    oldest: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Decisions of one service since a day, and how many of them within their term."""

    agency: str
    service: str
    name: str
    decided: int
    kept: int

    @property
    def share(self) -> int:
        """Percent kept, rounded down: 99.9 is not all."""
        return self.kept * 100 // self.decided if self.decided else 0


@dataclass(frozen=True, slots=True)
class Holding:
    """How many open cases one party has, for one reason, and since when the longest."""

    holder: str
    agency: str
    reason: str
    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """Recommendations that one agency owes, how many past their term, and how many it gave since a day."""

    agency: str
    open: int
    late: int
    given: int
    given_late: int


def ask(sql: str, agencies: Collection[str] | None, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of one read, given up after `TIMEOUT`."""
    wanted = None if agencies is None else sorted(agencies)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [TIMEOUT])
        cursor.execute(sql, {"agencies": wanted, **values})
        return list(cursor.fetchall())


_THROUGHPUT = f"""
SELECT month, sum(submitted)::int, sum(decided)::int, sum(issued)::int FROM (
  SELECT {_MONTH.format("c.submitted_at")} AS month, 1 AS submitted, 0 AS decided, 0 AS issued
  FROM workflows_case c WHERE c.lane = 'real' AND c.submitted_at >= %(since)s AND {_MINE}
  UNION ALL
  SELECT {_MONTH.format("c.decided_at")}, 0, 1, 0
  FROM workflows_case c WHERE c.lane = 'real' AND c.decided_at >= %(since)s AND {_MINE}
  UNION ALL
  SELECT {_MONTH.format("c.closed_at")}, 0, 0, 1
  FROM workflows_case c WHERE c.lane = 'real' AND c.state = 'issued' AND c.closed_at >= %(since)s AND {_MINE}
) facts GROUP BY month ORDER BY month
"""  # noqa: S608 - made of the constants above


def throughput(agencies: Collection[str] | None, *, months: int = 12) -> list[Month]:
    """Applications, decisions and products of the last months, this one included; a quiet month has noughts."""
    wanted = last_months(months)
    rows = ask(_THROUGHPUT, agencies, since=_begin(wanted[0]))
    known = {row[0]: Month(*row) for row in rows}
    return [known.get(month, Month(month)) for month in wanted]


def last_months(count: int) -> list[str]:
    """The last months up to this one, such as `2026-11`, oldest first."""
    today = clock.today()
    numbers = range(today.year * 12 + today.month - count, today.year * 12 + today.month)
    return [f"{number // 12}-{number % 12 + 1:02d}" for number in numbers]


def _begin(month: str) -> datetime:
    year, number = month.split("-")
    return datetime(int(year), int(number), 1, tzinfo=clock.WIB)


_OPEN_WORK = f"""
SELECT c.agency_id, c.service_id, s.name_id, count(*)::int,
  count(*) FILTER (WHERE c.due_at < %(now)s AND c.state = ANY(%(running)s))::int,
  count(*) FILTER (WHERE c.submitted_at > %(now)s - interval '{YOUNG} days')::int,
  count(*) FILTER (WHERE c.submitted_at <= %(now)s - interval '{YOUNG} days'
    AND c.submitted_at > %(now)s - interval '{OLD} days')::int,
  count(*) FILTER (WHERE c.submitted_at <= %(now)s - interval '{OLD} days')::int,
  coalesce(extract(day FROM %(now)s - min(c.submitted_at)), 0)::int
FROM workflows_case c JOIN workflows_servicetype s ON s.code = c.service_id
WHERE {_OPEN} AND {_MINE}
GROUP BY c.agency_id, c.service_id, s.name_id
ORDER BY 5 DESC, 4 DESC, c.service_id
"""  # noqa: S608 - made of the constants above


def open_work(agencies: Collection[str] | None) -> list[OpenWork]:
    """Open applications by service, those with most late ones first."""
    running = [str(state) for state in (*UNDER_TERM, CaseState.APPROVED, CaseState.DEEMED_GRANTED)]
    return [OpenWork(*row) for row in ask(_OPEN_WORK, agencies, now=clock.now(), running=running)]


_KEPT = f"""
SELECT c.agency_id, c.service_id, s.name_id, count(*)::int,
  count(*) FILTER (WHERE c.decided_at <= c.due_at AND c.term_passed_at IS NULL)::int
FROM workflows_case c JOIN workflows_servicetype s ON s.code = c.service_id
WHERE c.lane = 'real' AND c.decided_at >= %(since)s AND {_MINE}
GROUP BY c.agency_id, c.service_id, s.name_id
ORDER BY c.agency_id, c.service_id
"""  # noqa: S608 - made of the constants above


def terms_kept(agencies: Collection[str] | None, *, since: date) -> list[Kept]:
    """Decisions since that day by service, and how many came within the term. Withdrawn and lapsed do not count."""
    begin = datetime(since.year, since.month, since.day, tzinfo=clock.WIB)
    return [Kept(*row) for row in ask(_KEPT, agencies, since=begin)]


_HOLDINGS = f"""
SELECT i.holder, i.agency, i.reason, count(*)::int, min(i.opened_at)
FROM workflows_interval i JOIN workflows_case c ON c.id = i.case_id
WHERE i.closed_at IS NULL AND {_OPEN}
  AND (%(agencies)s::text[] IS NULL OR c.agency_id = ANY(%(agencies)s::text[]) OR i.agency = ANY(%(agencies)s::text[]))
GROUP BY i.holder, i.agency, i.reason
ORDER BY 4 DESC, i.holder, i.agency, i.reason
"""  # noqa: S608 - made of the constants above


def holdings(agencies: Collection[str] | None) -> list[Holding]:
    """Who holds the open work, and for what; the counts sum to the open applications."""
    return [Holding(*row) for row in ask(_HOLDINGS, agencies)]


_ASKED = """
SELECT r.agency_id,
  count(*) FILTER (WHERE r.state = 'asked')::int,
  count(*) FILTER (WHERE r.state = 'asked' AND r.due_at < %(now)s)::int,
  count(*) FILTER (WHERE r.given_at >= %(since)s)::int,
  count(*) FILTER (WHERE r.given_at >= %(since)s AND r.given_at > r.due_at)::int
FROM workflows_recommendation r JOIN workflows_case c ON c.id = r.case_id
WHERE c.lane = 'real' AND (r.state = 'asked' OR r.given_at >= %(since)s)
  AND (%(agencies)s::text[] IS NULL OR r.agency_id = ANY(%(agencies)s::text[]))
GROUP BY r.agency_id
ORDER BY 3 DESC, 2 DESC, r.agency_id
"""


def recommendations(agencies: Collection[str] | None, *, since: date) -> list[Asked]:
    """What each agency owes in recommendations, and what it gave since that day."""
    begin = datetime(since.year, since.month, since.day, tzinfo=clock.WIB)
    return [Asked(*row) for row in ask(_ASKED, agencies, now=clock.now(), since=begin)]

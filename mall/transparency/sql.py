"""The two questions that every public figure answers, put to PostgreSQL.

The log says what happened and when, the ledger whose time it was, the daybook which days count.
Working days telescope: the days after A up to and including B are `worked[B] - worked[A]`, as
`agencies.workdays` counts them one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from mall.transparency.daybook import Daybook, daybooks

BACK = timedelta(days=1500)
AHEAD = timedelta(days=800)
"""How far around the period days are numbered: the longest life of a case, and its longest term."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One line of the answer. `agency` and `service` are empty in the lines that sum over them."""

    month: date
    agency: str
    service: str
    received: int = 0
    decided: int = 0
    approved: int = 0
    on_time: int = 0
    median: Decimal | None = None
    p90: Decimal | None = None


LOCAL = "AT TIME ZONE 'Asia/Jakarta'"
_RECEIVED = f"""
SELECT date_trunc('month', e.at {LOCAL})::date, c.agency_id, c.service_id, count(*)
FROM workflows_event e
JOIN workflows_case c ON c.id = e.subject_id
WHERE e.subject_kind = 'case' AND e.kind = 'case.submitted' AND e.lane = 'real'
  AND e.at >= %(begin)s AND e.at < %(end)s
GROUP BY GROUPING SETS ((1), (1, 2), (1, 2, 3))
"""  # noqa: S608 - made of the constants above


def _day(at: str) -> str:
    """The number of the day of a local moment; the first one for all that lies before it."""
    return f"greatest(1, {at}::date - base + 1)"


def _arrival(at: str) -> str:
    """The number of the day on which something handed in at a local moment counts as arrived."""
    day = _day(at)
    return f"CASE WHEN EXTRACT(epoch FROM {at}::time) <= shuts[{day}] THEN {day} ELSE opens[{day}] END"


DECIDING = "e.kind IN ('case.approved', 'case.approved_unpaid', 'case.refused') AND NOT e.data ? 'instance'"
"""Of the first instance only: what a remedy changes later is no second decision."""
_DECISION = f"""
  SELECT c.id, c.agency_id, c.service_id, c.site_id, c.kecamatan, e.at AS moment, e.at {LOCAL} AS at,
    e.kind <> 'case.refused' AS approved,
    (v.body -> 'term' ->> 'working_days')::int AS term, h.first_at {LOCAL} AS first_in, h.last_at {LOCAL} AS last_in,
    h.first_at AS begun_at
  FROM chosen e
  JOIN workflows_case c ON c.id = e.subject_id
  JOIN workflows_serviceversion v ON v.id = c.service_version_id
  CROSS JOIN LATERAL (
    SELECT min(f.at) AS first_at,
      max(f.at) FILTER (WHERE coalesce(f.data ->> 'paused', 'true') = 'true') AS last_at
    FROM workflows_event f
    WHERE f.subject_kind = 'case' AND f.subject_id = e.subject_id AND f.seq < e.seq
      AND f.kind IN ('case.submitted', 'case.resubmitted')
  ) h
  WHERE e.subject_kind = 'case' AND e.lane = 'real' AND {DECIDING}
"""  # noqa: S608 - made of the constants above
_PAUSED = f"""
  SELECT coalesce(sum(took), 0) AS days,
    coalesce(sum(took) FILTER (WHERE NOT by_applicant AND since >= d.last_in), 0) AS days_of_last_round
  FROM (
    SELECT since, by_applicant,
      worked[CASE WHEN by_applicant THEN {_arrival("till")} ELSE {_day("till")} END] - worked[{_day("since")}] AS took
    FROM (
      SELECT i.reason = 'correcting' AS by_applicant, i.opened_at {LOCAL} AS since, i.closed_at {LOCAL} AS till
      FROM workflows_interval i
      WHERE i.case_id = d.id AND i.reason IN ('correcting', 'outage', 'force_majeure')
    ) pause
    WHERE till <= d.at
  ) pauses
"""  # noqa: S608 - made of the constants above
MEASURED = f"""
place (site, base, worked, shuts, opens, closes, nth) AS (VALUES #places#),
decision AS ({_DECISION}),
measured AS (
  SELECT date_trunc('month', d.at)::date AS month, d.agency_id, d.service_id, d.kecamatan, d.approved,
    d.id, d.moment, d.begun_at,
    greatest(0, worked[{_day("d.at")}] - worked[{_arrival("d.first_in")}] - paused.days) AS days,
    d.at <= base + due.day - 1 + closes[due.day] * interval '1 second' AS on_time
  FROM decision d
  JOIN place ON place.site = d.site_id
  CROSS JOIN LATERAL ({_PAUSED}) paused
  CROSS JOIN LATERAL (SELECT {_arrival("d.last_in")} AS day, d.term + paused.days_of_last_round AS term) begun
  CROSS JOIN LATERAL (
    SELECT CASE WHEN begun.term = 0 THEN begun.day ELSE nth[worked[begun.day] + begun.term] END AS day
  ) due
)
"""  # noqa: S608 - made of the constants above
"""What is known of each decision among the events of the table expression `chosen`: days, punctuality, outcome."""
_DECIDED = f"""
WITH chosen AS (
  SELECT e.* FROM workflows_event e
  WHERE e.kind IN ('case.approved', 'case.approved_unpaid', 'case.refused') AND e.at >= %(begin)s AND e.at < %(end)s
), {MEASURED}
SELECT month, agency_id, service_id, count(*), count(*) FILTER (WHERE approved), count(*) FILTER (WHERE on_time),
  percentile_cont(0.5) WITHIN GROUP (ORDER BY days), percentile_cont(0.9) WITHIN GROUP (ORDER BY days)
FROM measured
GROUP BY GROUPING SETS ((month), (month, agency_id), (month, agency_id, service_id))
"""  # noqa: S608 - made of the constants above
_PLACE = {"site": "text", "base": "date", **dict.fromkeys(("worked", "shuts", "opens", "closes", "nth"), "int[]")}


def received(begin: datetime, end: datetime) -> list[Counted]:
    """First hand-ins between two moments, by month, agency and service. One query."""
    rows = _ask(_RECEIVED, {"begin": begin, "end": end})
    return [Counted(month, agency or "", service or "", received=count) for month, agency, service, count in rows]


def decided(begin: datetime, end: datetime) -> list[Counted]:
    """Final decisions between two moments and the working days they took. One query, and those of the daybooks."""
    books = daybooks(begin.date() - BACK, end.date() + AHEAD)
    if not books:
        return []
    text, values = with_places(_DECIDED, books)
    return [
        Counted(
            month=month,
            agency=agency or "",
            service=service or "",
            decided=count,
            approved=approved,
            on_time=on_time,
            median=Decimal(str(median)),
            p90=Decimal(str(p90)),
        )
        for month, agency, service, count, approved, on_time, median, p90 in _ask(
            text, {"begin": begin, "end": end, **values}
        )
    ]


def with_places(question: str, books: Sequence[Daybook]) -> tuple[str, dict[str, Any]]:
    """A question that contains `MEASURED` with one row of `place` for each daybook, and their values."""
    rows, values = [], dict[str, Any]()
    for number, book in enumerate(books):
        rows.append(", ".join(f"%({name}{number})s::{kind}" for name, kind in _PLACE.items()))
        values |= {f"{name}{number}": getattr(book, name) for name in _PLACE}
    return question.replace("#places#", ", ".join(f"({row})" for row in rows)), values


def _ask(text: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return list(cursor.fetchall())

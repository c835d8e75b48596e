"""What is counted: every measure once, as SQL over a set of events. Fold and recount run this same text.

The definition of days and punctuality is that of `mall.transparency.sql`; what each measure means to people is said in
`mall.transparency.metrics`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from django.db import connection

from mall.transparency.daybook import Daybook, daybooks
from mall.transparency.rollups.histogram import bucket_sql
from mall.transparency.sql import AHEAD, BACK, LOCAL, MEASURED, with_places


class Measure(StrEnum):
    """Codes of the measures; `count` unless said otherwise."""

    RECEIVED = "received"
    DECIDED = "decided"
    APPROVED = "approved"
    REFUSED = "refused"
    ON_TIME = "on_time"
    DAYS = "days"
    """Decisions by the bucket of their working days (`part`)."""
    MINUTES = "minutes"
    """`amount`: minutes of the decided cases, from hand-in to decision, by the party that had them (`part`)."""
    DEEMED = "deemed"
    """Granted by silence; `part` is whose: of the term, an objection, an appeal."""
    RETURNED = "returned"
    REPEATED = "repeated"
    """Returns for what was visible before, all of it."""
    LATE_PAUSES = "late_pauses"
    """Pauses that the office asked for in the last fifth of the term, as `workflows.conduct` counts them."""
    WITHDRAWN = "withdrawn"
    """After the hand-in."""
    LAPSED = "lapsed"
    FEES = "fees"
    """`amount`: rupiah that were paid."""
    OVERTAKEN = "overtaken"
    """Handled before others that were due earlier, in the line of `agency`, by reason (`part`)."""


DECISIONS: Final = frozenset({"case.approved", "case.approved_unpaid", "case.refused"})
KINDS: Final = DECISIONS | {
    "case.submitted",
    "case.deemed_granted",
    "case.returned",
    "case.withdrawn",
    "case.lapsed",
    "case.settled",
    "case.overtaken",
    "repair.asked",
    "pause.asked",
}
"""The events that are counted."""

_SIMPLE = f"""
  SELECT v.measure, date_trunc('month', e.at {LOCAL})::date, c.service_id, coalesce(v.agency, c.agency_id),
    c.kecamatan, coalesce(v.part, ''), 1, coalesce(v.amount, 0)
  FROM chosen e
  JOIN workflows_case c ON c.id = e.subject_id
  CROSS JOIN LATERAL (VALUES
    ('received', e.kind = 'case.submitted', NULL, NULL, NULL),
    ('deemed', e.kind = 'case.deemed_granted', NULL, e.data ->> 'cause', NULL),
    ('returned', e.kind = 'case.returned', NULL, NULL, NULL),
    ('repeated', e.kind = 'case.returned' AND jsonb_array_length(e.data -> 'repeated') > 0
      AND jsonb_array_length(e.data -> 'repeated') >= jsonb_array_length(e.data -> 'deficient'), NULL, NULL, NULL),
    ('late_pauses', e.kind IN ('case.returned', 'repair.asked', 'pause.asked') AND e.data -> 'late' = 'true',
      NULL, NULL, NULL),
    ('withdrawn', e.kind = 'case.withdrawn' AND e.data ->> 'from' <> 'draft', NULL, NULL, NULL),
    ('lapsed', e.kind = 'case.lapsed', NULL, NULL, NULL),
    ('fees', e.kind = 'case.settled', NULL, NULL, (e.data ->> 'amount')::numeric),
    ('overtaken', e.kind = 'case.overtaken', e.data ->> 'agency', e.data ->> 'code', NULL)
  ) AS v (measure, counts, agency, part, amount)
  WHERE e.subject_kind = 'case' AND e.lane = 'real' AND v.counts
"""  # noqa: S608 - made of the constants above
_OF_DECISIONS = f"""
  SELECT v.measure, m.month, m.service_id, m.agency_id, m.kecamatan, v.part, 1, 0
  FROM measured m
  CROSS JOIN LATERAL (VALUES
    ('decided', true, ''),
    ('approved', m.approved, ''),
    ('refused', NOT m.approved, ''),
    ('on_time', m.on_time, ''),
    ('days', true, {bucket_sql("m.days")})
  ) AS v (measure, counts, part)
  WHERE v.counts
"""  # noqa: S608 - made of the constants above
_BY_PARTY = """
  SELECT 'minutes', m.month, m.service_id, m.agency_id, m.kecamatan, held.party, 1, held.minutes
  FROM measured m
  CROSS JOIN LATERAL (
    SELECT i.holder AS party, round(sum(extract(epoch FROM
      least(coalesce(i.closed_at, m.moment), m.moment) - greatest(i.opened_at, m.begun_at))) / 60, 2) AS minutes
    FROM workflows_interval i
    WHERE i.case_id = m.id AND i.opened_at < m.moment AND coalesce(i.closed_at, m.moment) > m.begun_at
    GROUP BY i.holder
  ) held
"""
KEY: Final = "measure, month, service, agency, kecamatan, part"
_TOTALS = f"""
WITH chosen AS (#chosen#), {MEASURED},
fact ({KEY}, count, amount) AS ({_SIMPLE} UNION ALL {_OF_DECISIONS} UNION ALL {_BY_PARTY}),
total AS (SELECT {KEY}, sum(count)::bigint AS count, sum(amount) AS amount FROM fact GROUP BY {KEY})
#then#
"""  # noqa: S608 - made of the constants above


def run(chosen: str, then: str, values: Mapping[str, Any], books: Sequence[Daybook]) -> list[tuple[Any, ...]]:
    """Measure the events that `chosen` selects, and do `then` with the table expression `total`. One statement.

    The rows that `then` returns; none where it returns nothing.
    """
    text, places = with_places(_TOTALS.replace("#chosen#", chosen).replace("#then#", then), books)
    with connection.cursor() as cursor:
        cursor.execute(text, {**values, **places})
        return list(cursor.fetchall()) if cursor.description else []


def books_around(first: datetime | date, last: datetime | date, *, decisions: bool = True) -> list[Daybook]:
    """The daybooks by which decisions between two moments are measured; of one day where there are none."""
    begin, end = (day.date() if isinstance(day, datetime) else day for day in (first, last))
    return daybooks(begin - BACK, end + AHEAD) if decisions else daybooks(begin, begin)

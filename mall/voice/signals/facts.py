"""What the log says of each officer, counted by PostgreSQL: one query a kind, one row an officer and service.

Real lane only. A stratum is what colleagues have in common: the line and the service; of tickets, site and line. Cases
are asked for again only where there is a signal (`cases_of`), so that memory does not grow with the log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from agencies import clock
from mall.voice.signals import hours
from mall.voice.signals.kinds import SignalKind

MOST_CASES: Final = 50
"""Cases that a signal lists; the latest."""
TRIFLE_HOURS, TRIFLE_MINUTES, TRIFLE_SHARE = 30, 240, 4
"""A return answered within so many hours, and then accepted within so many minutes and in less than this part of the
officer's own usual time for papers that she never sent back: otherwise whoever is quick with everything stands out."""
NEXT, PASSED, LONG, LONG_DAYS = 8, 3, 3, 5
"""A case lies when it is in an officer's hands more than three times as long as three of four cases of its service, and
more than five days, while of the next eight that she took up three were done before it."""
QUICK = 0.25
"""The quickest quarter of what an officer checks is quick."""
PUT_BACK = 30
"""Who is called and put back within so many seconds had no time to come: a way around the order of the line."""
LEAST_OF_BROKER = 12
"""Below so many cases in the period nobody is an intermediary."""


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when, aware."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """One officer in one stratum: how often it happened, of how many; `whom` only where it is about an intermediary."""

    officer: UUID
    agency: str
    stratum: str
    found: int
    of: int
    whom: str = ""
    ground: str = ""
    peers_found: int = 0
    peers_of: int = 0


_STEPS: Final = """
steps AS (
  SELECT e.subject_id AS case_id, c.service_id AS service, c.agency_id AS agency, e.kind, e.actor_id AS officer, e.at,
    lead(e.kind) OVER w AS kind1, lead(e.actor_id) OVER w AS officer1, lead(e.at) OVER w AS at1,
    lead(e.kind, 2) OVER w AS kind2, lead(e.at, 2) OVER w AS at2,
    lead(e.kind, 3) OVER w AS kind3, lead(e.actor_id, 3) OVER w AS officer3, lead(e.at, 3) OVER w AS at3,
    lag(e.kind) OVER w AS kind0
  FROM workflows_event e JOIN workflows_case c ON c.id = e.subject_id
  WHERE e.subject_kind = 'case' AND e.lane = 'real' AND c.lane = 'real' AND e.at >= %(begin)s AND e.at < %(end)s
    AND e.kind IN ('case.taken', 'case.returned', 'case.resubmitted', 'case.accepted', 'case.passed_on')
  WINDOW w AS (PARTITION BY e.subject_id ORDER BY e.seq)
), checks AS (
  SELECT case_id, service, agency, officer, at, at1 AS done, kind0, kind1 FROM steps
  WHERE kind = 'case.taken' AND officer1 = officer AND kind1 IN ('case.returned', 'case.accepted', 'case.passed_on')
)"""
_DECIDED: Final = """
  SELECT d.by_id AS officer, c.agency_id AS agency, c.service_id AS service, d.case_id, d.at, c.site_id AS site
  FROM workflows_decision d JOIN workflows_case c ON c.id = d.case_id
  WHERE c.lane = 'real' AND d.at >= %(begin)s AND d.at < %(end)s"""
_ADVISED: Final = """
  SELECT r.officer_id AS officer, r.agency_id AS agency, c.service_id AS service, r.case_id, r.given_at AS at
  FROM workflows_recommendation r JOIN workflows_case c ON c.id = r.case_id
  WHERE c.lane = 'real' AND r.officer_id IS NOT NULL AND r.given_at >= %(begin)s AND r.given_at < %(end)s"""

_JUMPS: Final = f"""
WITH {_STEPS}, done AS (
  SELECT officer, agency, 'checking/' || service AS stratum, case_id FROM checks
  UNION SELECT officer, agency, 'deciding/' || service, case_id FROM ({_DECIDED}) d
  UNION SELECT officer, agency, 'advising/' || service, case_id FROM ({_ADVISED}) r
), hits AS (
  SELECT o.by_id AS officer, o.line || '/' || c.service_id AS stratum, o.case_id, o.at,
    CASE WHEN o.code = 'emergency' THEN to_char(o.at AT TIME ZONE 'Asia/Jakarta', 'IYYYIW')
      ELSE o.case_id::text END AS one
  FROM workflows_overtaking o JOIN workflows_case c ON c.id = o.case_id
  WHERE c.lane = 'real' AND o.at >= %(begin)s AND o.at < %(end)s
)"""  # noqa: S608 - made of the constants above
_TRIFLES: Final = f"""
WITH {_STEPS}, usual AS (
  SELECT officer, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM done - at)) AS seconds
  FROM checks WHERE kind0 IS NULL AND kind1 = 'case.accepted' GROUP BY officer
), done AS (
  SELECT officer, agency, 'checking/' || service AS stratum, case_id FROM checks GROUP BY 1, 2, 3, 4
), hits AS (
  SELECT s.officer, 'checking/' || s.service AS stratum, s.case_id, s.at3 AS at, s.case_id::text AS one
  FROM steps s JOIN usual u ON u.officer = s.officer
  WHERE s.kind = 'case.returned' AND s.kind1 = 'case.resubmitted' AND s.kind2 = 'case.taken'
    AND s.kind3 = 'case.accepted' AND s.officer3 = s.officer AND s.at1 - s.at <= make_interval(hours => {TRIFLE_HOURS})
    AND extract(epoch FROM s.at3 - s.at1) <= least({TRIFLE_MINUTES} * 60, u.seconds / {TRIFLE_SHARE})
)"""  # noqa: S608 - made of the constants above
_HOURS: Final = f"""
WITH decided AS ({_DECIDED}), book AS (
  SELECT * FROM unnest(%(sites)s::text[], %(days)s::date[], %(opens)s::int[], %(shuts)s::int[])
    AS b (site, day, opens, shuts)
), done AS (
  SELECT officer, agency, 'deciding/' || service AS stratum, case_id, at, site FROM decided
), hits AS (
  SELECT d.officer, d.stratum, d.case_id, d.at, d.case_id::text AS one
  FROM done d LEFT JOIN book b ON b.site = d.site AND b.day = (d.at AT TIME ZONE 'Asia/Jakarta')::date
  WHERE b.site IS NULL OR extract(epoch FROM (d.at AT TIME ZONE 'Asia/Jakarta')::time) NOT BETWEEN b.opens AND b.shuts
)"""  # noqa: S608 - made of the constants above
_LYING: Final = f"""
WITH {_STEPS}, done AS (
  SELECT officer, agency, 'checking/' || service AS stratum, case_id, at, done FROM checks WHERE kind0 IS NULL
), usual AS (
  SELECT stratum, percentile_cont(0.75) WITHIN GROUP (ORDER BY extract(epoch FROM done - at)) AS seconds
  FROM done GROUP BY 1
), ranked AS (
  SELECT *, array_agg(done) OVER (
    PARTITION BY officer ORDER BY at ROWS BETWEEN 1 FOLLOWING AND {NEXT} FOLLOWING) AS later
  FROM done
), hits AS (
  SELECT officer, stratum, case_id, at, case_id::text AS one FROM ranked JOIN usual USING (stratum)
  WHERE extract(epoch FROM done - at) > greatest({LONG} * seconds, {LONG_DAYS} * 86400)
    AND (SELECT count(*) FROM unnest(later) AS other WHERE other < ranked.done) >= {PASSED}
)"""  # noqa: S608 - made of the constants above
_SKIPS: Final = f"""
WITH steps AS (
  SELECT e.*, lead(e.kind) OVER w AS kind1, lead(e.at) OVER w AS at1
  FROM workflows_event e
  WHERE e.kind IN ('ticket.called', 'ticket.held', 'ticket.begun', 'ticket.left') AND e.lane = 'real'
    AND e.at >= %(begin)s AND e.at < %(end)s
  WINDOW w AS (PARTITION BY e.subject_id ORDER BY e.seq)
), calls AS (
  SELECT actor_id AS officer, data->>'line' AS agency, subject_id AS ticket, at,
    'counter/' || (data->>'site') || '/' || (data->>'line') AS stratum,
    ((data->>'passed')::int > 0 AND data->>'code' <> 'priority')
      OR (kind1 = 'ticket.held' AND at1 - at < make_interval(secs => {PUT_BACK})) AS skipped
  FROM steps WHERE kind = 'ticket.called'
), done AS (SELECT officer, agency, stratum, ticket AS case_id FROM calls
), hits AS (
  SELECT c.officer, c.stratum, c.at, c.ticket::text AS one, nullif(s.data->>'case', '')::uuid AS case_id
  FROM calls c LEFT JOIN workflows_event s ON s.subject_kind = 'ticket' AND s.subject_id = c.ticket
    AND s.kind = 'ticket.served'
  WHERE c.skipped
)"""  # noqa: S608 - made of the constants above
"""The faces do not know each other: of tickets there is only what their events say. A ticket is counted as a case is,
and the cases to look at are those with which these visitors went home."""
_COUNT: Final = """, counted AS (
  SELECT officer, stratum, min(agency) AS agency, count(DISTINCT case_id)::int AS of FROM done GROUP BY 1, 2
), hit AS (SELECT officer, stratum, count(DISTINCT one)::int AS found FROM hits GROUP BY 1, 2)
SELECT c.officer, c.agency, c.stratum, coalesce(h.found, 0), greatest(c.of, coalesce(h.found, 0))
FROM counted c LEFT JOIN hit h USING (officer, stratum) WHERE c.officer IS NOT NULL ORDER BY 1, 3
"""
_LIST: Final = ", listed AS (SELECT case_id, max(at) AS at FROM hits WHERE officer = %(officer)s GROUP BY case_id)\n"
_LATEST: Final = f"""
SELECT case_id FROM listed WHERE case_id IS NOT NULL ORDER BY at DESC, case_id LIMIT {MOST_CASES}
"""  # noqa: S608 - a number of ours

_BROKER: Final = f"""
WITH {_STEPS}, checked AS (
  SELECT DISTINCT ON (case_id) case_id, officer, agency, 'checking/' || service AS stratum, at,
    extract(epoch FROM done - at) AS seconds
  FROM checks ORDER BY case_id, at
), fast AS (
  SELECT officer, stratum, percentile_cont({QUICK}) WITHIN GROUP (ORDER BY seconds) AS seconds
  FROM checked GROUP BY 1, 2
), done AS (
  SELECT c.case_id, c.officer, c.agency, c.stratum, c.at, c.seconds < f.seconds AS quick
  FROM checked c JOIN fast f USING (officer, stratum)
  UNION ALL SELECT case_id, officer, agency, 'deciding/' || service, at, NULL FROM ({_DECIDED}) d
), brought AS (
  SELECT d.*, lower(btrim(m.bearer)) AS whom, m.kind AS ground
  FROM done d JOIN workflows_mandate m ON m.case_id = d.case_id
  WHERE m.kind <> 'present' AND m.bearer <> ''
)"""  # noqa: S608 - made of the constants above
_PAIRS: Final = f""", known AS (
  SELECT whom FROM brought GROUP BY whom HAVING count(DISTINCT case_id) >= {LEAST_OF_BROKER}
), total AS (SELECT stratum, count(*)::int AS of FROM done GROUP BY 1
), mine AS (SELECT officer, stratum, min(agency) AS agency, count(*)::int AS of FROM done GROUP BY 1, 2
), theirs AS (
  SELECT whom, stratum, min(ground) AS ground, count(*)::int AS of FROM brought JOIN known USING (whom) GROUP BY 1, 2
), pair AS (
  SELECT whom, officer, stratum, count(*)::int AS found, (count(*) FILTER (WHERE quick))::int AS quick
  FROM brought JOIN known USING (whom) GROUP BY 1, 2, 3
)
SELECT m.officer, m.agency, t.stratum, t.whom, t.ground, t.of, coalesce(p.found, 0), coalesce(p.quick, 0),
  m.of - coalesce(p.found, 0), total.of - t.of
FROM theirs t JOIN mine m USING (stratum) JOIN total USING (stratum)
LEFT JOIN pair p ON p.whom = t.whom AND p.officer = m.officer AND p.stratum = t.stratum
ORDER BY 4, 1, 3
"""  # noqa: S608 - made of the constants above
_LIST_BROKER: Final = """, listed AS (
  SELECT case_id, max(at) AS at FROM brought WHERE officer = %(officer)s AND whom = %(whom)s GROUP BY case_id)
"""
_PLAN: Final = "SET LOCAL enable_nestloop = off"
_USUAL: Final = "SET LOCAL enable_nestloop = on"
"""Nobody can foretell how many rows a step of these questions gives; a plan that guesses few never ends."""
_OF: Final[Mapping[str, str]] = {
    SignalKind.JUMPS: _JUMPS,
    SignalKind.TRIFLES: _TRIFLES,
    SignalKind.HOURS: _HOURS,
    SignalKind.LYING: _LYING,
    SignalKind.SKIPS: _SKIPS,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """The cases of one intermediary in one stratum: how many this officer had, and how many of hers went quickly."""

    share: Row
    quick: int


def rows(kind: SignalKind, window: Window) -> list[Row]:
    """Every officer in every stratum of a kind that is about officers alone. One query."""
    return [Row(*row) for row in _ask(_OF[kind] + _COUNT, kind, window)]


def pairs(window: Window) -> list[Pair]:
    """Every intermediary with every officer who had enough of its cases. One query."""
    found = _ask(_BROKER + _PAIRS, SignalKind.BROKER, window)
    return [
        Pair(Row(officer, agency, stratum, mine, of, whom, ground, peers_found, peers_of), quick)
        for officer, agency, stratum, whom, ground, of, mine, quick, peers_found, peers_of in found
    ]


def cases_of(kind: SignalKind, window: Window, *, officer: UUID, whom: str = "") -> list[UUID]:
    """The cases that a signal is about, latest first. One query."""
    asked = _BROKER + _LIST_BROKER if kind is SignalKind.BROKER else _OF[kind] + _LIST
    return [row[0] for row in _ask(asked + _LATEST, kind, window, officer=officer, whom=whom)]


def _ask(sql: str, kind: SignalKind, window: Window, **said: Any) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {"begin": window.begin, "end": window.end, **said}
    if kind is SignalKind.HOURS:
        book = hours.book(clock.wib_date(window.begin), clock.wib_date(window.end))
        values |= {"sites": book.sites, "days": book.days, "opens": book.opens, "shuts": book.shuts}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PLAN)
        cursor.execute(sql, values)
        rows = list(cursor.fetchall())
        cursor.execute(_USUAL)
        return rows

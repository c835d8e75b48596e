"""How offices treat the time of applicants: late pauses, returns, and whose the net time was. One definition of each.

Counts and sums only, real lane only; never a case and never a name. Managers see them by service and agency
(`agencies` narrows to these codes, None is the whole mall), everybody by agency where no small number shows.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from workflows.clock.accounts import NET
from workflows.reports import ask

_MINE: Final = "(%(agencies)s::text[] IS NULL OR c.agency_id = ANY(%(agencies)s::text[]))"
_SERVICE: Final = "JOIN workflows_servicetype s ON s.code = c.service_id"


@dataclass(frozen=True, slots=True)
class Paused:
    """Pauses that an office asked for; `late` in the last fifth of the term, `signed` those of them that took effect.

    Waiting for money and outages of national systems are asked for by nobody, and do not count.
    """

    agency: str
    service: str
    asked: int
    late: int
    signed: int


@dataclass(frozen=True, slots=True)
class Returned:
    """Returns for correction; `further` after an earlier one, `repeated` those that bring no new defect.

    A repeated return names only what an earlier check of the same thing found in order, and does not pause the term.
    """

    agency: str
    service: str
    count: int
    further: int
    repeated: int


@dataclass(frozen=True, slots=True)
class Spent:
    """The net time of one party in the cases that it held, as `workflows.clock.accounts` has it, in seconds."""

    agency: str
    service: str
    holder: str
    holder_agency: str
    cases: int
    seconds: int

    @property
    def hours(self) -> int:
        """A case, on the average, rounded to whole hours."""
        return round(self.seconds / self.cases / 3600)


_PAUSED = f"""
SELECT c.agency_id, s.name_id, count(*)::int, count(*) FILTER (WHERE p.late)::int,
  count(*) FILTER (WHERE p.late AND p.effective_at IS NOT NULL)::int
FROM workflows_pause p JOIN workflows_case c ON c.id = p.case_id {_SERVICE}
WHERE c.lane = 'real' AND p.reason IN ('correcting', 'force_majeure')
  AND p.asked_at >= %(since)s AND p.asked_at < %(until)s AND {_MINE}
GROUP BY c.agency_id, s.name_id ORDER BY 4 DESC, 1, 2
"""  # noqa: S608 - made of the constants above


def paused(agencies: Collection[str] | None, *, since: datetime, until: datetime) -> list[Paused]:
    """Pauses asked for in that time, the services with most late ones first."""
    return [Paused(*row) for row in ask(_PAUSED, agencies, since=since, until=until)]


_RETURNED = f"""
SELECT c.agency_id, s.name_id, count(*)::int, count(*) FILTER (WHERE (e.data ->> 'round')::int > 1)::int,
  count(*) FILTER (WHERE jsonb_array_length(e.data -> 'repeated') = jsonb_array_length(e.data -> 'deficient'))::int
FROM workflows_event e JOIN workflows_case c ON c.id = e.subject_id {_SERVICE}
WHERE e.subject_kind = 'case' AND e.kind = 'case.returned' AND e.lane = 'real'
  AND e.at >= %(since)s AND e.at < %(until)s AND {_MINE}
GROUP BY c.agency_id, s.name_id ORDER BY 5 DESC, 4 DESC, 1, 2
"""  # noqa: S608 - made of the constants above


def returned(agencies: Collection[str] | None, *, since: datetime, until: datetime) -> list[Returned]:
    """Returns in that time, the services with most repeated ones first."""
    return [Returned(*row) for row in ask(_RETURNED, agencies, since=since, until=until)]


_SPENT = f"""
SELECT c.agency_id, s.name_id, i.holder, i.agency, count(DISTINCT c.id)::int,
  round(sum(extract(epoch FROM i.closed_at - i.opened_at)))::bigint
FROM workflows_interval i JOIN workflows_case c ON c.id = i.case_id {_SERVICE}
WHERE c.lane = 'real' AND c.submitted_at IS NOT NULL AND c.closed_at >= %(since)s AND c.closed_at < %(until)s
  AND i.reason = ANY(%(net)s) AND i.closed_at > i.opened_at AND {_MINE}
GROUP BY c.agency_id, s.name_id, i.holder, i.agency ORDER BY 1, 2, 6 DESC, 3, 4
"""  # noqa: S608 - made of the constants above


def spent(agencies: Collection[str] | None, *, since: datetime, until: datetime) -> list[Spent]:
    """Net time by party of the cases that ended in that time; of a party without any nothing."""
    rows: list[Any] = ask(_SPENT, agencies, since=since, until=until, net=sorted(NET))
    return [Spent(*row) for row in rows]

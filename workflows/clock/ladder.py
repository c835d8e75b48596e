"""The ladder: what takes long goes up to the deputy, then the head, then the inspectorate.

Rungs lie at 50, 80 and 100 % of the term, measured in working time: a working day counts from opening to closing,
a pause does not count, and a holiday that comes later moves the rungs with the due date, because they are counted
back from it. The rung at 100 % is the passing of the term itself (`sweep.pass_term`).

`Case.escalate_at` says when to look next; whatever moves a due date sets it to "now" (`Work.save`), so no other
part of the engine needs to know the ladder. A rung is taken under the case's lock and noted on the case, so any
number of sweepers take it once; what an outage missed is taken afterwards, lowest rung first.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from agencies import queries as directory
from agencies.models import Role
from workflows.actors import Actor
from workflows.cases.advice import Recommendation
from workflows.cases.work import Work
from workflows.clock.due import Terms
from workflows.clock.escalation import RUNGS, Escalation
from workflows.permissions import MALL

LADDER = Actor.system("ladder")
TOP = RUNGS[-1]
READERS: Final[dict[int, tuple[str, ...]]] = {
    50: (Role.DEPUTY,),
    80: (Role.DEPUTY, Role.HEAD),
    TOP: (Role.DEPUTY, Role.HEAD, Role.INSPECTORATE),
}
AGENCY_READERS: Final = (Role.DEPUTY, Role.HEAD)
"""Who hears of an agency that stays silent on a recommendation: its own superiors."""

Rung = tuple[int, datetime]
"""Per cent of the term, and when it was reached."""
Post = tuple[str, str]


@transaction.atomic
def climb(case_id: UUID) -> bool:
    """Take the rungs below the top that are reached, and note when to look again; True when one was taken."""
    work = Work.on(case_id, LADDER)
    case = work.case
    if case.escalate_at is None or case.escalate_at > work.at:
        return False
    ahead = [rung for rung in _below_top(work) if rung[0] > case.escalated]
    reached = [rung for rung in ahead if rung[1] <= work.at]
    case.escalate_at = next((at for _step, at in ahead if at > work.at), None)
    if not reached:
        case.save(update_fields=["escalate_at"])
        return False
    _take(work, reached)
    work.finish()
    return True


def top_out(work: Work) -> None:
    """The term has passed: take every rung that is left, the top one last. `work` is finished by the caller."""
    case = work.case
    assert case.due_at is not None
    missed = case.escalated < RUNGS[-2] and case.definition.term.working_days
    below = [rung for rung in _below_top(work) if rung[0] > case.escalated] if missed else []
    _take(work, [*below, (TOP, case.due_at)])


def report_silence(work: Work, advice: Recommendation) -> None:
    """An agency has let its own term pass: its superiors hear of it. The caller sees to it that it is once."""
    assert advice.due_at is not None
    advice.escalated_at = work.at
    _record(work, [(TOP, advice.due_at)], advice.agency_id, {TOP: AGENCY_READERS}, advice)


def _below_top(work: Work) -> list[Rung]:
    """The rungs before the end of the term, lowest first; none where no term runs, or one of no days. Three queries."""
    case = work.case
    days = case.definition.term.working_days
    if case.due_at is None or not days:
        return []
    terms = Terms.at(case.site_id, case.due_at)
    return [(step, terms.back(case.due_at, days * (TOP - step) / TOP)) for step in RUNGS[:-1]]


def _take(work: Work, rungs: Sequence[Rung]) -> None:
    """Hand these rungs of the case's term to those who answer for the office that holds it."""
    held = work.case.intervals.filter(closed_at=None).values_list("agency", flat=True).first()
    _record(work, rungs, held or work.case.agency_id, READERS, None)
    work.case.escalated = rungs[-1][0]


def _record(
    work: Work,
    rungs: Sequence[Rung],
    agency: str,
    readers: dict[int, tuple[str, ...]],
    advice: Recommendation | None,
) -> None:
    """One row a reader and one event a rung. Two queries."""
    filled = directory.filled(_wanted(agency, {role for step, _at in rungs for role in readers[step]}))
    rows = []
    for step, planned in rungs:
        to = {role: _reader(role, agency, filled) for role in readers[step]}
        rows += [
            Escalation(
                case=work.case,
                recommendation=advice,
                round=work.case.round,
                step=step,
                role=role,
                agency=where,
                planned_at=planned,
                at=work.at,
            )
            for role, where in dict.fromkeys(to.values())
        ]
        work.record(
            "case.escalated",
            {
                "step": step,
                "agency": agency,
                "readers": [list(post) for post in dict.fromkeys(to.values())],
                "vacant": sorted(role for role, post in to.items() if post[0] != role),
                "planned": planned.isoformat(),
                "advice": advice is not None,
            },
        )
    Escalation.objects.bulk_create(rows, ignore_conflicts=True)


def _wanted(agency: str, roles: Iterable[str]) -> set[Post]:
    return {(role, agency) for role in roles} | {(Role.MANAGER, agency), (Role.MANAGER, MALL)}


def _reader(role: str, agency: str, filled: set[Post]) -> Post:
    """The post that a rung goes to: the role itself, or a manager where nobody holds it."""
    if role == Role.INSPECTORATE:
        return (role, "")
    if (role, agency) in filled:
        return (role, agency)
    return (Role.MANAGER, agency if (Role.MANAGER, agency) in filled else MALL)

"""Whose case may be taken out of whose hands, and to whom it may go. Nothing here writes."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final
from uuid import UUID

from agencies.errors import Missing
from agencies.models import Role, User
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.definition.model import Authority
from workflows.duties.assigning import STATES
from workflows.duties.conflicts import eligible_officers
from workflows.duties.lines import Assignment, Line
from workflows.duties.order import DUTY_IN


def to_reassign(actor: Actor, case_id: UUID, line: str) -> Assignment:
    """The assignment that this actor may end: her own, or a colleague's where she leads. With its case.

    Raises `Missing`, or `Refused` where the case touches herself. One query.
    """
    shown = ("case__service", "case__service_version", "case__applicant", "user", "agency")
    rows = Assignment.objects.filter(case_id=case_id, line=line).select_related(*shown)
    found = next((row for row in rows if actor.is_also(row.user_id)), None)
    found = found or next((row for row in rows if permissions.may_reassign(actor, row.agency_id)), None)
    if found is None or not live([found], found.case):
        raise Missing
    permissions.require(permissions.not_own_business(actor, found.case))
    return found


IN_THE_MALL: Final[Mapping[Line, tuple[str, ...]]] = {
    Line.CHECKING: (Role.VERIFIER,),
    Line.ADVISING: (Role.OFFICER,),
    Line.DECIDING: (Role.APPROVER,),
}
IN_AN_AGENCY: Final[Mapping[Line, tuple[str, ...]]] = {
    **dict.fromkeys(Line, (Role.OFFICER,)),
    Line.DECIDING: (Role.OFFICER, Role.APPROVER),
}
"""Who works in a line where the mall decides, and where the agency does; as the permission table has it."""


def colleagues(held: Assignment) -> list[User]:
    """Who may be given what somebody has in hand, by name. Three queries."""
    line, case = Line(held.line), held.case
    mall = case.definition.authority is Authority.MALL
    roles = IN_THE_MALL[line] if mall else IN_AN_AGENCY[line]
    able = eligible_officers(held.agency_id, case, *roles, duty=DUTY_IN[line])
    return sorted((user for user in able if user.pk != held.user_id), key=str)


def holding(
    hands: Iterable[Assignment], actor: Actor, line: str, agency: str, done: Collection[UUID]
) -> Assignment | None:
    """The colleague who has a case in hand there; not one of those who have `done` their part. No query."""
    return next(
        (
            one
            for one in hands
            if (one.line, one.agency_id) == (line, agency)
            and not actor.is_also(one.user_id)
            and one.user_id not in done
        ),
        None,
    )


def live(hands: Iterable[Assignment], case: Case) -> list[Assignment]:
    """Those whose line the case waits in now; work that is done is in nobody's hands. No query."""
    return [one for one in hands if case.state in STATES[Line(one.line)]]


def reachable(hands: Iterable[Assignment], actor: Actor, case: Case) -> list[Assignment]:
    """What this person may give back or hand over: her own, and a colleague's where she leads. No query."""
    return [
        one for one in live(hands, case) if actor.is_also(one.user_id) or permissions.may_reassign(actor, one.agency_id)
    ]

"""Reading duties and declarations. Nothing here writes."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.duties.lines import Assignment, Line
from workflows.duties.models import Relation


def of_human(actor: Actor) -> Q:
    """The duties of whoever acts, under this account or another of hers; for a filter on `Duty`."""
    return Q(user_id__in={actor.user_id, *actor.bonds.accounts}) | Q(human=actor.human)


def declared_by(actor: Actor) -> list[Relation]:
    """What this human has declared, under whatever account, latest first. One query."""
    return list(Relation.objects.filter(user_id__in=_accounts(actor)).order_by("-declared_at"))


def holders(line: Line, agencies: frozenset[str], cases: Iterable[UUID]) -> dict[UUID, Assignment]:
    """Who has which of these cases in hand in a line of these agencies. One query."""
    rows = Assignment.objects.filter(line=line, agency_id__in=agencies, case_id__in=list(cases)).select_related("user")
    return {row.case_id: row for row in rows}


def hands(case: Case) -> list[Assignment]:
    """Who has the case in hand, in any line. One query."""
    return list(case.assignments.select_related("user", "given_by", "agency").order_by("line", "agency"))


def held_by(actor: Actor, case: Case) -> str:
    """The part that this human has in the case already, or nothing. One query."""
    if actor.user_id is None:
        return ""
    return case.duties.filter(of_human(actor)).values_list("duty", flat=True).first() or ""


def _accounts(actor: Actor) -> list[UUID]:
    return list({actor.user_id, *actor.bonds.accounts} - {None})  # type: ignore[arg-type]

"""Reading duties and declarations. Nothing here writes."""

from django.db.models import Q

from workflows.actors import Actor
from workflows.cases.models import Case


def of_human(actor: Actor) -> Q:
    """The duties of whoever acts, under this account or another of hers; for a filter on `Duty`."""
    return Q(user_id__in={actor.user_id, *actor.bonds.accounts}) | Q(human=actor.human)


def held_by(actor: Actor, case: Case) -> str:
    """The part that this human has in the case already, or nothing. One query."""
    if actor.user_id is None:
        return ""
    return case.duties.filter(of_human(actor)).values_list("duty", flat=True).first() or ""

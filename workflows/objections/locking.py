"""Taking an objection in hand: the case first, then the objection."""

from uuid import UUID

from agencies.errors import Missing
from workflows.actors import Actor
from workflows.cases.work import Work
from workflows.objections.models import Objection


def opened(objection_id: UUID, by: Actor) -> tuple[Work, Objection]:
    """The locked case and the locked objection; `Missing` when there is none. Three queries."""
    found = Objection.objects.filter(pk=objection_id).values_list("case_id", flat=True).first()
    if found is None:
        raise Missing
    work = Work.on(found, by)
    return work, Objection.objects.select_for_update(of=("self",)).get(pk=objection_id)

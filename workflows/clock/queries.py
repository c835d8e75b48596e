"""Reading pauses: what waits for a second signature, and one of them."""

from uuid import UUID

from agencies.errors import Missing
from agencies.models import Lane, Role
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.machine import UNDER_TERM
from workflows.cases.models import Case
from workflows.clock.pause import Pause
from workflows.paging import Page, page


def waiting(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[Pause]:
    """Pauses of the actor's own office that wait for somebody else's signature, oldest first. One query."""
    offices = actor.agencies(Role.VERIFIER, Role.OFFICER, Role.APPROVER)
    rows = Pause.objects.filter(closed_at=None, effective_at=None, case__agency__in=offices, case__lane=Lane.REAL)
    rows = rows.filter(case__state__in=UNDER_TERM).exclude(asked_by_id__in={actor.user_id, *actor.bonds.accounts})
    return page(rows.select_related("case__service"), order=("asked_at", "id"), cursor=cursor, limit=limit)


def asked_for(case: Case) -> Pause | None:
    """The pause of this case that waits for its second signature. One query, none where no term runs."""
    if case.state not in UNDER_TERM:
        return None
    return Pause.objects.filter(case=case, closed_at=None, effective_at=None).first()


def seen_pause(actor: Actor, pause_id: UUID) -> Pause:
    """The pause, if this actor may sign second in that office; `Refused`, or `Missing` for outsiders. One query."""
    rows = Pause.objects.select_related("case__service", "case__service_version", "case__applicant", "asked_by")
    found = rows.filter(pk=pause_id).first()
    if found is None:
        raise Missing
    permissions.require_seen(permissions.may_see(actor, found.case))
    permissions.require(permissions.may_second(actor, found.case))
    return found

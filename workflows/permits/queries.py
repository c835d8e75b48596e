"""Readers of permits, their actions and obligations. Each docstring names its queries."""

from uuid import UUID

from django.db.models import Q, QuerySet

from agencies.errors import Missing
from agencies.models import Lane, Role
from workflows import permissions
from workflows.actors import Actor
from workflows.definition.kinds import ProductKind
from workflows.paging import Page, page
from workflows.permits.models import Permit
from workflows.permits.obligations import Obligation, ObligationState

KEEPERS = (Role.VERIFIER, Role.APPROVER, Role.OFFICER)
NEWEST = ("-granted_at", "-id")


def register() -> QuerySet[Permit]:
    """Every permit that was issued, but for duplicates, with its case, service and holder."""
    rows = Permit.objects.filter(issued_at__isnull=False, copy_of=None).exclude(kind=ProductKind.NONE)
    return rows.select_related(
        "case__service__current", "case__service_version", "case__applicant", "case__organisation"
    )


def held_by(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[Permit]:
    """The actor's own permits and her organisations', newest first. One query."""
    if actor.person_id is None:
        return Page([])
    mine = Q(case__applicant_id=actor.person_id) | Q(case__organisation_id__in=actor.organisations)
    return page(register().filter(mine), order=NEWEST, cursor=cursor, limit=limit)


def own_permit(actor: Actor, permit_id: UUID) -> Permit:
    """The actor's own permit, or her organisation's; `Missing` for any other. One query."""
    found = register().filter(pk=permit_id).first()
    if found is None or not permissions.is_own(actor, found.case):
        raise Missing
    return found


def of_person(person_id: UUID) -> list[Permit]:
    """The latest real permits of somebody at the counter. One query."""
    rows = register().filter(case__applicant_id=person_id, lane=Lane.REAL)
    return list(rows.order_by(*NEWEST)[:25])


def of_agencies(actor: Actor, *, search: str = "", cursor: str = "", limit: int = 25) -> Page[Permit]:
    """What the actor's agencies granted, newest case first; `search` is a whole number, receipt or code. One query."""
    rows = register().filter(case__agency_id__in=actor.agencies(*KEEPERS), lane=Lane.REAL)
    if search:
        text = search.strip()
        rows = rows.filter(Q(number=text) | Q(case__reference=text.upper()) | Q(code=text.upper().replace(" ", "")))
    return page(rows, order=("-case__created_at", "id"), cursor=cursor, limit=limit)


def obligations(permit: Permit) -> list[Obligation]:
    """What the holder owes, in the order of the clauses. One query."""
    return list(permit.obligations.select_related("agency").order_by("place"))


def to_check(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[Obligation]:
    """What holders reported to the actor's agencies, oldest first. One query."""
    rows = _of_agencies(actor).filter(state=ObligationState.REPORTED)
    return page(rows, order=("reported_at", "id"), cursor=cursor, limit=limit)


def overdue(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[Obligation]:
    """What nobody reported in time, longest first. One query."""
    rows = _of_agencies(actor).filter(state=ObligationState.OVERDUE)
    return page(rows, order=("due_on", "id"), cursor=cursor, limit=limit)


def _of_agencies(actor: Actor) -> QuerySet[Obligation]:
    rows = Obligation.objects.filter(agency_id__in=actor.agencies(Role.OFFICER), permit__lane=Lane.REAL)
    return rows.select_related("permit__case__service", "permit__case__applicant", "permit__case__organisation")

"""Reading deemed grants and duties: the public register, the approver's desk, the inspectorate's list."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from agencies.errors import Missing
from agencies.models import Lane, Role
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.deemed.models import DeemedGrant, DutyTask
from workflows.definition.model import Authority
from workflows.paging import Page, page

NEWEST = ("-at", "-id")
BY_DUE = ("due_at", "id")


def register(*, cursor: str = "", limit: int = 25) -> Page[DeemedGrant]:
    """Every deemed grant, newest first, with service and agency. Nobody's name is read. One query."""
    rows = DeemedGrant.objects.filter(case__lane=Lane.REAL).select_related("case__service", "case__agency")
    rows = rows.defer("case__answers", "audit_note")
    return page(rows, order=NEWEST, cursor=cursor, limit=limit)


def statement_of(case: Case) -> DeemedGrant | None:
    """The statement that the law has granted this case. One query."""
    return DeemedGrant.objects.filter(case=case).first()


def duty_of(case: Case) -> DutyTask | None:
    """The latest duty to decide in this case, done or not. One query."""
    return DutyTask.objects.filter(case=case).order_by("-opened_at").first()


def stated_under(code: str) -> DeemedGrant | None:
    """The statement with this verification code, with service and agency; nobody's name is read. One query."""
    rows = DeemedGrant.objects.select_related("case__service", "case__agency").defer("case__answers", "audit_note")
    return rows.filter(code=code).first()


def counts_by_service(agencies: frozenset[str] | None) -> Sequence[tuple[str, str, int, int]]:
    """Agency, service, deemed grants, and how many still await the formal decision. One query."""
    rows = DeemedGrant.objects.filter(case__lane=Lane.REAL)
    if agencies is not None:
        rows = rows.filter(case__agency_id__in=agencies)
    waiting = Count("pk", filter=Q(case__state="deemed_granted"))
    found = rows.values_list("case__agency_id", "case__service__name_id").annotate(Count("pk"), waiting)
    return list(found.order_by("case__agency_id", "case__service__name_id"))


def to_audit(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[DeemedGrant]:
    """Deemed grants that the inspectorate has not looked into, oldest first; none that touches herself. One query."""
    return page(_audits(actor).filter(audited_at=None), order=("at", "id"), cursor=cursor, limit=limit)


def audited(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[DeemedGrant]:
    """Those that it has looked into, newest first. One query."""
    return page(_audits(actor).exclude(audited_at=None), order=NEWEST, cursor=cursor, limit=limit)


def for_audit(actor: Actor, grant_id: UUID) -> DeemedGrant:
    """One deemed grant with its case. One query.

    Raises:
        Missing: there is none. Refused: not of the inspectorate, or her own case.
    """
    permissions.require(permissions.may_supervise(actor))
    shown = ("case__service_version", "case__service", "case__agency", "case__applicant", "audited_by")
    grant = DeemedGrant.objects.select_related(*shown).filter(pk=grant_id).first()
    if grant is None:
        raise Missing
    permissions.require(permissions.may_supervise(actor, grant.case))
    return grant


def _audits(actor: Actor) -> "QuerySet[DeemedGrant]":
    if not permissions.may_supervise(actor):
        return DeemedGrant.objects.none()
    rows = DeemedGrant.objects.filter(case__lane=Lane.REAL).exclude(actor.bonds.touching("case__"))
    return rows.select_related("case__service", "case__agency").defer("case__answers")


def owed(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[DutyTask]:
    """The formal decisions that the actor's agencies owe, by due date; none that touches herself. One query."""
    approvers = Q(agency_id__in=actor.agencies(Role.APPROVER))
    officers = Q(agency_id__in=actor.agencies(Role.OFFICER), case__service__authority=Authority.AGENCY)
    rows = _open().filter(approvers | officers).exclude(actor.bonds.touching("case__"))
    return page(rows, order=BY_DUE, cursor=cursor, limit=limit)


def late(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[DutyTask]:
    """What was reported as late: to a head of her own office, to the inspectorate of every office. One query."""
    rows = _open().filter(overdue_at__isnull=False)
    if not actor.agencies(Role.INSPECTORATE):
        rows = rows.filter(agency_id__in=actor.agencies(Role.HEAD))
    return page(rows, order=BY_DUE, cursor=cursor, limit=limit)


def _open() -> "QuerySet[DutyTask]":
    return DutyTask.objects.filter(done_at=None, case__lane=Lane.REAL).select_related("case__service", "agency")

"""Reading objections and appeals: of one case, of the head who answers, and those that silence answers."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from agencies.errors import Missing
from agencies.models import Lane, Role
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.duties import queries as parts
from workflows.objections.models import Objection, ObjectionState
from workflows.paging import Page, page


def of_case(case: Case) -> list[Objection]:
    """The objection and the appeal of a case, in the order they were filed. One query."""
    return list(case.objections.select_related("agency").order_by("filed_at"))


def to_answer(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[Objection]:
    """What the actor answers as head, or as deputy in her place, by due date. One query."""
    rows = Objection.objects.filter(_hers(actor), state=ObjectionState.FILED, case__lane=Lane.REAL)
    return page(
        rows.select_related("case__service", "case__applicant"), order=("due_at", "id"), cursor=cursor, limit=limit
    )


def _hers(actor: Actor) -> Q:
    """Addressed to a post that the actor holds."""
    wanted = Q(post=Role.HEAD, agency_id__in=actor.agencies(Role.HEAD))
    return wanted | Q(post=Role.DEPUTY, agency_id__in=actor.agencies(Role.DEPUTY))


def vacant(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[Objection]:
    """Those that wait for nobody: of her own office for a manager, of all for the mall's and the inspectorate."""
    rows = Objection.objects.filter(vacant_since__isnull=False, state=ObjectionState.FILED, case__lane=Lane.REAL)
    if permissions.MALL not in actor.agencies(Role.MANAGER) and not actor.agencies(Role.INSPECTORATE):
        rows = rows.filter(agency_id__in=actor.agencies(Role.MANAGER))
    return page(rows.select_related("case__service"), order=("due_at", "id"), cursor=cursor, limit=limit)


def by_id(objection_id: UUID) -> Objection:
    """One objection with its case, whoever asks; the caller asks whether she may. One query.

    Raises:
        Missing: no such objection.
    """
    rows = Objection.objects.select_related("case__service_version", "case__service")
    found = rows.filter(pk=objection_id).first()
    if found is None:
        raise Missing
    return found


def answered_by(actor: Actor, case_id: UUID) -> UUID | None:
    """The objection of a case that the actor answers or answered, the latest. One query, none for who leads nothing."""
    if not actor.agencies(Role.HEAD, Role.DEPUTY):
        return None
    rows = Objection.objects.filter(_hers(actor), case_id=case_id).order_by("-filed_at")
    return rows.values_list("pk", flat=True).first()


def for_head(actor: Actor, objection_id: UUID) -> Objection:
    """One objection with its case, for the head who may answer it. At most four queries.

    Raises:
        Missing: another office answers it. Refused: it touches herself, or she took part in what is contested.
    """
    found = (
        Objection.objects.select_related(
            "agency",
            "decision",
            "case__service_version",
            "case__service",
            "case__agency",
            "case__applicant",
            "case__organisation",
        )
        .filter(_hers(actor), pk=objection_id)
        .first()
    )
    if found is None:
        raise Missing
    part = took_part(actor, found.case, found)
    permissions.require(permissions.may_answer(actor, found.case, found.post, found.agency_id, part))
    return found


def took_part(actor: Actor, case: Case, objection: Objection) -> bool:
    """Did she decide on this case, have any other part in it, or answer an earlier remedy? At most three queries."""
    accounts = {actor.signing(), *actor.bonds.accounts}
    return (
        parts.held_by(actor, case) != ""
        or case.decisions.filter(by_id__in=accounts).exists()
        or case.objections.exclude(pk=objection.pk).filter(answered_by_id__in=accounts).exists()
    )


def unanswered(now: datetime) -> "QuerySet[Objection]":
    """Those whose time for an answer has passed."""
    return Objection.objects.filter(state=ObjectionState.FILED, due_at__lt=now)


def last(objections: Iterable[Objection]) -> Objection | None:
    """The latest of those in hand."""
    return max(objections, key=lambda one: one.filed_at, default=None)

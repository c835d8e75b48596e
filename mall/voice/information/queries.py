"""Readers of the requests, objections and tests. Nothing here writes."""

from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from agencies.choices import Role
from agencies.errors import Missing
from documents.vault.models import EvidenceFile
from mall.voice.information import keys
from mall.voice.information.exemptions import ExemptionTest, Withheld
from mall.voice.information.machine import OPEN
from mall.voice.information.models import InformationRequest
from mall.voice.information.objections import InformationObjection
from mall.voice.information.permissions import may_inform, may_lead, may_read, may_read_objection
from workflows.actors import Actor
from workflows.paging import Page, page
from workflows.permissions import require, require_seen


def readable(actor: Actor) -> QuerySet[InformationRequest]:
    """The requests that exist for this PPID: of her agencies, not her own. `Refused` for anybody else."""
    require(may_inform(actor))
    people = actor.bonds.people | ({actor.person_id} - {None})
    rows = InformationRequest.objects.filter(agency_id__in=actor.agencies(Role.INFORMATION))
    own = Q(person_id__in=people) & Q(person_id__isnull=False) | Q(nik_index__in=actor.bonds.niks) & ~Q(nik_index="")
    return rows.exclude(own).select_related("taken_by", "agency")


def open_requests(actor: Actor, *, cursor: str = "") -> Page[InformationRequest]:
    """What waits for an answer, the earliest due first. One query."""
    return page(readable(actor).filter(state__in=OPEN), order=("due_at", "id"), cursor=cursor)


def done_requests(actor: Actor, *, cursor: str = "") -> Page[InformationRequest]:
    """What was answered, objected to or withdrawn, newest first. One query."""
    return page(readable(actor).exclude(state__in=OPEN), order=("-registered_at", "-id"), cursor=cursor)


def request_for(actor: Actor, request_id: UUID) -> InformationRequest:
    """One request for a PPID who may read it, else `Missing`. One query."""
    require(may_inform(actor))
    found = _whole().filter(pk=request_id).first()
    if found is None:
        raise Missing
    require_seen(may_read(actor, found))
    return found


def _whole() -> QuerySet[InformationRequest]:
    return InformationRequest.objects.select_related("agency", "taken_by", "answered_by", "objection__agency")


def by_link(link: str) -> InformationRequest:
    """The request of a requester's link, else `Missing`. At most one query."""
    request_id = keys.read_link(link)
    found = _whole().filter(pk=request_id).first() if request_id else None
    if found is None:
        raise Missing
    return found


def own_requests(actor: Actor, *, cursor: str = "") -> Page[InformationRequest]:
    """What she asked while logged in, newest first. One query; none for who has no person."""
    if actor.person_id is None:
        return Page([])
    rows = InformationRequest.objects.filter(person_id=actor.person_id).select_related("agency")
    return page(rows, order=("-registered_at", "-id"), cursor=cursor)


def objection_of(request: InformationRequest) -> InformationObjection | None:
    """Its objection, if there is one; no query for a request that `by_link` or `request_for` read."""
    return getattr(request, "objection", None)


def withheld_of(request: InformationRequest) -> list[Withheld]:
    """The parts that were not given, with their tests. One query."""
    return list(request.withheld.select_related("test").order_by("id"))


def files_of(request: InformationRequest) -> list[EvidenceFile]:
    """The files of the answer, in order of arrival. One query."""
    return list(EvidenceFile.objects.filter(pk__in=request.files.values("file_id")).order_by("stored_at", "id"))


def file_of(request: InformationRequest, file_id: UUID) -> EvidenceFile:
    """One file of the answer of a request that the reader may read, else `Missing`. One query."""
    found = EvidenceFile.objects.filter(pk=file_id, pk__in=request.files.values("file_id")).first()
    if found is None:
        raise Missing
    return found


def standing_tests(agency: str, day: date) -> list[ExemptionTest]:
    """The tests of an agency that may be cited on a day. One query."""
    return list(ExemptionTest.objects.filter(agency_id=agency, expires_on__gte=day).order_by("number"))


def exemption_register(*, cursor: str = "") -> Page[ExemptionTest]:
    """The register of tests, newest first. One query."""
    return page(ExemptionTest.objects.select_related("agency"), order=("-decided_at", "-id"), cursor=cursor)


def register(actor: Actor | None = None, *, cursor: str = "") -> Page[InformationRequest]:
    """The register of requests, newest first; without an actor, of every agency. Two queries."""
    return page(_requests(actor), order=("-registered_at", "-id"), cursor=cursor)


def _requests(actor: Actor | None) -> QuerySet[InformationRequest]:
    rows = readable(actor) if actor else InformationRequest.objects.select_related("agency")
    return rows.prefetch_related(Prefetch("withheld", Withheld.objects.select_related("test").order_by("id")))


def whole_register(actor: Actor) -> QuerySet[InformationRequest]:
    """Every request that this PPID may read, in order of registration. Two queries."""
    return _requests(actor).order_by("registered_at", "id")


def objection_register(actor: Actor | None = None, *, cursor: str = "") -> Page[InformationObjection]:
    """The register of objections, newest first; without an actor, of every agency. One query."""
    return page(_objections(actor), order=("-filed_at", "-id"), cursor=cursor)


def _objections(actor: Actor | None) -> QuerySet[InformationObjection]:
    rows = InformationObjection.objects.select_related("request__agency", "agency")
    return rows.filter(request__in=readable(actor).order_by().values("pk")) if actor else rows


def whole_objection_register(actor: Actor) -> QuerySet[InformationObjection]:
    """Every objection to a request that this PPID may read, in order of filing. One query."""
    return _objections(actor).order_by("filed_at", "id")


def to_answer(actor: Actor, *, cursor: str = "") -> Page[InformationObjection]:
    """The objections that wait for this head or deputy, the earliest due first. One query."""
    require(may_lead(actor))
    mine = Q(pk=None)
    for role in (Role.HEAD, Role.DEPUTY):
        mine |= Q(post=role, agency_id__in=actor.agencies(role))
    rows = InformationObjection.objects.filter(mine, answered_at=None, request__disputed_on=None)
    if actor.person_id:
        rows = rows.exclude(request__person_id=actor.person_id, request__person_id__isnull=False)
    return page(rows.select_related("request"), order=("due_at", "id"), cursor=cursor)


def objection_for(actor: Actor, objection_id: UUID) -> InformationObjection:
    """One objection for the superior it went to, else `Missing`. One query."""
    require(may_lead(actor))
    rows = InformationObjection.objects.select_related("request__agency", "agency", "answered_by")
    found = rows.filter(pk=objection_id).first()
    if found is None:
        raise Missing
    require_seen(may_read_objection(actor, found))
    return found

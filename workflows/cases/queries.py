"""Reading cases: who may see which, the worklists, and what one page needs. Nothing here writes."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from agencies.errors import Missing
from agencies.models import Lane, Role
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.advice import Recommendation, RecommendationState
from workflows.cases.links import AdviceLink, digest_of
from workflows.cases.machine import UNDER_TERM, CaseState
from workflows.cases.models import Case, RequirementCheck
from workflows.cases.visits import Inspection
from workflows.clock.escalation import Escalation
from workflows.clock.models import Interval
from workflows.definition.model import Authority
from workflows.paging import Page, page
from workflows.trail.models import Event

OPEN_DECISION = (CaseState.AWAITING_DECISION, CaseState.DEEMED_GRANTED)
BY_DUE = ("due_at", "id")
SHOWN = ("service_version", "service", "agency", "applicant", "organisation")
"""What the page of a case shows at once."""


def visible_to(actor: Actor) -> QuerySet[Case]:
    """The cases this actor may open; the one rule behind every list, search and page."""
    seen = _as_applicant(actor)
    if actor.is_staff:
        seen |= _as_staff(actor) & ~actor.bonds.touching()
    return Case.objects.filter(seen)


def _as_applicant(actor: Actor) -> Q:
    """Her own, her organisations', and what she opened at the counter."""
    seen = Q(applicant_id=actor.person_id) if actor.person_id else Q(pk=None)
    if actor.organisations:
        seen |= Q(organisation_id__in=actor.organisations)
    if actor.user_id and permissions.may_open(actor, own=False):
        seen |= Q(opened_by_id=actor.user_id, channel="counter")
    return seen


def _as_staff(actor: Actor) -> Q:
    """What her agencies decide on or have been asked about."""
    staff = Q(agency_id__in=actor.agencies(Role.VERIFIER, Role.APPROVER, Role.OFFICER)) & ~Q(state=CaseState.DRAFT)
    if asked := actor.agencies(Role.OFFICER):
        advice = Recommendation.objects.filter(case=OuterRef("pk"), agency_id__in=asked)
        staff |= Q(Exists(advice.exclude(state=RecommendationState.PLANNED)))
    return staff


def seen_case(actor: Actor, case_id: UUID) -> Case:
    """The case with what its page shows at once.

    Raises `Missing` when it is none of the actor's business, `Refused` when it would be but touches herself.
    """
    found = visible_to(actor).select_related(*SHOWN).filter(pk=case_id).first()
    if found is None:
        touching = Case.objects.filter(_as_staff(actor)).filter(pk=case_id).select_related("applicant").first()
        if touching is not None:
            permissions.require(permissions.not_own_business(actor, touching))
        raise Missing
    return found


def own_cases(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[Case]:
    """The applicant's own applications and drafts, newest first."""
    mine = Q(applicant_id=actor.person_id) | Q(organisation_id__in=actor.organisations)
    rows = Case.objects.filter(mine).select_related("service") if actor.person_id else Case.objects.none()
    return page(rows, order=("-created_at", "-id"), cursor=cursor, limit=limit)


def untouched_draft(actor: Actor, service_code: str, organisation_id: UUID | None) -> Case | None:
    """Her own draft in which nothing was filled in yet: whoever begins once more goes on with that one. One query."""
    whose = Q(organisation_id=organisation_id) if organisation_id else Q(organisation=None)
    mine = Case.objects.filter(whose, applicant_id=actor.person_id, opened_by_id=actor.user_id)
    empty = mine.filter(service_id=service_code, state=CaseState.DRAFT, answers={}, attachments=None)
    return empty.order_by("-created_at").first()


def opened_at_counter(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[Case]:
    """What this clerk opened for others, newest first."""
    rows = Case.objects.filter(opened_by_id=actor.user_id, channel="counter", lane=Lane.REAL)
    return page(rows.select_related("service", "applicant"), order=("-created_at", "-id"), cursor=cursor, limit=limit)


def _desk(actor: Actor, states: Sequence[str], *roles: str) -> QuerySet[Case]:
    """Open real cases of the agencies where the actor holds a role, in these states; none that touches herself."""
    rows = Case.objects.filter(agency_id__in=actor.agencies(*roles), state__in=states, lane=Lane.REAL, closed_at=None)
    return rows.exclude(actor.bonds.touching()).select_related("service", "applicant")


def verifying(actor: Actor) -> QuerySet[Case]:
    """Papers to check: verifiers for the mall, officers for their agency's own services."""
    states = (CaseState.SUBMITTED, CaseState.IN_VERIFICATION)
    mall = _desk(actor, states, Role.VERIFIER).filter(service__authority=Authority.MALL)
    return mall | _desk(actor, states, Role.OFFICER).filter(service__authority=Authority.AGENCY)


def deciding(actor: Actor) -> QuerySet[Case]:
    """Cases awaiting this actor's decision."""
    own = _desk(actor, OPEN_DECISION, Role.OFFICER).filter(service__authority=Authority.AGENCY)
    return _desk(actor, OPEN_DECISION, Role.APPROVER) | own


def advising(actor: Actor) -> QuerySet[Recommendation]:
    """What the actor's agency has been asked and still owes."""
    return (
        Recommendation.objects.filter(
            agency_id__in=actor.agencies(Role.OFFICER),
            state=RecommendationState.ASKED,
            case__lane=Lane.REAL,
            case__state=CaseState.AWAITING_RECOMMENDATIONS,
        )
        .exclude(actor.bonds.touching("case__"))
        .select_related("case__service", "case__applicant")
    )


def to_verify(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[Case]:
    """Papers to check, by due date."""
    return page(verifying(actor), order=BY_DUE, cursor=cursor, limit=limit)


def to_decide(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[Case]:
    """Cases awaiting this actor's decision, by due date."""
    return page(deciding(actor), order=BY_DUE, cursor=cursor, limit=limit)


def to_hand_over(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[Case]:
    """Approved cases whose product, made in another system, is still to be recorded."""
    rows = _desk(actor, (CaseState.APPROVED,), Role.OFFICER, Role.APPROVER, Role.VERIFIER)
    return page(rows.filter(permit__kind="recorded"), order=BY_DUE, cursor=cursor, limit=limit)


def to_recommend(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[Recommendation]:
    """What the actor's agency has been asked and still owes, by due date."""
    return page(advising(actor), order=BY_DUE, cursor=cursor, limit=limit)


def to_inspect(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[Inspection]:
    """Visits of the actor's agency that are not yet reported."""
    return page(_owed_visits(actor, Role.OFFICER), order=("case__due_at", "id"), cursor=cursor, limit=limit)


def drawn_visits(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[Inspection]:
    """Visits of the agency that she leads whose inspector was drawn and has not reported. One query."""
    rows = _owed_visits(actor, Role.HEAD, Role.DEPUTY).exclude(inspector=None)
    return page(rows, order=("case__due_at", "id"), cursor=cursor, limit=limit)


def _owed_visits(actor: Actor, *roles: str) -> "QuerySet[Inspection]":
    running = (CaseState.AWAITING_RECOMMENDATIONS, CaseState.AWAITING_DECISION)
    return (
        Inspection.objects.filter(agency_id__in=actor.agencies(*roles), case__lane=Lane.REAL)
        .filter(case__state__in=running)
        .exclude(state="held")
        .exclude(actor.bonds.touching("case__"))
        .select_related("case__service", "case__applicant")
    )


def escalated(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[Escalation]:
    """What went up to this actor and still waits, latest first, the highest rung of each. One query.

    Number, service and days only: to press for a case, nobody needs the applicant's papers.
    """
    posts = Q(pk=None)
    for role, agency in actor.memberships:
        posts |= Q(role=role, agency__in=("", agency))
    waiting = Q(recommendation=None, case__state__in=(*UNDER_TERM, CaseState.DEEMED_GRANTED)) | Q(
        recommendation__state=RecommendationState.ASKED, case__state=CaseState.AWAITING_RECOMMENDATIONS
    )
    told = Escalation.objects.filter(posts, waiting, case__lane=Lane.REAL)
    rows = told.filter(~Exists(told.filter(case=OuterRef("case"), id__gt=OuterRef("id"))))
    return page(rows.select_related("case__service"), order=("-at", "-id"), cursor=cursor, limit=limit)


def by_tracking_code(code: str) -> Case | None:
    """The case with that tracking code; the caller must ask for a second fact before showing it."""
    return (
        Case.objects.select_related("service_version", "service", "agency", "applicant")
        .filter(tracking_code=code.strip().upper())
        .first()
    )


def by_reference(text: str) -> Case | None:
    """The case with that receipt number or tracking code; for the counter, where the look is recorded."""
    text = text.strip().upper()
    rows = Case.objects.select_related("service", "applicant").exclude(state=CaseState.DRAFT)
    return rows.filter(Q(reference=text) | Q(tracking_code=text)).first()


def timeline(case: Case) -> list[Event]:
    """Everything that happened to the case, oldest first."""
    return list(Event.objects.filter(subject_kind="case", subject_id=case.pk).order_by("seq"))


def intervals(case: Case) -> list[Interval]:
    """Who held the case, from the first minute on."""
    return list(case.intervals.order_by("opened_at", "id"))


def deficiencies(case: Case) -> list[RequirementCheck]:
    """What the applicant must put right in this round."""
    return list(case.checks.filter(round=case.round, verdict=RequirementCheck.Verdict.DEFICIENT))


def may_open(actor: Actor, case: Case) -> bool:
    """The same rule as `visible_to`, asked of one case in hand."""
    asked = frozenset(
        case.recommendations.exclude(state=RecommendationState.PLANNED).values_list("agency_id", flat=True)
    )
    return bool(permissions.may_see(actor, case, asked_agencies=asked))


def link_by_token(token: str) -> AdviceLink:
    """The one-time link of that token with all that its page shows at once; `Missing` for any other text. One query."""
    digest = digest_of(token)
    shown = ("service_version", "service", "agency", "applicant", "organisation")
    related = [f"recommendation__case__{one}" for one in shown]
    rows = AdviceLink.objects.select_related("to", "recommendation__agency", *related)
    found = rows.filter(digest=digest).first() if digest else None
    if found is None:
        raise Missing(_("Tautan ini tidak dikenal. Periksa apakah alamatnya tersalin lengkap."))
    return found


def links_of(recommendation_id: UUID) -> list[AdviceLink]:
    """Every link that was sent for a recommendation, newest first. One query."""
    rows = AdviceLink.objects.select_related("to", "created_by").filter(recommendation_id=recommendation_id)
    return list(rows.order_by("-created_at", "-id"))

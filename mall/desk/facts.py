"""What the desk must know of one case before it can say what this person may do with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext as _

from agencies.errors import Refused
from agencies.models import Role
from mall.doors import actor_of
from workflows import looks, permissions
from workflows.actors import Actor
from workflows.cases import queries, weighing
from workflows.cases.advice import Recommendation, RecommendationState
from workflows.cases.decisions import Decision
from workflows.cases.machine import CaseState, Instance
from workflows.cases.models import Case, Duty
from workflows.cases.visits import Inspection, InspectionPhoto, is_visited
from workflows.duties import queries as duties

STAFF = (Role.VERIFIER, Role.OFFICER, Role.APPROVER)
"""Who works at the desk; clerks have the counter, managers the reports."""
DESK = (*STAFF, Role.DEPUTY, Role.HEAD, Role.INSPECTORATE, Role.MANAGER)
"""Who has something on it: also those to whom what takes long goes up. They see that it waits, not the papers."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One case and one member of staff."""

    actor: Actor
    case: Case
    advice: tuple[Recommendation, ...]
    visits: tuple[Inspection, ...]
    decisions: tuple[Decision, ...]
    duty: str
    """The part this person already has in the case, or nothing."""

    @classmethod
    def of(cls, actor: Actor, case: Case) -> "Facts":
        """Read them: recommendations, visits, decisions, own duty. Five queries, and one for photos."""
        return cls(
            actor=actor,
            case=case,
            advice=tuple(Recommendation.of(case, "earlier")),
            visits=tuple(_visits(case)),
            decisions=tuple(case.decisions.select_related("by").order_by("at", "level")),
            duty=duties.held_by(actor, case),
        )

    @property
    def asked_of_me(self) -> tuple[Recommendation, ...]:
        """What this person's agency owes."""
        return tuple(
            one
            for one in self.advice
            if one.state == RecommendationState.ASKED and self.actor.has(Role.OFFICER, one.agency_id)
        )

    @property
    def next_duty(self) -> str:
        """The part that is to be played next, or nothing."""
        return {
            CaseState.SUBMITTED: Duty.Kind.VERIFIER,
            CaseState.IN_VERIFICATION: Duty.Kind.VERIFIER,
            CaseState.AWAITING_RECOMMENDATIONS: Duty.Kind.RECOMMENDER,
            CaseState.AWAITING_DECISION: Duty.Kind.APPROVER,
            CaseState.DEEMED_GRANTED: Duty.Kind.APPROVER,
        }.get(CaseState(self.case.state), "")

    @property
    def against(self) -> tuple[Recommendation, ...]:
        """Binding recommendations that make an approval impossible; none once the law or a superior has granted it."""
        if self.case.state == CaseState.DEEMED_GRANTED or self.case.instance != Instance.FIRST:
            return ()
        return tuple(weighing.vetoes(self.advice))

    @property
    def passed_over(self) -> tuple[Recommendation, ...]:
        """Advisory recommendations against it: an approval must say why it does not follow them."""
        if self.case.state == CaseState.DEEMED_GRANTED or self.case.instance != Instance.FIRST:
            return ()
        return tuple(weighing.objections(self.advice))

    def visited(self, agency: str) -> bool:
        """Has that agency reported its visit?"""
        return is_visited(self.visits, agency)


def _visits(case: Case) -> Iterable[Inspection]:
    rows = case.inspections.select_related("agency", "inspector").order_by("agency_id", "number")
    return rows.prefetch_related(Prefetch("photos", InspectionPhoto.objects.order_by("number")))


def open_case(request: HttpRequest, case_id: UUID, *, purpose: str = "") -> Case:
    """The case, if this member of staff may see it at the desk; the look is recorded.

    Raises `Missing` for a case that is none of her business, `Refused` for her own.
    """
    case = find_case(request, case_id)
    actor = actor_of(request)
    looks.look(by=actor, case=case, purpose=purpose or purpose_of(actor, case))
    return case


def find_case(request: HttpRequest, case_id: UUID) -> Case:
    """As `open_case`, for an action that is an event of its own: no look is recorded."""
    actor = actor_of(request)
    case = queries.seen_case(actor, case_id)
    if permissions.is_own(actor, case):
        raise Refused(_("Anda tidak boleh menangani permohonan Anda sendiri. Buka lewat halaman permohonan Anda."))
    return case


def purpose_of(actor: Actor, case: Case) -> str:
    """Why this person opens the case, by who she is and where the case stands."""
    if case.agency_id not in actor.agencies(*STAFF):
        return "recommendation"
    return {
        CaseState.SUBMITTED: "verification",
        CaseState.IN_VERIFICATION: "verification",
        CaseState.AWAITING_DECISION: "decision",
        CaseState.DEEMED_GRANTED: "decision",
        CaseState.APPROVED: "handover",
    }.get(CaseState(case.state), "follow_up")

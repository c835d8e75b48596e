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
from workflows.cases.repair import Repair
from workflows.cases.visits import Inspection, InspectionPhoto, is_visited
from workflows.clock import queries as pauses
from workflows.clock.pause import Pause
from workflows.duties import colleagues
from workflows.duties import queries as duties
from workflows.duties.lines import Assignment, Line

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
    repairs: tuple[Repair, ...]
    asked_pause: Pause | None
    """The pause that waits for a second signature."""
    hands: tuple[Assignment, ...]
    """Who has the case in hand, in any line."""

    @classmethod
    def of(cls, actor: Actor, case: Case) -> "Facts":
        """Read them: advice, visits, decisions, own duty, repairs, pause, who has it. Eight queries, one for photos."""
        return cls(
            actor=actor,
            case=case,
            advice=tuple(Recommendation.of(case, "earlier")),
            visits=tuple(_visits(case)),
            decisions=tuple(case.decisions.select_related("by").order_by("at", "level")),
            duty=duties.held_by(actor, case),
            repairs=tuple(case.repairs.order_by("round")),
            asked_pause=pauses.asked_for(case),
            hands=tuple(duties.hands(case)) if case.is_open else (),
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

    @property
    def in_hand(self) -> tuple[Assignment, ...]:
        """What this person has in hand herself."""
        return tuple(one for one in colleagues.live(self.hands, self.case) if self.actor.is_also(one.user_id))

    def colleague(self, line: Line, agency: str) -> Assignment | None:
        """The colleague who has the case in hand there; not one whose signature on this level is given."""
        signed = {one.by_id for one in self.decisions if one.instance == self.case.instance}
        return colleagues.holding(self.hands, self.actor, line, agency, signed)

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

"""What must be known of one case and one caller before anybody can say what she may do with it."""

from dataclasses import dataclass

from workflows.actors import Actor
from workflows.cases.advice import Recommendation, RecommendationState, Verdict
from workflows.cases.decisions import Decision
from workflows.cases.machine import CaseState, Instance
from workflows.cases.models import Case
from workflows.cases.repair import Repair
from workflows.cases.visits import Inspection, InspectionState, is_visited
from workflows.clock import queries as pauses
from workflows.clock.pause import Pause
from workflows.duties import colleagues
from workflows.duties import queries as duties
from workflows.duties.lines import Assignment, Line


@dataclass(frozen=True, slots=True)
class Facts:
    """One case, one caller."""

    actor: Actor
    case: Case
    advice: tuple[Recommendation, ...]
    visits: tuple[Inspection, ...]
    decisions: tuple[Decision, ...]
    duty: str
    """The part that the caller has in the case already, or nothing."""
    hands: tuple[Assignment, ...]
    repairs: tuple[Repair, ...]
    asked_pause: Pause | None
    """The pause that waits for a second signature."""

    @classmethod
    def of(cls, actor: Actor, case: Case) -> "Facts":
        """Read them. Seven queries."""
        return cls(
            actor=actor,
            case=case,
            advice=tuple(Recommendation.of(case)),
            visits=tuple(case.inspections.order_by("agency_id", "number")),
            decisions=tuple(case.decisions.order_by("at", "level")),
            duty=duties.held_by(actor, case),
            hands=tuple(duties.hands(case)) if case.is_open else (),
            repairs=tuple(case.repairs.order_by("round")),
            asked_pause=pauses.asked_for(case),
        )

    @property
    def asked(self) -> tuple[Recommendation, ...]:
        """Recommendations that are still owed."""
        return tuple(one for one in self.advice if one.state == RecommendationState.ASKED)

    @property
    def to_visit(self) -> tuple[Inspection, ...]:
        """Visits that are not reported yet."""
        return tuple(one for one in self.visits if one.state != InspectionState.HELD)

    @property
    def against(self) -> bool:
        """Does a binding recommendation make approval impossible? Not once the law or a superior has."""
        if self.case.state == CaseState.DEEMED_GRANTED or self.case.instance != Instance.FIRST:
            return False
        return any(one.binding and one.verdict == Verdict.UNFAVOURABLE for one in self.advice)

    def colleague(self, line: Line, agency: str) -> bool:
        """Has a colleague the case in hand there?"""
        signed = {one.by_id for one in self.decisions if one.instance == self.case.instance}
        return colleagues.holding(self.hands, self.actor, line, agency, signed) is not None

    def visited(self, agency: str) -> bool:
        """Has that agency reported its visit?"""
        return is_visited(self.visits, agency)

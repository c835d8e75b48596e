"""Who holds a case now: one pure function of its state, its open recommendations and its open pause."""

from collections.abc import Iterable
from typing import Final

from workflows.cases.advice import Recommendation, RecommendationState
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.clock.models import Held, Holder, Reason
from workflows.definition.model import Authority

PAUSED: Final = {
    Reason.CORRECTING: Held(Holder.APPLICANT, Reason.CORRECTING),
    Reason.PAYING: Held(Holder.PAYMENT, Reason.PAYING),
    Reason.OUTAGE: Held(Holder.NATIONAL, Reason.OUTAGE),
}
"""The party whose time a pause is. Force majeure is nobody's: the case stays where it lies, and is not counted."""

DESK: Final = {
    CaseState.SUBMITTED: Reason.QUEUED,
    CaseState.IN_VERIFICATION: Reason.CHECKING,
    CaseState.RETURNED: Reason.CHECKING,
    CaseState.AWAITING_RECOMMENDATIONS: Reason.RECOMMENDING,
    CaseState.AWAITING_DECISION: Reason.DECIDING,
    CaseState.DEEMED_GRANTED: Reason.DECIDING,
    CaseState.APPROVED: Reason.ISSUING,
}
"""Why whoever decides holds a case that no pause and no agency holds."""


def holder_of(case: Case, advice: Iterable[Recommendation] = ()) -> Held:
    """The party that this minute belongs to. `advice` is needed while recommendations are awaited only."""
    return under_pause(case, _unpaused(case, advice))


def under_pause(case: Case, office: Held) -> Held:
    """The party of the open pause, or the office where none is open."""
    if case.paused == Reason.FORCE_MAJEURE:
        return Held(office.holder, Reason.FORCE_MAJEURE, office.agency)
    return PAUSED[Reason(case.paused)] if case.paused else office


def _unpaused(case: Case, advice: Iterable[Recommendation]) -> Held:
    if case.state == CaseState.DRAFT:
        return Held(Holder.APPLICANT, Reason.DRAFTING)
    if case.state == CaseState.AWAITING_PAYMENT:
        return PAUSED[Reason.PAYING]
    asked = [one for one in advice if one.state == RecommendationState.ASKED]
    if case.state == CaseState.AWAITING_RECOMMENDATIONS and asked:
        first = min(asked, key=lambda one: (one.due_at is None, one.due_at, one.agency_id))
        return Held(Holder.AGENCY, Reason.RECOMMENDING, first.agency_id)
    holder, agency = desk_of(case)
    return Held(holder, DESK[CaseState(case.state)], agency)


def desk_of(case: Case) -> tuple[Holder, str]:
    """Who checks and decides: the mall, or the agency."""
    if case.definition.authority is Authority.MALL:
        return Holder.MALL, ""
    return Holder.AGENCY, case.agency_id

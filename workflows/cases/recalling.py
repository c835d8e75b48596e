"""A second answer: an agency takes its recommendation back, or whoever decides asks for it anew.

What was said stays as a row of its own (`EarlierAnswer`), with who ended it and why; nothing is overwritten.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.errors import Conflict, Invalid
from workflows import permissions
from workflows.actors import Actor
from workflows.cases import recommending
from workflows.cases.advice import EarlierAnswer, Recommendation, RecommendationState
from workflows.cases.machine import CaseState
from workflows.cases.models import Duty
from workflows.cases.work import Work
from workflows.clock.due import Terms
from workflows.duties import order
from workflows.duties.lines import Line
from workflows.trail.chain import digest

MOST_REPEATS = 2
"""How often whoever decides may ask one agency anew: a question without end is a delay."""

Ended = EarlierAnswer.Ended
State = RecommendationState


@transaction.atomic
def recall_recommendation(*, recommendation_id: UUID, by: Actor, reason: str) -> Recommendation:
    """An officer takes her agency's answer back before the decision; the agency owes another.

    Raises `Missing`, `Refused`, `Invalid` (no reason), `Conflict` (nothing given, or decided already).
    """
    work, advice = _open(recommendation_id, by)
    own = advice[recommendation_id]
    permissions.require(permissions.may_recommend(by, own, work.case))
    running = (CaseState.AWAITING_RECOMMENDATIONS, CaseState.AWAITING_DECISION)
    if own.state != State.GIVEN or work.case.state not in running:
        raise work.conflict()
    _require_undecided(work)
    _require_reason(reason)
    work.take_duty(Duty.Kind.RECOMMENDER)
    _keep(work, own, Ended.RECALLED, reason)
    own.recall()
    return _begin_anew(work, own, advice, "recommendation.recalled", reason)


@transaction.atomic
def ask_again(*, recommendation_id: UUID, by: Actor, reason: str) -> Recommendation:
    """Whoever decides asks an agency for another answer, or for an answer at last; at most `MOST_REPEATS` times.

    Raises `Missing`, `Refused`, `Invalid` (no reason), `Conflict` (not awaiting the decision, or asked too often).
    """
    work, advice = _open(recommendation_id, by)
    own = advice[recommendation_id]
    permissions.require(permissions.may_decide(by, work.case))
    if work.case.state != CaseState.AWAITING_DECISION or own.state not in (State.GIVEN, State.LAPSED):
        raise work.conflict()
    if own.asked_again >= MOST_REPEATS:
        raise Conflict(_("Instansi ini sudah %(most)s kali diminta ulang; putuskan permohonan ini.") % _most())
    _require_undecided(work)
    _require_reason(reason)
    hands = order.other_hands(work, Line.DECIDING, agency=work.case.agency_id)
    work.take_duty(Duty.Kind.APPROVER, hands=hands)
    _keep(work, own, Ended.ASKED_AGAIN, reason)
    own.ask_again()
    own.asked_again += 1
    return _begin_anew(work, own, advice, "recommendation.asked_again", reason)


def _most() -> dict[str, int]:
    return {"most": MOST_REPEATS}


def _open(recommendation_id: UUID, by: Actor) -> tuple[Work, dict[UUID, Recommendation]]:
    """The locked case and its locked recommendations by id."""
    work = Work.on(recommending.case_of(recommendation_id), by)
    return work, {one.pk: one for one in work.case.recommendations.select_for_update()}


def _require_undecided(work: Work) -> None:
    """No level has signed yet: what it signed must not change under it."""
    if work.case.definition.decision_levels > 1 and work.case.decisions.exists():
        raise Conflict(_("Keputusan atas permohonan ini sudah mulai ditandatangani."))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid({"reason": [_("Tulis alasannya.")]})


def _keep(work: Work, own: Recommendation, ended: Ended, reason: str) -> None:
    """Lay down what counted until now."""
    EarlierAnswer.objects.create(
        recommendation=own,
        round=own.round,
        asked_at=own.asked_at or work.at,
        due_at=own.due_at,
        verdict=own.verdict,
        reason=own.reason,
        legal_basis=own.legal_basis,
        given_at=own.given_at,
        officer_id=own.officer_id,
        ended=ended,
        ended_at=work.at,
        ended_by_id=work.by.signing(),
        because=reason.strip(),
    )


def _begin_anew(
    work: Work, own: Recommendation, advice: dict[UUID, Recommendation], kind: str, reason: str
) -> Recommendation:
    """Its term runs anew, the case waits for it, and the term of the case runs on."""
    case = work.case
    told = {"agency": own.agency_id, "round": own.round, "reason": digest(reason)}
    own.forget()
    asked = {one.agency: one for one in case.definition.recommenders}[own.agency_id]
    recommending.start_term(own, asked, work, Terms.at(case.site_id, work.at))
    own.save()
    case.open_recommendations = sum(one.state in (State.PLANNED, State.ASKED) for one in advice.values())
    if case.state == CaseState.AWAITING_DECISION:
        work.move(case.reopen_recommendations, kind, told)
    else:
        work.record(kind, told)
    work.hand_on(advice.values())
    work.finish()
    return own

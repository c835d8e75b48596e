"""Asking agencies, and what they answer. An agency recommends; it never decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from workflows import permissions
from workflows.actors import Actor
from workflows.cases import sealing
from workflows.cases.advice import (
    LONGEST_DUE,
    Condition,
    Recommendation,
    RecommendationCondition,
    RecommendationState,
    Verdict,
)
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.cases.visits import Inspection, is_visited
from workflows.cases.work import Work
from workflows.clock import ladder
from workflows.clock.due import Terms
from workflows.definition import answers as questions
from workflows.definition.model import Recommender, Silence
from workflows.duties import order
from workflows.duties.lines import Line
from workflows.duties.order import Jump
from workflows.trail.chain import Facts, digest


def plan(work: Work) -> list[Recommendation]:
    """Create the recommendations that this case needs, the first stage asked at once, and the visits."""
    case, definition = work.case, work.case.definition
    answers = sealing.opened(definition, case.answers)
    wanted = questions.applicable_recommenders(definition, answers)
    first = min((one.stage for one in wanted), default=0)
    terms = Terms.at(case.site_id, work.at) if wanted else None
    rows = [_advice(work, one) for one in wanted]
    for row, one in zip(rows, wanted, strict=True):
        if one.stage == first and terms:
            _ask(row, one, work, terms)
    Recommendation.objects.bulk_create(rows)
    case.open_recommendations = len(rows)
    if leads := questions.inspectors(definition, answers):
        Inspection.objects.bulk_create([Inspection(case=case, agency_id=lead) for lead in leads])
    return rows


def _advice(work: Work, one: Recommender) -> Recommendation:
    return Recommendation(
        case=work.case, agency_id=one.agency, stage=one.stage, binding=one.binding, inspects=one.inspects
    )


def _ask(row: Recommendation, one: Recommender, work: Work, terms: Terms) -> None:
    """Its turn has come."""
    row.ask()
    start_term(row, one, work, terms)


def start_term(row: Recommendation, one: Recommender, work: Work, terms: Terms) -> None:
    """Its own term runs from now, and never beyond the term of the case; what follows its silence is fixed here.

    In a case that is late already it has its own days, so that nobody is silent before she was asked.
    """
    row.asked_at = work.at
    whole = work.case.due_at
    own = terms.due(work.at, one.term_days) if one.term_days else whole
    row.due_at = min(own, whole) if own and whole and whole > work.at else own
    row.lapses_at = None
    if row.due_at and one.silence is Silence.PROCEED:
        row.lapses_at = row.due_at
    elif row.due_at and one.grace_days:
        row.lapses_at = terms.resume(row.due_at, one.grace_days)


def hold_by_next(work: Work, advice: Sequence[Recommendation]) -> None:
    """Of the agencies asked, the one whose term ends first holds the case."""
    work.hand_on(advice)


@transaction.atomic
def give_recommendation(
    *,
    recommendation_id: UUID,
    by: Actor,
    verdict: str,
    reason: str,
    legal_basis: str,
    conditions: Sequence[Condition] = (),
    jump: Jump | None = None,
) -> Recommendation:
    """An officer answers for her agency; the last answer passes the case on to the decision.

    Raises `Missing`, `Refused`, `Conflict` (answered already, out of turn), `Invalid` (no reason, no legal basis,
    a condition without words or with an impossible due, no visit report).
    """
    work = Work.on(case_of(recommendation_id), by)
    advice = {one.pk: one for one in work.case.recommendations.select_for_update()}
    answer = Answer(verdict, reason, legal_basis, conditions)
    return answered(work, advice, recommendation_id, answer, jump=jump)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an agency says."""

    verdict: str
    reason: str
    legal_basis: str
    conditions: Sequence[Condition] = ()


def answered(
    work: Work,
    advice: dict[UUID, Recommendation],
    recommendation_id: UUID,
    said: Answer,
    *,
    jump: Jump | None = None,
    came: Facts | None = None,
) -> Recommendation:
    """The one way in which an answer is taken, whatever it came by (`came`); the case and `advice` are locked."""
    own, by = advice[recommendation_id], work.by
    permissions.require(permissions.may_recommend(by, own, work.case))
    if own.state != RecommendationState.ASKED or work.case.state != CaseState.AWAITING_RECOMMENDATIONS:
        raise (
            work.conflict()
            if own.state != RecommendationState.GIVEN
            else Conflict(_("Rekomendasi instansi Anda untuk permohonan ini sudah diberikan."))
        )
    _require_answer(said, clock.wib_date(work.at))
    _require_visit(own)
    order.take_turn(work, Line.ADVISING, agency=own.agency_id, due_at=own.due_at, jump=jump)
    own.give()
    own.verdict, own.reason, own.legal_basis = said.verdict, said.reason.strip(), said.legal_basis.strip()
    own.given_at, own.officer_id = work.at, by.user_id
    own.save()
    write_conditions(own, said.conditions)
    told = {"agency": own.agency_id, "verdict": said.verdict, "conditions": len(said.conditions)}
    work.record("recommendation.given", {**told, "reason": digest(said.reason), **(came or {})})
    _pass_on(work, list(advice.values()))
    work.finish()
    return own


def case_of(recommendation_id: UUID) -> UUID:
    """The case that a recommendation belongs to; `Missing` if there is none."""
    found = Recommendation.objects.filter(pk=recommendation_id).values_list("case_id", flat=True).first()
    if found is None:
        raise Missing(_("Permintaan rekomendasi tidak ditemukan."))
    return found


def write_conditions(own: Recommendation, conditions: Sequence[Condition]) -> None:
    """Keep the conditions of this answer, in the order in which they were written."""
    RecommendationCondition.objects.bulk_create(
        RecommendationCondition(
            recommendation=own,
            round=own.round,
            position=position,
            text=one.text.strip(),
            due_days=one.due_days,
            due_on=one.due_on,
        )
        for position, one in enumerate(conditions, start=1)
    )


def _require_answer(said: Answer, today: date) -> None:
    faults: dict[str, list[str]] = {}
    if said.verdict not in Verdict.values:
        faults["verdict"] = [_("Pilih isi rekomendasi.")]
    if not said.reason.strip():
        faults["reason"] = [_("Tulis alasan rekomendasi.")]
    if not said.legal_basis.strip():
        faults["legal_basis"] = [_("Sebutkan dasar hukum rekomendasi.")]
    if wrong := _conditions_amiss(said.verdict, said.conditions, today):
        faults["conditions"] = [wrong]
    if said.verdict == Verdict.FAVOURABLE and said.conditions:
        faults["verdict"] = [_("Ada syarat yang ditulis; pilih “Menyetujui dengan syarat”.")]
    if faults:
        raise Invalid(faults)


def _conditions_amiss(verdict: str, conditions: Sequence[Condition], today: date) -> str:
    """What is wrong with the conditions, in one sentence; empty when nothing is."""
    if verdict == Verdict.CONDITIONAL and not conditions:
        return _("Tulis sedikitnya satu syarat.")
    if any(not one.text.strip() for one in conditions):
        return _("Setiap syarat harus berisi kalimat.")
    if any(one.due_days is not None and one.due_on is not None for one in conditions):
        return _("Batas waktu syarat ditulis sebagai jumlah hari atau sebagai tanggal, tidak keduanya.")
    if any(one.due_days is not None and not 1 <= one.due_days <= LONGEST_DUE for one in conditions):
        return _("Batas waktu syarat antara 1 dan %(most)s hari setelah izin terbit.") % {"most": LONGEST_DUE}
    if any(one.due_on is not None and one.due_on <= today for one in conditions):
        return _("Batas waktu syarat harus sesudah hari ini.")
    return ""


def _require_visit(own: Recommendation) -> None:
    if not own.inspects:
        return
    if not is_visited(Inspection.objects.filter(case_id=own.case_id, agency_id=own.agency_id), own.agency_id):
        raise Invalid({"": [_("Laporkan dahulu hasil pemeriksaan lapangan.")]})


def _pass_on(work: Work, advice: list[Recommendation]) -> None:
    """Go to the next stage, wait for the others of this one, or go on to the decision."""
    case = work.case
    case.open_recommendations = sum(one.state in ("planned", "asked") for one in advice)
    if any(one.state == RecommendationState.ASKED for one in advice):
        hold_by_next(work, advice)
        return
    planned = [one for one in advice if one.state == RecommendationState.PLANNED]
    if planned:
        _open_stage(work, planned)
        hold_by_next(work, advice)
        return
    work.move(case.close_recommendations, "case.recommended")
    work.hand_on()


def _open_stage(work: Work, planned: list[Recommendation]) -> None:
    """Ask everybody of the next stage at once."""
    stage = min(one.stage for one in planned)
    by_agency = {one.agency: one for one in work.case.definition.recommenders}
    terms = Terms.at(work.case.site_id, work.at)
    rows = [one for one in planned if one.stage == stage]
    for row in rows:
        _ask(row, by_agency[row.agency_id], work, terms)
    Recommendation.objects.bulk_update(rows, ["state", "asked_at", "due_at", "lapses_at"])
    work.record("recommendation.asked", {"stage": stage, "asked": [row.agency_id for row in rows]})


@transaction.atomic
def note_silence(*, recommendation_id: UUID, by: Actor) -> Recommendation:
    """The agency's own term has passed without an answer: noted once, and from `lapses_at` on the case goes on.

    Raises `Conflict` when there is nothing to note: it is not asked, not late, or must still be waited for.
    """
    permissions.require(permissions.may_automate(by))
    work = Work.on(case_of(recommendation_id), by)
    advice = {one.pk: one for one in work.case.recommendations.select_for_update()}
    own = advice[recommendation_id]
    running = work.case.state == CaseState.AWAITING_RECOMMENDATIONS
    if not running or own.state != RecommendationState.ASKED or own.due_at is None or own.due_at > work.at:
        raise work.conflict()
    lapses = own.lapses_at is not None and own.lapses_at <= work.at
    if own.escalated_at and not lapses:
        raise Conflict(_("Layanan ini tetap menunggu rekomendasi instansi tersebut."))
    if own.escalated_at is None:
        work.record("recommendation.silent", {"agency": own.agency_id, "due": own.due_at.isoformat()})
    if lapses:
        own.lapse()
        work.record("recommendation.lapsed", {"agency": own.agency_id})
    else:
        ladder.report_silence(work, own)
    own.save()
    if lapses:
        _pass_on(work, list(advice.values()))
    work.finish()
    return own


def asked_agencies(case: Case) -> frozenset[str]:
    """Agencies that have been asked, and so may read the case."""
    asked = case.recommendations.exclude(state=RecommendationState.PLANNED)
    return frozenset(asked.values_list("agency_id", flat=True))

"""The decision, and what follows from it: a charge to be paid, or the permit."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid
from workflows import permissions
from workflows.actors import Actor
from workflows.cases import endorsing, verification, weighing
from workflows.cases.advice import Recommendation
from workflows.cases.decisions import Decision
from workflows.cases.machine import CaseState, Instance
from workflows.cases.models import Case
from workflows.cases.visits import Inspection, is_visited
from workflows.cases.work import Work
from workflows.charges import assessment
from workflows.clock import pauses
from workflows.clock.due import Terms
from workflows.deemed import duties
from workflows.definition.model import ProductKind
from workflows.duties import order
from workflows.duties.lines import Line
from workflows.duties.order import Jump
from workflows.permits import effects, granting, naming
from workflows.permits.models import Permit
from workflows.trail.chain import Facts, digest


@transaction.atomic
def approve(
    *,
    case_id: UUID,
    by: Actor,
    reason: str,
    legal_basis: str = "",
    against_reason: str = "",
    jump: Jump | None = None,
) -> Case:
    """Decide favourably. With a fee to pay the case waits for the money, else it is approved at once.

    Raises `Refused` (not the authority, own case, another part in it), `Conflict` (moved on, or a
    binding recommendation is against it), `Invalid` (no reason, visit not reported,
    advice passed over without a word in `against_reason`).
    """
    work = _deciding(case_id, by, reason, jump)
    advice = _advice_of(work.case)
    _require_approvable(work.case, advice, against_reason)
    said = Decision(
        outcome=Decision.Outcome.APPROVED,
        reason=reason,
        legal_basis=legal_basis,
        missing=weighing.missing(advice),
        against_reason=against_reason.strip(),
    )
    decision = endorsing.endorse(work, said)
    if decision.final:
        _approve(work, decision)
    return work.finish()


def _approve(work: Work, decision: Decision) -> None:
    """The favourable decision is final: the duty is done; bill it, or grant the product."""
    case = work.case
    case.decided_at = case.decided_at or work.at
    duties.fulfil(work)
    told: Facts = {} if decision.instance == Instance.FIRST else {"instance": decision.instance}
    quote = assessment.quote(case)
    if quote.total and quote.kind in ("fixed", "formula"):
        charge = assessment.assess(case, quote, work.at)
        case.amount_due = charge.amount
        work.move(case.approve_unpaid, "case.approved_unpaid", {**told, "amount": charge.amount})
        work.record("charge.assessed", {"charge": str(charge.pk), "amount": charge.amount})
        terms = Terms.at(case.site_id, work.at)
        pauses.await_payment(work, terms)
        case.applicant_due_at = terms.resume(work.at, case.definition.fee.payable_days)
        work.hand_on()
        return
    work.move(case.approve, "case.approved", told)
    enter_approved(work)


def enter_approved(work: Work) -> None:
    """Nothing is outstanding: take the number, and issue at once what needs no document."""
    case = work.case
    permit = granting.grant(case, work.at)
    work.record("permit.granted", {"permit": str(permit.pk), "kind": permit.kind, "number": permit.number})
    if case.definition.product.kind is ProductKind.NONE:
        permit.issued_at = work.at
        permit.save(update_fields=["issued_at"])
        work.save()
        _issue(work, permit)
        return
    work.hand_on()


@transaction.atomic
def refuse(
    *,
    case_id: UUID,
    by: Actor,
    reason: str,
    legal_basis: str,
    cites: Sequence[str] | None = None,
    remedy: str = "",
    jump: Jump | None = None,
) -> Case:
    """Decide unfavourably; impossible without reason, law, something cited and the remedy (UU 30/2014, M27).

    `cites` names what it rests on (`grounds`); left out, all that the file holds against the application. The
    remedy clause is composed, with its last day; `remedy` is only what the office adds to it. What was upheld by
    an objection or appeal cannot be refused again.
    """
    faults = {
        name: [sentence]
        for name, text, sentence in (
            ("reason", reason, _("Tulis alasan penolakan.")),
            ("legal_basis", legal_basis, _("Sebutkan dasar hukum penolakan.")),
        )
        if not text.strip()
    }
    if faults:
        raise Invalid(faults)
    work = _deciding(case_id, by, reason, jump)
    if work.case.instance != Instance.FIRST:
        raise Conflict(_("Keberatan sudah dikabulkan; permohonan ini tidak dapat ditolak lagi."), possible=("approve",))
    missing = weighing.missing(_advice_of(work.case))
    endorsing.endorse(work, endorsing.refusal(work, reason, legal_basis, missing, cites, remedy))
    work.case.decided_at = work.at
    work.move(work.case.refuse, "case.refused", {"reason": digest(reason)})
    work.end()
    return work.finish()


def _deciding(case_id: UUID, by: Actor, reason: str, jump: Jump | None) -> Work:
    """The locked case awaiting a decision, if this actor may take it."""
    work = Work.on(case_id, by)
    case = work.case
    permissions.require(permissions.may_decide(by, case))
    if case.state not in (CaseState.AWAITING_DECISION, CaseState.DEEMED_GRANTED):
        raise work.conflict()
    if not reason.strip():
        raise Invalid({"reason": [_("Tulis alasan keputusan.")]})
    order.take_turn(work, Line.DECIDING, agency=case.agency_id, due_at=case.due_at, jump=jump)
    _require_own_visit(case)
    return work


def _require_own_visit(case: Case) -> None:
    """Where the deciding agency itself visits, the report comes before the decision.

    Nobody visits on papers that stayed deficient, nor once the law has granted the application.
    """
    visit = case.definition.inspection
    if visit is None or visit.lead != case.definition.agency:
        return
    if case.deficient or case.state == CaseState.DEEMED_GRANTED or case.instance != Instance.FIRST:
        return
    if not is_visited(Inspection.objects.filter(case=case, agency_id=visit.lead), visit.lead):
        raise Invalid({"": [_("Laporkan dahulu hasil pemeriksaan lapangan.")]})


def _advice_of(case: Case) -> list[Recommendation]:
    return Recommendation.of(case) if case.definition.recommenders else []


def _require_approvable(case: Case, advice: list[Recommendation], against_reason: str) -> None:
    """Deficient papers and a binding unfavourable recommendation make approval impossible.

    Not once the law has granted the application or an objection was upheld: the approver can then only confirm it,
    and a recommendation is no decision (UU 30/2014 art. 53, 77).
    """
    if case.state == CaseState.DEEMED_GRANTED or case.instance != Instance.FIRST:
        return
    if case.deficient:
        raise Conflict(
            _("Berkas permohonan ini tetap kurang sampai putaran terakhir; permohonan ini hanya dapat ditolak."),
            possible=("refuse",),
        )
    weighing.require_approvable(advice, against_reason)
    naming.require_standing(case)


@transaction.atomic
def record_product(*, case_id: UUID, by: Actor, number: str, issued_on: date, valid_until: date | None = None) -> Case:
    """Note the number that the agency's or a national system gave; the product is handed over."""
    work = Work.on(case_id, by)
    permissions.require(permissions.may_record_product(by, work.case))
    if work.case.state != CaseState.APPROVED or work.case.definition.product.kind is not ProductKind.RECORDED:
        raise work.conflict()
    permit = granting.record_number(work.case, number, issued_on, valid_until, work.at)
    _issue(work, permit)
    return work.finish()


@transaction.atomic
def attach_document(*, case_id: UUID, by: Actor, document_id: UUID, sha256: str) -> Case:
    """The sealed PDF is there: the permit is issued. Called by `documents`; the same again changes nothing."""
    permissions.require(permissions.may_automate(by))
    work = Work.on(case_id, by)
    case = work.case
    if case.state == CaseState.ISSUED and case.permit.document_id == document_id:
        return case
    if case.state != CaseState.APPROVED or case.definition.product.kind is not ProductKind.RENDERED:
        raise work.conflict()
    permit = case.permit
    permit.document_id, permit.sha256, permit.issued_at = document_id, sha256, work.at
    permit.save(update_fields=["document_id", "sha256", "issued_at"])
    _issue(work, permit, {"sha256": sha256})
    return work.finish()


def _issue(work: Work, permit: Permit, facts: Facts | None = None) -> None:
    """The product is in the holder's hands, and what it follows is followed."""
    work.move(work.case.issue, "case.issued", {"permit": str(permit.pk), **(facts or {})})
    work.end()
    effects.take_effect(work, permit)


@transaction.atomic
def serve(
    *,
    case_id: UUID,
    by: Actor,
    approved: bool,
    reason: str,
    number: str = "",
    issued_on: date | None = None,
    legal_basis: str = "",
    cites: Sequence[str] | None = None,
    remedy: str = "",
) -> Case:
    """A same-visit service, whole: check, decide and hand over while the person waits."""
    work = Work.on(case_id, by)
    case = work.case
    permissions.require(permissions.may_serve(by, case))
    verification.find_complete(work)
    work.move(case.go_to_decision, "case.served", {"receipt": case.complete_number})
    work.hand_on()
    work.finish()
    if not approved:
        return refuse(case_id=case_id, by=by, reason=reason, legal_basis=legal_basis, cites=cites, remedy=remedy)
    done = approve(case_id=case_id, by=by, reason=reason, legal_basis=legal_basis)
    if done.state == CaseState.APPROVED and done.definition.product.kind is ProductKind.RECORDED:
        return record_product(case_id=case_id, by=by, number=number, issued_on=issued_on or clock.wib_date(work.at))
    return done

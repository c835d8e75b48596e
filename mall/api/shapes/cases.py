"""A case as the caller may see it: the applicant her own, staff what their part needs."""

from typing import Any

from agencies.errors import Invalid
from agencies.identifiers import mask_nik, mask_phone
from mall.api.shapes import services, times
from mall.api.shapes.common import address, moment, text
from mall.forms.draft import Draft
from workflows.actors import Actor
from workflows.cases import sealing
from workflows.cases.advice import Condition, Recommendation
from workflows.cases.decisions import Decision
from workflows.cases.machine import CaseState
from workflows.cases.models import Attachment, Case
from workflows.cases.visits import Inspection
from workflows.charges import assessment
from workflows.charges.models import Charge
from workflows.definition import answers as questions
from workflows.definition.kinds import FieldType
from workflows.permissions import is_own
from workflows.permits.models import Permit

MASKS = {FieldType.NIK: mask_nik, FieldType.PHONE: mask_phone}


def line(case: Case) -> dict[str, Any]:
    """A case in a list; no word about its applicant, so that a list is no look at anybody."""
    return {
        "id": str(case.pk),
        "reference": case.reference,
        "service": {"code": case.service_id, "name": case.service.name_id},
        "agency": case.agency_id,
        "state": str(case.state),
        "state_label": str(CaseState(case.state).label),
        "created_at": moment(case.created_at),
        "submitted_at": moment(case.submitted_at),
        "due_at": moment(case.due_at),
        "url": address("cases", case.pk),
    }


def whole(case: Case, actor: Actor) -> dict[str, Any]:
    """A case with everything that this caller may see. Fourteen queries."""
    mine = is_own(actor, case)
    return {
        **line(case),
        "tracking_code": case.tracking_code if mine else None,
        "version": case.service_version.number,
        "channel": case.channel,
        "round": case.round,
        "applicant": {"name": case.applicant.name, "nik": mask_nik(case.applicant.nik)},
        "organisation": case.organisation.name if case.organisation else None,
        "answers": answers(case),
        "requirements": _requirements(case),
        "attachments": [_attachment(one) for one in case.attachments.filter(current=True).order_by("requirement")],
        "deficiencies": _deficiencies(case),
        "recommendations": [recommendation(one, mine=mine) for one in Recommendation.of(case)],
        "inspections": [inspection(one, mine=mine) for one in case.inspections.order_by("agency_id")],
        "repairs": [times.repair(one) for one in case.repairs.order_by("round")],
        "time": times.account(case),
        **({} if mine else times.for_staff(case)),
        "decision": _decision(case.decisions.filter(final=True).order_by("-at").first()),
        "fee": _fee(case),
        "charge": _charge(Charge.objects.select_related("bill_row").filter(case=case).first()),
        "permit": _permit(Permit.objects.filter(case=case).first()),
        "arrived_at": moment(case.arrived_at),
        "received_complete_at": moment(case.received_complete_at),
        "applicant_due_at": moment(case.applicant_due_at),
        "decided_at": moment(case.decided_at),
        "closed_at": moment(case.closed_at),
        "amount_due": case.amount_due,
        "transitions": address("cases", case.pk, "transitions"),
    }


def answers(case: Case) -> dict[str, Any]:
    """The answers of the questions that are asked; NIK and telephone masked, whoever reads."""
    opened = sealing.opened(case.definition, case.answers)
    asked = questions.visible_fields(case.definition, opened)
    return {one.name: _masked(one.type, opened[one.name]) for one in asked if opened.get(one.name) is not None}


def _masked(kind: FieldType, value: Any) -> Any:
    return MASKS[kind](str(value)) if kind in MASKS else value


def _requirements(case: Case) -> list[dict[str, Any]]:
    opened = sealing.opened(case.definition, case.answers)
    return [services.requirement(one) for one in questions.applicable_requirements(case.definition, opened)]


def _attachment(one: Attachment) -> dict[str, Any]:
    return {"requirement": one.requirement, "file_id": str(one.file_id), "added_at": moment(one.added_at)}


def _deficiencies(case: Case) -> list[dict[str, str]]:
    """What is to be put right. One query after a return, else none."""
    return [{"requirement": code, "note": check.note} for code, check in Draft(case).deficiencies.items()]


def recommendation(one: Recommendation, *, mine: bool) -> dict[str, Any]:
    """An agency's opinion; the applicant sees that it is asked and given, staff also what it says."""
    found: dict[str, Any] = {
        "id": str(one.pk),
        "agency": one.agency_id,
        "stage": one.stage,
        "state": str(one.state),
        "asked_at": moment(one.asked_at),
        "due_at": moment(one.due_at),
        "given_at": moment(one.given_at),
    }
    if not mine:
        found |= {"verdict": one.verdict, "reason": one.reason, "legal_basis": one.legal_basis}
        found["conditions"] = [_condition(clause) for clause in one.conditions]
    return found


def _condition(one: Condition) -> dict[str, Any]:
    due_on = one.due_on.isoformat() if one.due_on else None
    return {"text": one.text, "due_days": one.due_days, "due_on": due_on}


def inspection(one: Inspection, *, mine: bool) -> dict[str, Any]:
    """A visit; the applicant sees the day, staff also the report."""
    found: dict[str, Any] = {
        "id": str(one.pk),
        "agency": one.agency_id,
        "state": str(one.state),
        "scheduled_for": one.scheduled_for.isoformat() if one.scheduled_for else None,
        "held_on": one.held_on.isoformat() if one.held_on else None,
    }
    if not mine:
        found |= {"result": one.result, "findings": one.findings}
    return found


def _decision(one: Decision | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "outcome": one.outcome,
        "reason": one.reason,
        "legal_basis": one.legal_basis,
        "remedy": one.remedy,
        "remedy_until": one.remedy_until.isoformat() if one.remedy_until else None,
        "grounds": one.grounds,
        "instance": one.instance,
        "at": moment(one.at),
    }


def _fee(case: Case) -> dict[str, Any] | None:
    """The calculation line by line, before and after sending; null while an answer is missing."""
    try:
        quote = assessment.quote(case)
    except Invalid:
        return None
    return {
        "kind": str(quote.kind),
        "total": quote.total,
        "lines": [{"label": one.label.id, "amount": one.amount, "law": one.law} for one in quote.lines],
        "law": quote.law,
        "sample": quote.sample,
    }


def _charge(one: Charge | None) -> dict[str, Any] | None:
    """What is owed and how to pay it; rupiah are whole numbers."""
    if one is None:
        return None
    bill = getattr(one, "bill_row", None)
    return {
        "amount": one.amount,
        "lines": one.lines,
        "law": one.law,
        "state": str(one.state),
        "bill": {"pay_code": bill.pay_code, "pay_url": bill.pay_url, "expires_at": moment(bill.expires_at)}
        if bill
        else None,
    }


def _permit(one: Permit | None) -> dict[str, Any] | None:
    if one is None or not one.issued_at:
        return None
    return {
        "number": one.number,
        "code": one.code,
        "status": str(one.status),
        "valid_from": one.valid_from.isoformat(),
        "valid_until": one.valid_until.isoformat() if one.valid_until else None,
        "issued_at": moment(one.issued_at),
        "url": address("permits", one.code) if one.kind != "none" else None,
    }


def tracked(case: Case) -> dict[str, Any]:
    """What a tracking code shows: the status, and nothing about a person."""
    return {
        "reference": case.reference,
        "service": {"code": case.service_id, "name": case.service.name_id},
        "agency": case.agency_id,
        "state": str(case.state),
        "state_label": str(CaseState(case.state).label),
        "submitted_at": moment(case.submitted_at),
        "due_at": moment(case.due_at),
        "applicant_due_at": moment(case.applicant_due_at),
        "product": text(case.definition.product.name),
    }

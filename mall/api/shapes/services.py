"""A service as anybody may know it: its public standard and the form that it asks for."""

from typing import Any

from mall.api.shapes.common import address, text
from workflows.definition import categories
from workflows.definition.model import Definition, Fee, Field, Product, Recommender, Requirement, Standard, Term
from workflows.definition.models import ServiceType

CALENDAR = "id-working-days"
"""Monday to Friday minus the holiday table; terms are durations over it."""


def line(service: ServiceType) -> dict[str, Any]:
    """A service in a list."""
    return {
        "code": service.code,
        "name": service.name_id,
        "name_en": service.name_en,
        "agency": {"code": service.agency_id, "name": service.agency.name_id},
        "category": {"code": service.category, "label": categories.label(service.category)},
        "applicant": service.applicant,
        "authority": service.authority,
        "url": address("services", service.code),
    }


def whole(service: ServiceType) -> dict[str, Any]:
    """A service with everything that its applicant should know before she begins."""
    version = service.current
    if version is None:
        raise ValueError("a service without a version is not published")
    definition = version.definition
    return {
        **line(service),
        "version": {"number": version.number, "digest": version.digest},
        "summary": text(definition.summary),
        "route": str(definition.shape),
        "term": _term(definition.term),
        "fee": _fee(definition.fee),
        "product": _product(definition.product),
        "requirements": [requirement(one) for one in definition.requirements],
        "fields": [field(one) for one in definition.fields],
        "recommenders": [_recommender(one) for one in definition.recommenders],
        "inspection": text(definition.inspection.kind) if definition.inspection else None,
        "standard": _standard(definition),
    }


def _term(term: Term) -> dict[str, Any]:
    """The promise: a duration and the calendar that it is counted over."""
    return {
        "working_days": term.working_days,
        "duration": f"P{term.working_days}D",
        "calendar": CALENDAR,
        "law": term.law,
        "deemed": str(term.deemed),
        "deemed_law": term.deemed_law,
        "answer_days": term.answer_days,
        "rounds": term.rounds,
    }


def _fee(fee: Fee) -> dict[str, Any]:
    return {
        "kind": str(fee.kind),
        "amount": 0 if str(fee.kind) == "free" else fee.amount,
        "lines": [text(one.label) for one in fee.lines],
        "law": fee.law,
        "note": text(fee.note),
        "sample": fee.sample,
    }


def _product(product: Product) -> dict[str, Any]:
    validity = product.validity
    return {
        "kind": str(product.kind),
        "name": text(product.name),
        "validity": {"kind": str(validity.kind), "amount": validity.amount, "phrase": text(validity.phrase)},
        "delivery": str(product.delivery),
        "system": product.system,
    }


def requirement(one: Requirement) -> dict[str, Any]:
    """A paper to bring; `when` is the condition over the answers, in the definition's own language."""
    return {
        "code": one.code,
        "name": text(one.name),
        "required": one.required,
        "when": one.when.source if one.when else None,
        "because": text(one.because),
        "formats": list(one.formats),
        "reusable": one.reusable,
    }


def field(one: Field) -> dict[str, Any]:
    """A question of the form."""
    return {
        "name": one.name,
        "type": str(one.type),
        "label": text(one.label),
        "hint": text(one.hint),
        "required": one.required,
        "when": one.when.source if one.when else None,
        "options": [{"value": option.value, "label": text(option.label)} for option in one.options],
        "minimum": one.minimum or None,
        "maximum": one.maximum or None,
        "max_length": one.max_length or None,
    }


def _recommender(one: Recommender) -> dict[str, Any]:
    return {
        "agency": one.agency,
        "stage": one.stage,
        "when": one.when.source if one.when else None,
        "binding": one.binding,
        "inspects": one.inspects,
    }


def _standard(definition: Definition) -> dict[str, Any]:
    """The components of UU 25/2009 that are prose."""
    standard: Standard = definition.standard
    return {
        "procedure": [text(step) for step in standard.procedure],
        "legal_basis": list(standard.legal_basis),
        "staff": standard.staff,
        "sample": standard.sample,
        **{
            name: text(getattr(standard, name))
            for name in ("complaints", "facilities", "competence", "supervision", "guarantee", "safety", "evaluation")
        },
    }

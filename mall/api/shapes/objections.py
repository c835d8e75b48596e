"""An objection or an appeal as its applicant, and whoever answers it, may see it."""

from typing import Any

from mall.api.shapes.common import address, moment
from workflows.objections.filing import Opening
from workflows.objections.models import Objection, ObjectionState


def line(one: Objection) -> dict[str, Any]:
    """In a list."""
    return {
        "id": str(one.pk),
        "case": address("cases", one.case_id),
        "reference": one.case.reference,
        "instance": str(one.instance),
        "state": str(one.state),
        "state_label": str(ObjectionState(one.state).label),
        "agency": one.agency_id,
        "post": str(one.post),
        "filed_at": moment(one.filed_at),
        "due_at": moment(one.due_at),
        "closed_at": moment(one.closed_at),
        "url": address("objections", one.pk),
    }


def whole(one: Objection) -> dict[str, Any]:
    """With what was written on both sides."""
    return {
        **line(one),
        "reason": one.reason,
        "answer": one.answer,
        "legal_basis": one.legal_basis,
        "remedy": one.remedy,
        "appeal_until": one.appeal_until.isoformat() if one.appeal_until else None,
    }


def opening(found: Opening | None) -> dict[str, Any] | None:
    """What may be filed now."""
    if found is None:
        return None
    return {"instance": str(found.instance), "until": found.until.isoformat() if found.until else None}

"""The time of a case: by party, what stopped it, and in whose hands it lies."""

from typing import Any

from agencies.errors import Unavailable
from mall.api.shapes.common import moment
from workflows.cases import queries
from workflows.cases.models import Case
from workflows.cases.repair import Repair
from workflows.clock import accounts
from workflows.duties import queries as duties


def account(case: Case) -> dict[str, Any] | None:
    """Time by party, gross, net and remaining; None for what was never handed in, or beyond the calendar."""
    if case.submitted_at is None:
        return None
    try:
        found = accounts.of(case, queries.intervals(case))
    except Unavailable:
        return None
    return {
        "parties": [_share(one) for one in found.shares],
        "gross_minutes": int(found.gross.total_seconds()) // 60,
        "gross_working_days": found.gross_days,
        "net_minutes": int(found.net.total_seconds()) // 60,
        "net_working_days": found.net_days,
        "remaining_working_days": found.remaining,
    }


def _share(one: accounts.Share) -> dict[str, Any]:
    holder, agency = one.party
    minutes = int(one.span.total_seconds()) // 60
    return {"holder": holder, "agency": agency, "minutes": minutes, "working_days": one.days}


def repair(one: Repair) -> dict[str, Any]:
    """A request to put something right, and its answer."""
    return {
        "round": one.round,
        "agency": one.agency,
        "what": one.what,
        "about": one.about,
        "repeated": one.repeated,
        "asked_at": moment(one.asked_at),
        "due_at": moment(one.due_at),
        "answer": one.answer,
        "answered_at": moment(one.answered_at),
    }


def for_staff(case: Case) -> dict[str, Any]:
    """What stopped the case, and who has it in hand. Two queries."""
    return {
        "pauses": [
            {
                "id": str(one.pk),
                "reason": one.reason,
                "asked_at": moment(one.asked_at),
                "effective_at": moment(one.effective_at),
                "closed_at": moment(one.closed_at),
            }
            for one in case.pauses.order_by("asked_at", "id")
        ],
        "hands": [
            {"line": one.line, "agency": one.agency_id, "officer": str(one.user), "since": moment(one.since)}
            for one in duties.hands(case)
        ],
    }

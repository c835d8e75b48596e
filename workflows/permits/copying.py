"""A duplicate: the same words and the same number under a code of its own, marked as a copy."""

from datetime import datetime
from typing import Any

from agencies import clock
from workflows.cases.models import Case
from workflows.permits.models import Permit


def copy(case: Case, original: Permit, code: str, at: datetime) -> Permit:
    """The duplicate that this case was about. It takes no number, so that numbers stay without a gap."""
    permit = Permit(
        case=case,
        kind=original.kind,
        copy_of=original,
        number=original.number,
        lane=case.lane,
        code=code,
        granted_at=at,
        valid_from=original.valid_from,
        valid_until=original.valid_until,
        frozen=_frozen(case, original, code, at),
    )
    permit.save(force_insert=True)
    return permit


def _frozen(case: Case, original: Permit, code: str, at: datetime) -> dict[str, Any]:
    """The words of the original; what is new is the code, and when and on which application the copy was made."""
    made = {"on": clock.wib_date(at).isoformat(), "reference": case.reference}
    return {**original.frozen, "code": code, "copy": made}

"""Words, tone and shape of every status: no status is told by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from workflows.cases.machine import CaseState
from workflows.permits.models import PermitStatus
from workflows.permits.obligations import ObligationState

TONES = {"quiet": "ring", "moving": "half", "yours": "triangle", "good": "tick", "bad": "cross", "ended": "bar"}
"""What a status means for its reader, and the icon that says so without colour."""


@dataclass(frozen=True)
class Look:
    """How a status shows: its words and its tone (one of `TONES`)."""

    words: str | Promise
    tone: str

    @property
    def shape(self) -> str:
        """The icon of the tone."""
        return TONES[self.tone]


_S = CaseState
CASE_TONES: dict[str, str] = {
    _S.DRAFT: "quiet",
    _S.SUBMITTED: "moving",
    _S.IN_VERIFICATION: "moving",
    _S.RETURNED: "yours",
    _S.AWAITING_RECOMMENDATIONS: "moving",
    _S.AWAITING_DECISION: "moving",
    _S.AWAITING_PAYMENT: "yours",
    _S.APPROVED: "good",
    _S.ISSUED: "good",
    _S.REFUSED: "bad",
    _S.WITHDRAWN: "ended",
    _S.LAPSED: "ended",
    _S.DEEMED_GRANTED: "good",
}

_P = PermitStatus
PERMIT_TONES: dict[str, str] = {
    _P.ACTIVE: "good",
    _P.SUPERSEDED: "ended",
    _P.SUSPENDED: "yours",
    _P.REVOKED: "bad",
    _P.EXPIRED: "ended",
}
_O = ObligationState
OBLIGATION_TONES: dict[str, str] = {_O.OPEN: "yours", _O.OVERDUE: "bad", _O.REPORTED: "moving", _O.ACCEPTED: "good"}

TASK_LOOKS: dict[str, Look] = {
    "todo": Look(_("Belum diisi"), "quiet"),
    "doing": Look(_("Sedang diisi"), "moving"),
    "looked": Look(_("Sudah dilihat, belum lengkap"), "moving"),
    "done": Look(_("Lengkap"), "good"),
    "wait": Look(_("Belum dapat dimulai"), "ended"),
    "fix": Look(_("Perlu diperbaiki"), "yours"),
    "none": Look(_("Tidak wajib"), "quiet"),
}


def of_case(state: str) -> Look:
    """Return the look of a case state; `ValueError` for one the engine does not know."""
    return Look(CaseState(state).label, CASE_TONES[state])


def of_permit(status: str) -> Look:
    """Return the look of a permit's status; `ValueError` for one the register does not know."""
    return Look(PermitStatus(status).label, PERMIT_TONES[status])


def of_obligation(state: str) -> Look:
    """Return the look of an obligation's state; `ValueError` for one the register does not know."""
    return Look(ObligationState(state).label, OBLIGATION_TONES[state])


def of_slack(days: int, used: float) -> Look:
    """Return the look of a deadline: `days` left (negative: late), share of the term used."""
    if days < 0:
        return Look(ngettext("Terlambat %s hari kerja", "Terlambat %s hari kerja", -days) % -days, "bad")
    if days == 0:
        return Look(_("Jatuh tempo hari ini"), "yours")
    return Look(ngettext("Sisa %s hari kerja", "Sisa %s hari kerja", days) % days, "yours" if used >= 0.8 else "quiet")

"""Words, colour and shape of every status: no status is told by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Look:
    """How a status shows: its words, its tone (a CSS modifier), its shape (an icon)."""

    words: str | Promise
    tone: str
    shape: str


CASE_STATES: dict[str, Look] = {
    "draft": Look(_("Draf"), "quiet", "ring"),
    "submitted": Look(_("Diajukan"), "moving", "half"),
    "in_verification": Look(_("Sedang diverifikasi"), "moving", "half"),
    "returned": Look(_("Perlu diperbaiki"), "yours", "triangle"),
    "awaiting_recommendations": Look(_("Menunggu rekomendasi"), "moving", "half"),
    "awaiting_decision": Look(_("Menunggu keputusan"), "moving", "half"),
    "awaiting_payment": Look(_("Menunggu pembayaran"), "yours", "triangle"),
    "approved": Look(_("Disetujui"), "good", "tick"),
    "issued": Look(_("Diterbitkan"), "good", "tick"),
    "refused": Look(_("Ditolak"), "bad", "cross"),
    "withdrawn": Look(_("Ditarik pemohon"), "quiet", "bar"),
    "lapsed": Look(_("Gugur"), "quiet", "bar"),
    "deemed_granted": Look(_("Dianggap dikabulkan"), "good", "tick"),
}

TASK_STATUSES: dict[str, Look] = {
    "todo": Look(_("Belum diisi"), "quiet", "ring"),
    "doing": Look(_("Sedang diisi"), "moving", "half"),
    "looked": Look(_("Sudah dilihat, belum lengkap"), "moving", "half"),
    "done": Look(_("Lengkap"), "good", "tick"),
    "wait": Look(_("Belum dapat dimulai"), "quiet", "bar"),
    "fix": Look(_("Perlu diperbaiki"), "yours", "triangle"),
    "none": Look(_("Tidak wajib"), "quiet", "ring"),
}


def of_case(state: str) -> Look:
    """Return the look of a case state; an unknown one shows its own name."""
    return CASE_STATES.get(state, Look(state, "quiet", "ring"))


def of_task(status: str) -> Look:
    """Return the look of a task's status."""
    return TASK_STATUSES.get(status, Look(status, "quiet", "ring"))


def of_slack(days: int, used: float) -> Look:
    """Return the look of a deadline: `days` left (negative: late), share of the term used."""
    if days < 0:
        return Look(_("Terlambat %(days)s hari kerja") % {"days": -days}, "bad", "cross")
    if days == 0:
        return Look(_("Jatuh tempo hari ini"), "yours", "triangle")
    tone, shape = ("yours", "triangle") if used >= 0.8 else ("quiet", "ring")
    return Look(_("Sisa %(days)s hari kerja") % {"days": days}, tone, shape)

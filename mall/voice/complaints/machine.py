"""The one machine of every complaint, declared once."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflows.cases.machine import HeldState
from workflows.states import StateField


class ComplaintState(models.TextChoices):
    FILED = "filed", _("Menunggu verifikasi")
    FORWARDED = "forwarded", _("Diteruskan kepada penanggung jawab")
    FOLLOWED = "followed", _("Sedang ditindaklanjuti")
    ANSWERED = "answered", _("Sudah dijawab")
    CLOSED = "closed", _("Selesai")
    REJECTED = "rejected", _("Tidak diteruskan")
    REROUTED = "rerouted", _("Dialihkan ke permintaan informasi")


S = ComplaintState
WAITING = (S.FILED, S.FORWARDED, S.FOLLOWED)
"""The office owes something."""
ENDED = (S.CLOSED, S.REJECTED, S.REROUTED)


class Kind(models.TextChoices):
    """Classes of SP4N-LAPOR!."""

    SERVICE = "service", _("Pengaduan tidak berkadar pengawasan")
    OVERSIGHT = "oversight", _("Pengaduan berkadar pengawasan")
    ASPIRATION = "aspiration", _("Aspirasi")
    INFORMATION = "information", _("Permintaan informasi")


class Ending(models.TextChoices):
    """How a complaint ended."""

    SATISFIED = "satisfied", _("Diterima pelapor")
    HANDLER = "handler", _("Ditutup pengelola")
    SILENT = "silent", _("Ditutup karena tidak dibalas")
    DUPLICATE = "duplicate", _("Sudah pernah diadukan")
    NOT_OURS = "not_ours", _("Bukan kewenangan instansi di mal")
    REROUTED = "rerouted", _("Permintaan informasi")


REFUSALS = (Ending.DUPLICATE, Ending.NOT_OURS)


def has_handler(complaint: Any) -> bool:
    """It is known who must follow it up, and about whom it is."""
    return complaint.handler_id is not None and complaint.verified_at is not None


def has_reason(complaint: Any) -> bool:
    """It is said why it goes no further."""
    return complaint.ending in REFUSALS


def may_reply(complaint: Any) -> bool:
    """The reporter opens it again once."""
    return complaint.reopened_at is None


def has_ending(complaint: Any) -> bool:
    """It is said how it ended."""
    return complaint.ending in (Ending.SATISFIED, Ending.HANDLER, Ending.SILENT)


class ComplaintMachine(HeldState):
    """The state of a complaint and every legal way out of each."""

    class Meta:
        abstract = True

    state = StateField(max_length=16, choices=S.choices, default=S.FILED, help_text="Where it stands.")

    @transition(field=state, source=S.FILED, target=S.FORWARDED, conditions=[has_handler])
    def forward(self) -> None:
        """Verified, and in the hands of who answers for it."""

    @transition(field=state, source=S.FORWARDED, target=S.FILED)
    def hand_back(self) -> None:
        """The office says that it is not hers; the centre looks again."""

    @transition(field=state, source=S.FILED, target=S.REJECTED, conditions=[has_reason])
    def reject(self) -> None:
        """It goes no further, and the reporter is told where she may turn."""

    @transition(field=state, source=S.FILED, target=S.REROUTED)
    def reroute(self) -> None:
        """It asks for information, which has clocks of its own (UU 14/2008)."""

    @transition(field=state, source=S.FORWARDED, target=S.FOLLOWED)
    def follow_up(self) -> None:
        """The office has said what it does."""

    @transition(field=state, source=S.FOLLOWED, target=S.ANSWERED)
    def answer(self) -> None:
        """The reporter has a written answer."""

    @transition(field=state, source=S.ANSWERED, target=S.FOLLOWED, conditions=[may_reply])
    def reopen(self) -> None:
        """The reporter is not content, for the first time."""

    @transition(field=state, source=S.ANSWERED, target=S.CLOSED, conditions=[has_ending])
    def close(self) -> None:
        """The reporter is content, stayed silent, or was answered twice."""

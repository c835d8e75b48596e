"""The one machine of every ticket, and the closed lists around it."""

from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflows.cases.machine import HeldState
from workflows.states import StateField


class TicketState(models.TextChoices):
    WAITING = "waiting", _("Menunggu")
    CALLED = "called", _("Dipanggil")
    SERVING = "serving", _("Sedang dilayani")
    SERVED = "served", _("Selesai dilayani")
    LEFT = "left", _("Tidak hadir atau pergi")


S = TicketState
IN_HAND: Final = (S.CALLED, S.SERVING)
ENDED: Final = (S.SERVED, S.LEFT)


class Priority(models.TextChoices):
    """Whom the counter calls before the others (UU 25/2009 art. 29)."""

    NONE = "none", _("Umum")
    ELDERLY = "elderly", _("Lanjut usia")
    DISABLED = "disabled", _("Penyandang disabilitas")
    PREGNANT = "pregnant", _("Ibu hamil")
    INFANT = "infant", _("Membawa bayi")


class Reason(models.TextChoices):
    """Why a ticket is called before its turn; a closed list, because a ticket carries no words about a person."""

    RETURNED = "returned", _("Pengunjung kembali sesudah dipanggil")
    CONTINUED = "continued", _("Melanjutkan urusan yang sama hari ini")
    APPOINTMENT = "appointment", _("Sudah ada janji temu")
    ORDERED = "ordered", _("Perintah tertulis pimpinan")
    EMERGENCY = "emergency", _("Keadaan darurat")


PRIORITY: Final = "priority"
"""The reason that nobody has to give: the class of the ticket."""


class Outcome(models.TextChoices):
    """With what a visitor went home."""

    CASE = "case", _("Permohonan")
    ADVISED = "advised", _("Diberi penjelasan")
    COLLECTED = "collected", _("Mengambil hasil layanan")
    INCOMPLETE = "incomplete", _("Berkas belum lengkap, akan kembali")
    ELSEWHERE = "elsewhere", _("Diarahkan ke loket atau instansi lain")


def has_caller(ticket: Any) -> bool:
    """It is known who calls it."""
    return ticket.called_by_id is not None


def has_outcome(ticket: Any) -> bool:
    """It is said with what the visitor goes home, and with which application where that is the outcome."""
    return ticket.outcome in Outcome.values and (ticket.outcome == Outcome.CASE) == (ticket.case_id is not None)


class TicketMachine(HeldState):
    """The state of a ticket and every legal way out of each."""

    class Meta:
        abstract = True

    state = StateField(max_length=8, choices=S.choices, default=S.WAITING, help_text="Where it stands.")

    @transition(field=state, source=S.WAITING, target=S.CALLED, conditions=[has_caller])
    def call(self) -> None:
        """Its number stands on the display."""

    @transition(field=state, source=S.CALLED, target=S.WAITING)
    def hold(self) -> None:
        """Nobody came yet; it waits behind those who wait now."""

    @transition(field=state, source=S.CALLED, target=S.SERVING)
    def begin(self) -> None:
        """The visitor stands at the counter."""

    @transition(field=state, source=S.SERVING, target=S.SERVED, conditions=[has_outcome])
    def finish(self) -> None:
        """The visitor goes home with an outcome."""

    @transition(field=state, source=[S.WAITING, S.CALLED], target=S.LEFT)
    def leave(self) -> None:
        """The visitor has gone, or the day is over."""

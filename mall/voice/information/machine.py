"""The one machine of every request, declared once."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflows.cases.machine import HeldState
from workflows.states import StateField


class InformationState(models.TextChoices):
    REGISTERED = "registered", _("Terdaftar")
    IN_PROCESS = "in_process", _("Sedang diproses")
    EXTENDED = "extended", _("Diperpanjang")
    GRANTED = "granted", _("Diberikan")
    PARTIAL = "partial", _("Diberikan sebagian")
    REFUSED = "refused", _("Ditolak")
    NOT_HELD = "not_held", _("Tidak dikuasai")
    OBJECTION = "objection", _("Keberatan, menunggu atasan PPID")
    OBJECTION_ANSWERED = "objection_answered", _("Keberatan dijawab")
    DISPUTE = "dispute", _("Sengketa di Komisi Informasi")
    WITHDRAWN = "withdrawn", _("Dicabut pemohon")


S = InformationState
OPEN = (S.REGISTERED, S.IN_PROCESS, S.EXTENDED)
"""The term of the answer runs."""
WORKED_ON = (S.IN_PROCESS, S.EXTENDED)
ANSWERED = (S.GRANTED, S.PARTIAL, S.REFUSED, S.NOT_HELD)
"""The ways to answer. `NOT_HELD` is the notice that somebody else has it (UU 14/2008 art. 22(7)(a)-(b)): no refusal."""
WITHHOLDING = (S.PARTIAL, S.REFUSED)
"""Answers that need a consequence test for every withheld part."""


class Extension(models.TextChoices):
    """The only lawful reasons for more time (UU 14/2008 art. 22(8), PerKI 1/2021)."""

    NOT_DOCUMENTED = "not_documented", _("Informasi belum dikuasai atau belum didokumentasikan")
    UNDECIDED = "undecided", _("Belum dapat diputuskan apakah informasi dikecualikan")


def has_handler(request: Any) -> bool:
    """Somebody has it in hand."""
    return request.taken_by_id is not None


def has_reason(request: Any) -> bool:
    """Why more time is needed is said, and it is the first time."""
    return request.extension_reason in Extension.values and request.extended_at is not None


def has_answer(request: Any) -> bool:
    """The written answer is there."""
    return bool(request.answer) and request.answered_at is not None


def is_silent(request: Any) -> bool:
    """The term has passed without an answer."""
    return request.silent_at is not None


def superior_is_silent(request: Any) -> bool:
    """The superior let her own term pass."""
    return request.objection.silent_at is not None


class InformationMachine(HeldState):
    """The state of a request and every legal way out of each."""

    class Meta:
        abstract = True

    state = StateField(
        max_length=20,
        choices=InformationState.choices,
        default=InformationState.REGISTERED,
        help_text="Where it stands.",
    )

    @transition(field=state, source=S.REGISTERED, target=S.IN_PROCESS, conditions=[has_handler])
    def take(self) -> None:
        """The PPID begins."""

    @transition(field=state, source=S.IN_PROCESS, target=S.EXTENDED, conditions=[has_reason])
    def extend(self) -> None:
        """More time, once: an extended request has no way to here."""

    @transition(field=state, source=WORKED_ON, target=S.GRANTED, conditions=[has_answer])
    def grant(self) -> None:
        """All of it is given."""

    @transition(field=state, source=WORKED_ON, target=S.PARTIAL, conditions=[has_answer])
    def grant_partly(self) -> None:
        """Some of it is withheld, each part with its test."""

    @transition(field=state, source=WORKED_ON, target=S.REFUSED, conditions=[has_answer])
    def refuse(self) -> None:
        """All of it is withheld, with its tests."""

    @transition(field=state, source=WORKED_ON, target=S.NOT_HELD, conditions=[has_answer])
    def tell_not_held(self) -> None:
        """The agency does not have it; the answer says who does."""

    @transition(field=state, source=ANSWERED, target=S.OBJECTION)
    def object(self) -> None:
        """The requester does not agree with the answer."""

    @transition(field=state, source=OPEN, target=S.OBJECTION, conditions=[is_silent])
    def object_to_silence(self) -> None:
        """Nobody answered in time."""

    @transition(field=state, source=S.OBJECTION, target=S.OBJECTION_ANSWERED)
    def answer_objection(self) -> None:
        """The superior has answered in writing."""

    @transition(field=state, source=S.OBJECTION_ANSWERED, target=S.DISPUTE)
    def dispute(self) -> None:
        """The Information Commission has registered a dispute; it decides elsewhere."""

    @transition(field=state, source=S.OBJECTION, target=S.DISPUTE, conditions=[superior_is_silent])
    def dispute_silence(self) -> None:
        """The same, because the superior did not answer in time."""

    @transition(field=state, source=OPEN, target=S.WITHDRAWN)
    def withdraw(self) -> None:
        """The requester takes it back."""

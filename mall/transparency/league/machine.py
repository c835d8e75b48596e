"""The machines of a round of the league and of a contest, declared once."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflows.cases.machine import HeldState
from workflows.states import StateField


class RoundState(models.TextChoices):
    DRAFT = "draft", _("Konsep, dapat disanggah")
    PUBLISHED = "published", _("Diumumkan")


class ContestState(models.TextChoices):
    OPEN = "open", _("Menunggu jawaban")
    ACCEPTED = "accepted", _("Diterima")
    REJECTED = "rejected", _("Ditolak")


def nothing_is_open(round_: Any) -> bool:
    """Every contest was answered."""
    return not round_.contests.filter(state=ContestState.OPEN).exists()


def is_answered(contest: Any) -> bool:
    """There is an answer in writing, and somebody who gave it."""
    return bool(contest.answer.strip()) and contest.answered_by_id is not None


class RoundMachine(HeldState):
    """A league is a draft for the agencies first, and public afterwards."""

    class Meta:
        abstract = True

    state = StateField(
        max_length=12,
        choices=RoundState.choices,
        default=RoundState.DRAFT,
        help_text="Where it stands.",
    )

    @transition(field=state, source=RoundState.DRAFT, target=RoundState.PUBLISHED, conditions=[nothing_is_open])
    def publish(self) -> None:
        """The days are over and every contest is answered."""


class ContestMachine(HeldState):
    """A contest is accepted or rejected, once."""

    class Meta:
        abstract = True

    state = StateField(max_length=12, choices=ContestState.choices, default=ContestState.OPEN, help_text="The answer.")

    @transition(field=state, source=ContestState.OPEN, target=ContestState.ACCEPTED, conditions=[is_answered])
    def accept(self) -> None:
        """The agency is right; the quarter is counted again before it is published."""

    @transition(field=state, source=ContestState.OPEN, target=ContestState.REJECTED, conditions=[is_answered])
    def reject(self) -> None:
        """The figures stand, for a reason."""

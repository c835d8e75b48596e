"""The one machine of every report, declared once."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflows.cases.machine import HeldState
from workflows.states import StateField


class LevyState(models.TextChoices):
    FILED = "filed", _("Diterima Inspektorat")
    IN_REVIEW = "in_review", _("Sedang diperiksa")
    FORWARDED = "forwarded", _("Diteruskan kepada yang berwenang")
    CLOSED = "closed", _("Selesai")


S = LevyState


class LevyOutcome(models.TextChoices):
    PROVED = "proved", _("Terbukti")
    NOT_PROVED = "not_proved", _("Tidak terbukti")
    NOT_ENOUGH = "not_enough", _("Keterangan belum cukup untuk diperiksa")


def has_inspector(report: Any) -> bool:
    """Somebody has it in hand."""
    return report.taken_by_id is not None


class LevyMachine(HeldState):
    """The state of a report and every legal way out of each."""

    class Meta:
        abstract = True

    state = StateField(max_length=16, choices=LevyState.choices, default=LevyState.FILED, help_text="Where it stands.")

    @transition(field=state, source=S.FILED, target=S.IN_REVIEW, conditions=[has_inspector])
    def take(self) -> None:
        """An inspector without a conflict begins."""

    @transition(field=state, source=S.IN_REVIEW, target=S.FILED)
    def put_back(self) -> None:
        """The inspector steps aside; somebody else must begin."""

    @transition(field=state, source=S.IN_REVIEW, target=S.FORWARDED)
    def forward(self) -> None:
        """Another authority goes on with it."""

    @transition(field=state, source=[S.IN_REVIEW, S.FORWARDED], target=S.CLOSED)
    def close(self) -> None:
        """The outcome is known and the reporter has a written answer."""

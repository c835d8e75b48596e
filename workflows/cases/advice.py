"""What agencies owe a case: their recommendations. The visits before them are in `visits`."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from agencies.ids import new_id
from workflows.cases.machine import HeldState

if TYPE_CHECKING:
    from workflows.cases.models import Case

LONGEST_DUE = 3650
"""Days after the grant that a condition may leave at most: ten years."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What an agency asks of the holder: a clause of the permit and, with a due, a dated obligation.

    The due is a number of days after the grant or a date, never both; without one it holds for as long as the permit.
    """

    text: str
    due_days: int | None = None
    due_on: date | None = None


class Verdict(models.TextChoices):
    FAVOURABLE = "favourable", _("Menyetujui")
    CONDITIONAL = "conditional", _("Menyetujui dengan syarat")
    UNFAVOURABLE = "unfavourable", _("Tidak menyetujui")


class RecommendationState(models.TextChoices):
    PLANNED = "planned", _("Belum diminta")
    ASKED = "asked", _("Diminta")
    GIVEN = "given", _("Diberikan")
    LAPSED = "lapsed", _("Tidak diberikan sampai batas waktu")


R = RecommendationState


class Recommendation(HeldState):
    """One agency's technical opinion on one case; never the decision."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="recommendations")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    stage = models.PositiveSmallIntegerField(default=1)
    binding = models.BooleanField(default=True)
    inspects = models.BooleanField(default=False, help_text="A visit must be reported first.")
    state = FSMField(max_length=16, choices=RecommendationState.choices, default=R.PLANNED, protected=True)
    asked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True, help_text="When its silence went up the ladder of the agency.")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=16, choices=Verdict.choices, blank=True)
    reason = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    round = models.PositiveSmallIntegerField(default=1, help_text="1, and one more each time it is asked anew.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "agency"], name="recommendation_once_per_agency"),
            models.CheckConstraint(condition=Q(state__in=R.values), name="recommendation_state_known"),
            models.CheckConstraint(
                condition=~Q(state="given")
                | (~Q(verdict="") & ~Q(reason="") & ~Q(legal_basis="") & Q(given_at__isnull=False)),
                name="recommendation_given_says_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "due_at", "id"], name="recommendation_worklist", condition=Q(state="asked")),
            models.Index(fields=["agency", "-asked_at"], name="recommendation_archive"),
            models.Index(
                fields=["due_at", "id"],
                name="recommendation_silent",
                condition=Q(state="asked", escalated_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.state}"

    @classmethod
    def of(cls, case: "Case") -> "list[Recommendation]":
        """Those of a case with their conditions, in the order of asking. Two queries."""
        rows = case.recommendations.select_related("agency").prefetch_related("clauses")
        return list(rows.order_by("stage", "agency_id"))

    @property
    def conditions(self) -> "list[RecommendationCondition]":
        """The conditions of the answer that counts now, in order; those of earlier answers stay as rows."""
        return sorted((one for one in self.clauses.all() if one.round == self.round), key=lambda one: one.position)

    @transition(field=state, source=R.PLANNED, target=R.ASKED)
    def ask(self) -> None:
        """Its stage has come."""

    @transition(field=state, source=R.ASKED, target=R.GIVEN)
    def give(self) -> None:
        """The agency has answered."""

    @transition(field=state, source=R.ASKED, target=R.LAPSED)
    def lapse(self) -> None:
        """The agency stayed silent past its own term and the definition lets the case go on."""


class RecommendationCondition(models.Model):
    """One condition of one answer. It never changes; a new answer has conditions of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="clauses")
    round = models.PositiveSmallIntegerField(help_text="Of which answer: the round of the recommendation.")
    position = models.PositiveSmallIntegerField(help_text="1 for the first.")
    text = models.TextField(help_text="A sentence; a clause of the permit.")
    due_days = models.PositiveSmallIntegerField(null=True, help_text="Calendar days after the grant.")
    due_on = models.DateField(null=True, help_text="A day, where the due is not counted from the grant.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recommendation", "round", "position"], name="condition_once_a_place"),
            models.CheckConstraint(condition=~Q(text=""), name="condition_says_something"),
            models.CheckConstraint(condition=Q(due_days=None) | Q(due_on=None), name="condition_one_due"),
            models.CheckConstraint(condition=Q(due_days=None) | Q(due_days__gte=1), name="condition_due_is_later"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="condition_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.text


def conditions_of(case: "Case") -> list[RecommendationCondition]:
    """What the agencies ask of the holder, as they stand now: agency by agency, in order. One query."""
    rows = RecommendationCondition.objects.filter(recommendation__case=case, round=F("recommendation__round"))
    return list(rows.order_by("recommendation__agency_id", "position"))

"""What agencies owe a case: their recommendations. The visits before them are in `visits`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from agencies.ids import new_id
from workflows.cases.machine import HeldState
from workflows.states import StateField

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

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Condition":
        """From JSON, where a day is text."""
        return cls(kept["text"], kept["due_days"], date.fromisoformat(kept["due_on"]) if kept["due_on"] else None)


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
    state = StateField(max_length=16, choices=RecommendationState.choices, default=R.PLANNED)
    asked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True, help_text="When its silence went up the ladder of the agency.")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=16, choices=Verdict.choices, blank=True)
    reason = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    round = models.PositiveSmallIntegerField(default=1, help_text="1, and one more each time it is asked anew.")
    lapses_at = models.DateTimeField(null=True, help_text="From when the case goes on without it; null: it waits.")
    asked_again = models.PositiveSmallIntegerField(default=0, help_text="How often whoever decides asked anew.")

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
            models.Index(fields=["lapses_at", "id"], name="recommendation_lapsing", condition=Q(state="asked")),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="recommendation_keeps_its_words",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="given", new__state="given")
                & (
                    pgtrigger.Q(old__verdict__df=pgtrigger.F("new__verdict"))
                    | pgtrigger.Q(old__reason__df=pgtrigger.F("new__reason"))
                    | pgtrigger.Q(old__legal_basis__df=pgtrigger.F("new__legal_basis"))
                    | pgtrigger.Q(old__officer__df=pgtrigger.F("new__officer"))
                    | pgtrigger.Q(old__given_at__df=pgtrigger.F("new__given_at"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.state}"

    @classmethod
    def of(cls, case: "Case", *more: str) -> "list[Recommendation]":
        """Those of a case with their conditions (and `more`), in the order of asking. One query, one each more."""
        written = RecommendationCondition.objects.filter(recommendation=OuterRef("pk"), round=OuterRef("round"))
        said = written.order_by("position").values(one=JSONObject(text="text", due_days="due_days", due_on="due_on"))
        rows = case.recommendations.select_related("agency").prefetch_related(*more).order_by("stage", "agency_id")
        found: list[Recommendation] = []
        for row in rows.annotate(written=ArraySubquery(said)):
            row.conditions = [Condition.of(one) for one in row.written]
            found.append(row)
        return found

    @cached_property
    def conditions(self) -> list[Condition]:
        """The conditions of the answer that counts now, in order. One query, unless `of` has read them along."""
        return [one.said for one in self.clauses.filter(round=self.round).order_by("position")]

    @transition(field=state, source=R.PLANNED, target=R.ASKED)
    def ask(self) -> None:
        """Its stage has come."""

    @transition(field=state, source=R.ASKED, target=R.GIVEN)
    def give(self) -> None:
        """The agency has answered."""

    @transition(field=state, source=R.ASKED, target=R.LAPSED)
    def lapse(self) -> None:
        """The agency stayed silent past its own term and the definition lets the case go on."""

    @transition(field=state, source=R.GIVEN, target=R.ASKED)
    def recall(self) -> None:
        """The agency takes its answer back and owes another."""

    @transition(field=state, source=[R.GIVEN, R.LAPSED], target=R.ASKED)
    def ask_again(self) -> None:
        """Whoever decides wants another answer, or an answer at last."""

    def forget(self) -> None:
        """A new round begins: what was said lies in `earlier`, and nothing of it counts any more."""
        self.round += 1
        self.verdict = self.reason = self.legal_basis = ""
        self.given_at = self.officer = self.escalated_at = None


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

    @property
    def said(self) -> Condition:
        """The condition without its place."""
        return Condition(self.text, self.due_days, self.due_on)


class EarlierAnswer(models.Model):
    """An answer, or a silence, that does not count any more, and why. Written once, when the next round begins."""

    class Ended(models.TextChoices):
        RECALLED = "recalled", _("Ditarik kembali oleh instansi")
        ASKED_AGAIN = "asked_again", _("Diminta ulang oleh pejabat yang memutus")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="earlier")
    round = models.PositiveSmallIntegerField(help_text="Which answer it was; its conditions carry the same number.")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=16, choices=Verdict.choices, blank=True, help_text="Empty: no answer came.")
    reason = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    given_at = models.DateTimeField(null=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended = models.CharField(max_length=16, choices=Ended.choices)
    ended_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    because = models.TextField(help_text="Why it does not count any more.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recommendation", "round"], name="earlier_once_a_round"),
            models.CheckConstraint(condition=~Q(because=""), name="earlier_says_why"),
            models.CheckConstraint(condition=Q(ended__in=["recalled", "asked_again"]), name="earlier_ended_known"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="earlier_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.verdict or 'silent'}"

    @property
    def conditions(self) -> list[Condition]:
        """The conditions of that answer. One query."""
        return [one.said for one in self.recommendation.clauses.filter(round=self.round).order_by("position")]

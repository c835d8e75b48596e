"""What agencies owe a case: recommendations, and the visits that come before them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from agencies.ids import new_id
from workflows.cases.machine import HeldState


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
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=16, choices=Verdict.choices, blank=True)
    reason = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    conditions = models.JSONField(default=list, help_text="Sentences; each becomes a clause of the permit.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "agency"], name="recommendation_once_per_agency"),
            models.CheckConstraint(condition=Q(state__in=R.values), name="recommendation_state_known"),
            models.CheckConstraint(
                condition=~Q(state="given") | (~Q(verdict="") & ~Q(reason="") & Q(given_at__isnull=False)),
                name="recommendation_given_says_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "due_at", "id"], name="recommendation_worklist", condition=Q(state="asked")),
            models.Index(fields=["agency", "-asked_at"], name="recommendation_archive"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.state}"

    @transition(field=state, source=R.PLANNED, target=R.ASKED)
    def ask(self) -> None:
        """Its stage has come."""

    @transition(field=state, source=R.ASKED, target=R.GIVEN)
    def give(self) -> None:
        """The agency has answered."""

    @transition(field=state, source=R.ASKED, target=R.LAPSED)
    def lapse(self) -> None:
        """The agency stayed silent past its own term and the definition lets the case go on."""


class InspectionState(models.TextChoices):
    PLANNED = "planned", _("Belum dijadwalkan")
    SCHEDULED = "scheduled", _("Dijadwalkan")
    HELD = "held", _("Selesai")


class Inspection(HeldState):
    """A visit, measurement or physical check; reported before its agency recommends or decides."""

    class Result(models.TextChoices):
        FIT = "fit", _("Memenuhi")
        UNFIT = "unfit", _("Tidak memenuhi")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="inspections")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    state = FSMField(max_length=16, choices=InspectionState.choices, default=InspectionState.PLANNED, protected=True)
    scheduled_for = models.DateField(null=True)
    inspector = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    held_on = models.DateField(null=True)
    result = models.CharField(max_length=8, choices=Result.choices, blank=True)
    findings = models.TextField(blank=True)
    position = models.CharField(max_length=64, blank=True, help_text="Latitude, longitude.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "agency"], name="inspection_once_per_agency"),
            models.CheckConstraint(condition=Q(state__in=InspectionState.values), name="inspection_state_known"),
            models.CheckConstraint(
                condition=~Q(state="held") | (Q(held_on__isnull=False) & ~Q(findings="") & ~Q(result="")),
                name="inspection_held_has_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.state}"

    @transition(
        field=state,
        source=[InspectionState.PLANNED, InspectionState.SCHEDULED],
        target=InspectionState.SCHEDULED,
    )
    def schedule(self) -> None:
        """A day is set, or set again."""

    @transition(field=state, source=[InspectionState.PLANNED, InspectionState.SCHEDULED], target=InspectionState.HELD)
    def report(self) -> None:
        """It took place and is reported."""

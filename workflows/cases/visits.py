"""Visits: a measurement or physical check that comes before an agency recommends or decides."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from agencies.ids import new_id
from workflows.cases.machine import HeldState


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

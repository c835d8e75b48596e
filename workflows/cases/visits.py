"""Visits: a measurement or physical check that comes before an agency recommends or decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from agencies.ids import new_id
from workflows.cases.machine import HeldState
from workflows.states import StateField

MOST_PHOTOS = 6
"""In one report; each is decoded and written anew while the inspector waits."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A kept file, and where it says that it was taken, if it does."""

    file_id: UUID
    position: str = ""


class InspectionState(models.TextChoices):
    PLANNED = "planned", _("Belum dijadwalkan")
    SCHEDULED = "scheduled", _("Dijadwalkan")
    HELD = "held", _("Selesai")


class Inspection(HeldState):
    """A visit, measurement or physical check; reported before its agency recommends or decides."""

    class Result(models.TextChoices):
        FIT = "fit", _("Memenuhi")
        UNFIT = "unfit", _("Tidak memenuhi")
        REPAIR = "repair", _("Perlu diperbaiki pemohon")

    class Override(models.TextChoices):
        """Why the lot does not stand."""

        ABSENT = "absent", _("Petugas terundi berhalangan")
        SKILL = "skill", _("Perlu keahlian khusus")
        SAFETY = "safety", _("Keselamatan petugas")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="inspections")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    state = StateField(max_length=16, choices=InspectionState.choices, default=InspectionState.PLANNED)
    number = models.PositiveSmallIntegerField(default=1, help_text="1, and one more for every visit after repairs.")
    scheduled_for = models.DateField(null=True)
    drawn_from = models.PositiveSmallIntegerField(null=True, help_text="How many were eligible when the lot was drawn.")
    override = models.CharField(
        max_length=16, choices=Override.choices, blank=True, help_text="Why the lot was set aside."
    )
    override_reason = models.TextField(blank=True)
    inspector = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    held_on = models.DateField(null=True)
    result = models.CharField(max_length=8, choices=Result.choices, blank=True)
    findings = models.TextField(blank=True)
    position = models.CharField(max_length=64, blank=True, help_text="Latitude, longitude.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "agency", "number"], name="inspection_once_a_number"),
            models.CheckConstraint(
                condition=Q(override="") | ~Q(override_reason=""), name="inspection_override_says_why"
            ),
            models.CheckConstraint(condition=Q(state__in=InspectionState.values), name="inspection_state_known"),
            models.CheckConstraint(
                condition=~Q(state="held") | (Q(held_on__isnull=False) & ~Q(findings="") & ~Q(result="")),
                name="inspection_held_has_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.state}"

    @property
    def settles(self) -> bool:
        """Is it reported, with a result that needs no further visit?"""
        return self.state == InspectionState.HELD and self.result != self.Result.REPAIR

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


class InspectionPhoto(models.Model):
    """A picture that belongs to the report of a visit; the file is named by its id and kept by `documents`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="photos")
    number = models.PositiveSmallIntegerField(help_text="1 for the first of its report.")
    file_id = models.UUIDField(unique=True, help_text="Id of the file in the vault, checked and written anew.")
    position = models.CharField(max_length=64, blank=True, help_text="Latitude, longitude that the photo carried.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "number"], name="photo_once_a_number"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="photo_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return str(self.number)


def is_visited(visits: Iterable[Inspection], agency: str) -> bool:
    """Has that agency reported its visit, and the one after repairs where it asked for some?"""
    own = [one for one in visits if one.agency_id == agency]
    return bool(own) and max(own, key=lambda one: one.number).settles

"""Cells of counts, the months that were proven, and what was found wrong. Data and constraints only."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id


class Cell(models.Model):
    """How much of one measure there was in one month (WIB), for one service, agency and district.

    The mall, an agency and a year are sums of cells. `part` says more where a measure has parts: the bucket of a
    histogram, the party of the ledger, the reason. Exact: never shown outside the house.
    """

    id = models.BigAutoField(primary_key=True)
    measure = models.CharField(max_length=16, help_text="Code of the measure, of `measures.Measure`.")
    month = models.DateField(help_text="First day of the month, WIB.")
    service = models.CharField(max_length=64, help_text="Code of the service.")
    agency = models.CharField(max_length=32, help_text="Code of the agency that decides; in `overtaken`, whose line.")
    kecamatan = models.CharField(max_length=8, blank=True, help_text="Kemendagri code; empty where nobody has said.")
    part = models.CharField(max_length=16, blank=True, help_text="Bucket, party or reason; empty where there is none.")
    count = models.BigIntegerField(help_text="How many.")
    amount = models.DecimalField(max_digits=20, decimal_places=2, help_text="Rupiah or minutes; 0 where it counts.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["month", "measure", "agency", "service", "kecamatan", "part"], name="rollup_cell_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.month:%Y-%m} {self.service} {self.count}"


class CountedMonth(models.Model):
    """A month that was counted from the log: when, by which calendar and definition, and whether cells were wrong."""

    month = models.DateField(primary_key=True, help_text="First day, WIB.")
    counted_at = models.DateTimeField(help_text="When it was last counted from the log, UTC.")
    calendar = models.CharField(max_length=32, help_text="Digest of the holidays and hours it was counted by.")
    method = models.CharField(max_length=16, help_text="Version of the definitions it was counted by.")
    grey = models.BooleanField(default=False, help_text="A cell was wrong; no count since has found all of them right.")

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Incident(models.Model):
    """Folded figures of a month were not those of the log: which cells, both values, and why."""

    class Why(models.TextChoices):
        CALENDAR = "calendar", _("Kalender atau jam layanan diubah sesudah dihitung")
        METHOD = "method", _("Cara menghitung diubah sesudah dihitung")
        FAILED = "failed", _("Kejadian gagal diolah")
        UNKNOWN = "unknown", _("Belum diketahui")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    month = models.DateField(help_text="First day of the month, WIB.")
    at = models.DateTimeField(help_text="When it was found, UTC.")
    why = models.CharField(max_length=16, choices=Why.choices, help_text="What changed since, where that is known.")
    differing = models.PositiveIntegerField(help_text="How many cells.")
    cells = models.JSONField(help_text="The first of them: key, folded and counted value.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(differing__gt=0), name="rollup_incident_differs"),
            models.CheckConstraint(
                condition=Q(why__in=["calendar", "method", "failed", "unknown"]), name="rollup_incident_why_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-at"], name="rollup_incident_latest")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="rollup_incident_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.why} {self.differing}"

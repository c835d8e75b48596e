"""Batches of figures from files, and the lines they hold. A published batch never changes; a later one replaces it."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id


class Kind(models.TextChoices):
    """What a file is about; `kinds.py` says what each must look like."""

    BUDGET = "apbd", _("Anggaran (APBD)")
    PROGRAMMES = "program", _("Program daerah")
    DISTRICTS = "kecamatan", _("Pembangunan kecamatan")
    PERFORMANCE = "kinerja", _("Kinerja perangkat daerah")
    POVERTY = "kemiskinan", _("Kemiskinan")
    ILLNESS = "penyakit", _("Kesehatan")
    EDUCATION = "pendidikan", _("Pendidikan")


class BatchState(models.TextChoices):
    """Where a batch stands."""

    PREVIEWED = "previewed", _("Menunggu diterbitkan")
    PUBLISHED = "published", _("Diterbitkan")
    REPLACED = "replaced", _("Digantikan")
    DISCARDED = "discarded", _("Dibuang")


class KipClass(models.TextChoices):
    """Classes of public information (UU 14/2008 art. 9-17)."""

    PERIODIC = "berkala", _("Berkala")
    IMMEDIATE = "serta-merta", _("Serta-merta")
    ALWAYS = "setiap-saat", _("Tersedia setiap saat")


class Batch(models.Model):
    """One file of an office: whose, about which period, in which version, and what became of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16, choices=Kind.choices, help_text="What it is about.")
    period = models.CharField(max_length=7, help_text="The period it tells of, e.g. 2026, 2026-S1 or 2026-09.")
    version = models.CharField(max_length=16, blank=True, help_text="Which version, where there are several.")
    owner = models.CharField(max_length=200, help_text="The office that answers for the figures.")
    source = models.CharField(max_length=300, help_text="The document that the figures stand in.")
    cut_off = models.DateField(help_text="The last day that the figures tell of.")
    next_due = models.DateField(help_text="Until when the next file is expected.")
    licence = models.CharField(max_length=60, default="CC BY 4.0", help_text="On which terms others may use it.")
    kip_class = models.CharField(max_length=12, choices=KipClass.choices, default=KipClass.PERIODIC, help_text="Class.")
    sample = models.BooleanField(default=False, help_text="DATA CONTOH: made up for the demonstration.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    lines = models.PositiveIntegerField(help_text="How many lines it holds.")
    content = models.BinaryField(null=True, help_text="The file, until the batch is published or thrown away.")
    state = models.CharField(max_length=12, choices=BatchState.choices, default=BatchState.PREVIEWED, help_text="Now.")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Who; null: the demo."
    )
    uploaded_at = models.DateTimeField(help_text="When.")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Who; null: the demo."
    )
    published_at = models.DateTimeField(null=True, help_text="When, if it was.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=BatchState.values), name="batch_state_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="batch_kind_known"),
            models.UniqueConstraint(
                fields=["kind", "period", "version"], condition=Q(state="published"), name="batch_one_published"
            ),
            models.CheckConstraint(
                condition=Q(state="previewed", content__isnull=False) | (~Q(state="previewed") & Q(content=None)),
                name="batch_file_while_previewed",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "-cut_off"], name="batch_latest")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="batch_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="batch_stays_as_read",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__digest__df=pgtrigger.F("new__digest"))
                | pgtrigger.Q(old__kind__df=pgtrigger.F("new__kind"))
                | pgtrigger.Q(old__period__df=pgtrigger.F("new__period")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period} {self.version}".strip()


class BatchLine(models.Model):
    """What every line has: its batch and its number in the file."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+", help_text="From which file.")
    line = models.PositiveIntegerField(help_text="Its number in the file.")

    class Meta:
        abstract = True


def kept(name: str) -> pgtrigger.Protect:
    """Lines are written once."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class BudgetLine(BatchLine):
    """An account of an office: what was planned and what was done with it."""

    unit = models.CharField(max_length=60, help_text="Code of the office (SKPD).")
    unit_name = models.CharField(max_length=200, help_text="Its name.")
    account = models.CharField(max_length=20, help_text="Code of the account (Permendagri 90/2019), as text.")
    name = models.CharField(max_length=300, help_text="Name of the account.")
    budget = models.DecimalField(max_digits=20, decimal_places=2, help_text="Rupiah planned.")
    realised = models.DecimalField(max_digits=20, decimal_places=2, null=True, help_text="Rupiah done; null: not told.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "unit", "account"], name="budget_line_once")]
        triggers: ClassVar = [kept("budget_line_kept")]

    def __str__(self) -> str:
        return f"{self.unit} {self.account}"


class ProgrammeLine(BatchLine):
    """What a programme planned and reached in one kecamatan; a grant names the organisation that gets it."""

    programme = models.CharField(max_length=32, help_text="Code of the programme.")
    unit = models.CharField(max_length=60, help_text="Code of the office that runs it.")
    fund = models.CharField(max_length=60, help_text="Where the money comes from.")
    account = models.CharField(max_length=20, blank=True, help_text="The account of the budget it stands in.")
    kecamatan = models.CharField(max_length=8, help_text="Kemendagri code as text.")
    recipient = models.CharField(max_length=200, blank=True, help_text="The organisation; never a person.")
    purpose = models.CharField(max_length=300, blank=True, help_text="For what.")
    target = models.PositiveIntegerField(help_text="Units planned: houses, scholars, trainees.")
    reached = models.PositiveIntegerField(null=True, help_text="Units done; null: not told.")
    budget = models.DecimalField(max_digits=20, decimal_places=2, help_text="Rupiah planned.")
    realised = models.DecimalField(max_digits=20, decimal_places=2, null=True, help_text="Rupiah done; null: not told.")

    class Meta:
        triggers: ClassVar = [kept("programme_line_kept")]

    def __str__(self) -> str:
        return f"{self.programme} {self.kecamatan}"


class AreaFigure(BatchLine):
    """One indicator of one kecamatan: development, poverty, illness, education."""

    kecamatan = models.CharField(max_length=8, help_text="Kemendagri code as text.")
    indicator = models.CharField(max_length=40, help_text="Code of the indicator.")
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True, help_text="Null: not told, never zero.")
    base = models.PositiveIntegerField(null=True, help_text="Of how many people or households, for a rate.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "kecamatan", "indicator"], name="area_figure_once")
        ]
        triggers: ClassVar = [kept("area_figure_kept")]

    def __str__(self) -> str:
        return f"{self.kecamatan} {self.indicator}"


class PerformanceLine(BatchLine):
    """An indicator of an office (IKU): what it means, what was aimed at and what was reached."""

    unit = models.CharField(max_length=60, help_text="Code of the office.")
    unit_name = models.CharField(max_length=200, help_text="Its name.")
    goal = models.CharField(max_length=300, help_text="The aim that the indicator serves (sasaran).")
    indicator = models.CharField(max_length=300, help_text="Its name.")
    measure = models.CharField(max_length=60, help_text="Its unit.")
    manual = models.CharField(max_length=1000, help_text="Definition, formula and source, so that it cannot drift.")
    polarity = models.CharField(max_length=6, help_text="`higher` or `lower` is better.")
    target = models.DecimalField(max_digits=20, decimal_places=6, null=True, help_text="Null: none was set.")
    reached = models.DecimalField(max_digits=20, decimal_places=6, null=True, help_text="Null: not told, never zero.")
    evidence = models.CharField(max_length=300, blank=True, help_text="Where it can be checked.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "unit", "indicator"], name="performance_line_once"),
            models.CheckConstraint(condition=Q(polarity__in=["higher", "lower"]), name="performance_polarity"),
        ]
        triggers: ClassVar = [kept("performance_line_kept")]

    def __str__(self) -> str:
        return f"{self.unit} {self.indicator}"

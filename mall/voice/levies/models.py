"""The report, what was written about it, its evidence, and who must keep away from it."""

from typing import ClassVar
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from agencies.errors import Missing
from agencies.ids import new_id
from agencies.sealing import SealedTextField
from mall.voice.levies.machine import LevyMachine, LevyOutcome, LevyState
from workflows.states import keeps_its_edges

TOLD = ("manner", "person_id", "contact", "asked", "amount", "happened_on", "office", "place", "named", "reference")
"""What the reporter told; nobody changes it afterwards."""


class Manner(models.TextChoices):
    ANONYMOUS = "anonymous", _("Tanpa nama")
    CONFIDENTIAL = "confidential", _("Rahasia")


class Forwarded(models.TextChoices):
    POLICE = "police", _("Kepolisian")
    PROSECUTOR = "prosecutor", _("Kejaksaan")
    OMBUDSMAN = "ombudsman", _("Ombudsman Republik Indonesia")
    SUPERIOR = "superior", _("Pengawas internal instansi pusat")


def changed(*columns: str) -> pgtrigger.Condition:
    """An update would change one of these columns; in SQL, because sealed fields compare with nothing."""
    return pgtrigger.Condition(" OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns))


@keeps_its_edges("levy_state_edges")
class LevyReport(LevyMachine):
    """One report of a levy that somebody asked for. What was told is ciphertext."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=8, unique=True, help_text="Typed by the reporter, with a secret word.")
    filing_key = models.UUIDField(unique=True, help_text="Makes filing idempotent.")
    manner = models.CharField(max_length=12, choices=Manner.choices, help_text="Whether it may point at the reporter.")
    person = models.ForeignKey(
        "agencies.Person", models.PROTECT, null=True, related_name="+", help_text="Who reported, if she said so."
    )
    contact = SealedTextField(help_text="How to reach the reporter, if she said so.")
    asked = SealedTextField(help_text="What was asked, and how it went.")
    amount = models.PositiveBigIntegerField(null=True, help_text="Rupiah that were asked for.")
    happened_on = models.DateField(help_text="When, as far as the reporter remembers.")
    office = SealedTextField(help_text="Code of the reported agency; empty when unknown.")
    office_index = models.CharField(
        max_length=64, blank=True, help_text="Keyed hash of the office, to keep its own people away."
    )
    place = SealedTextField(help_text="Where, in the reporter's words.")
    named = SealedTextField(help_text="Who asked for it, as far as known.")
    service = SealedTextField(help_text="Code of the service whose page led here.")
    reference = SealedTextField(help_text="Number of the application, if the reporter gave it.")

    filed_at = models.DateTimeField(help_text="When it came.")
    verify_due_at = models.DateTimeField(null=True, help_text="Until when somebody must begin; null: no calendar yet.")
    due_at = models.DateTimeField(null=True, help_text="Until when it must be closed; null: no calendar yet.")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="The inspector who has it."
    )
    taken_at = models.DateTimeField(null=True, help_text="Since when she has it.")
    forwarded_to = models.CharField(max_length=12, blank=True, choices=Forwarded.choices, help_text="Which authority.")
    outcome = models.CharField(max_length=12, blank=True, choices=LevyOutcome.choices, help_text="What was found.")
    closed_at = models.DateTimeField(null=True, help_text="When it was closed.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=LevyState.values), name="levy_state_known"),
            models.CheckConstraint(condition=Q(manner__in=Manner.values), name="levy_manner_known"),
            models.CheckConstraint(
                condition=RawSQL(
                    "manner = 'confidential' OR (person_id IS NULL AND contact = '')", (), models.BooleanField()
                ),
                name="levy_anonymous_has_no_person",
            ),
            models.CheckConstraint(
                condition=Q(state=LevyState.FILED) | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="levy_begun_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=LevyState.CLOSED, closed_at__isnull=False, outcome__in=LevyOutcome.values)
                | (~Q(state=LevyState.CLOSED) & Q(closed_at=None, outcome="")),
                name="levy_closed_with_outcome",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["filed_at", "id"], name="levy_open", condition=Q(closed_at=None)),
            models.Index(fields=["-closed_at", "id"], name="levy_closed", condition=Q(closed_at__isnull=False)),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="levy_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(name="levy_told_once", operation=pgtrigger.Update, condition=changed(*TOLD)),
        ]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def locked(cls, report_id: UUID) -> "LevyReport":
        """The report with its row locked; `Missing` if there is none."""
        found = cls.objects.select_for_update(of=("self",)).filter(pk=report_id).first()
        if found is None:
            raise Missing
        return found


class LevyNote(models.Model):
    """Something written about a report: by the reporter, or by the inspector to her."""

    class Kind(models.TextChoices):
        ADDED = "added", _("Tambahan dari pelapor")
        MESSAGE = "message", _("Pesan Inspektorat")
        FORWARDED = "forwarded", _("Diteruskan")
        CLOSED = "closed", _("Jawaban akhir")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(LevyReport, models.PROTECT, related_name="notes", help_text="About which report.")
    kind = models.CharField(max_length=12, choices=Kind.choices, help_text="Who wrote, and why.")
    text = SealedTextField(help_text="The words.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The inspector; null: reporter.",
    )
    at = models.DateTimeField(help_text="When.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="added", by=None)
                | (Q(kind__in=["message", "forwarded", "closed"]) & Q(by__isnull=False)),
                name="levy_note_author",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="levy_note_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class LevyEvidence(models.Model):
    """A file of a report."""

    report = models.ForeignKey(LevyReport, models.PROTECT, related_name="evidence", help_text="Of which report.")
    file = models.OneToOneField(
        "documents.EvidenceFile", models.PROTECT, primary_key=True, related_name="+", help_text="The file itself."
    )

    def __str__(self) -> str:
        return str(self.file_id)


class LevyRecusal(models.Model):
    """Somebody who may neither see nor handle a report (UU 30/2014 art. 42-45)."""

    class Why(models.TextChoices):
        NAMED = "named", _("Namanya disebut dalam laporan")
        OWN = "own", _("Ia sendiri yang melapor")
        ASIDE = "aside", _("Mengundurkan diri")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(LevyReport, models.PROTECT, related_name="recusals", help_text="Which report.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Who keeps away.")
    why = models.CharField(max_length=8, choices=Why.choices, help_text="For which reason.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "user"], name="levy_recused_once"),
            models.CheckConstraint(condition=Q(why__in=["named", "own", "aside"]), name="levy_recusal_why"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="levy_recusal_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.why} {self.id}"

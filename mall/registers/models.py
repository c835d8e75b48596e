"""The tables of the schema `registry`. What tells of a person is ciphertext under the key of the registers.

No row points out of the schema by a foreign key, and none outside points in: accounts, people and agencies are named by
their ids, so that the schema can be read, moved and destroyed by itself.
"""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from agencies.ids import new_id
from agencies.models.fields import one_of
from mall.registers.choices import BatchState, CorrectionState, ExportState, Purpose, Register, Way
from mall.registers.sealing import RegistryTextField


def table(name: str) -> str:
    """The name of a table of the schema, as Django quotes it."""
    return f'"registry"."{name}"'


def changed(*columns: str) -> pgtrigger.Condition:
    """An update would change one of these columns; in SQL, because sealed fields compare with nothing."""
    return pgtrigger.Condition(" OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns))


class Batch(models.Model):
    """One file of an agency: which register, which period, and what became of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    register = models.CharField(max_length=12, choices=Register.choices, help_text="Which register.")
    period = models.CharField(max_length=4, help_text="The year it tells of.")
    agency = models.CharField(max_length=30, help_text="Code of the agency that owns it.")
    next_due = models.DateField(help_text="Until when the next file is expected.")
    sample = models.BooleanField(default=False, help_text="DATA CONTOH: made up for the demonstration.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    lines = models.PositiveIntegerField(help_text="How many rows it holds.")
    warnings = models.JSONField(default=list, help_text="Numbers of lines, and what is odd there; nothing of a person.")
    content = models.BinaryField(null=True, help_text="The file, sealed, until the batch is in force or thrown away.")
    state = models.CharField(max_length=12, choices=BatchState.choices, default=BatchState.PREVIEWED, help_text="Now.")
    uploaded_by = models.UUIDField(help_text="The account.")
    uploaded_at = models.DateTimeField(help_text="When.")
    in_force_at = models.DateTimeField(null=True, help_text="Since when it was in force, if it ever was.")
    destroy_on = models.DateField(null=True, help_text="On which day its rows are destroyed; null: while it is valid.")

    class Meta:
        db_table = table("batch")
        constraints: ClassVar = [
            one_of("state", BatchState, name="registry_batch_state"),
            one_of("register", Register, name="registry_batch_register"),
            models.UniqueConstraint(
                fields=["register", "period", "agency"], condition=Q(state="current"), name="registry_batch_one_current"
            ),
            models.CheckConstraint(
                condition=Q(state="previewed", content__isnull=False) | (~Q(state="previewed") & Q(content=None)),
                name="registry_batch_file",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["previewed", "current"], destroy_on=None)
                | Q(state__in=["replaced", "discarded", "destroyed"], destroy_on__isnull=False),
                name="registry_batch_destroy_on",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "-uploaded_at"], name="registry_batch_of_agency")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="registry_batch_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="registry_batch_as_read",
                operation=pgtrigger.Update,
                condition=changed("register", "period", "agency", "digest", "lines", "uploaded_by"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.period}"


class Entry(models.Model):
    """One person in one register. A corrected row takes the place of an older one, which stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="entries", help_text="From which file.")
    line = models.PositiveIntegerField(help_text="Its line there.")
    nik = RegistryTextField(help_text="National id number, sealed.")
    nik_hash = models.CharField(max_length=64, help_text="Keyed hash of the NIK under the key of the registers.")
    name = RegistryTextField(help_text="As the file says it, sealed.")
    region = models.CharField(max_length=13, help_text="Kemendagri code of the desa, or of the kecamatan.")
    programme = models.CharField(max_length=32, blank=True, help_text="Code of the programme, for recipients.")
    details = RegistryTextField(help_text="The other columns as JSON, sealed.")
    current = models.BooleanField(default=True, help_text="False: a corrected row took its place.")
    corrects = models.ForeignKey("self", models.CASCADE, null=True, related_name="+", help_text="Which row before it.")
    added_at = models.DateTimeField(help_text="When it came in.")

    class Meta:
        db_table = table("entry")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["batch", "nik_hash", "programme"], condition=Q(current=True), name="registry_entry_once"
            ),
            models.UniqueConstraint(fields=["corrects"], name="registry_entry_corrected_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["nik_hash"], name="registry_entry_of_person"),
            models.Index(fields=["batch", "region", "id"], name="registry_entry_listed", condition=Q(current=True)),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="registry_entry_as_read",
                operation=pgtrigger.Update,
                condition=changed("batch_id", "line", "region", "programme", "corrects_id", "added_at"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Viewing(models.Model):
    """An official's stated purpose and filter, under which she may look for a few hours."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    register = models.CharField(max_length=12, choices=Register.choices, help_text="Which register.")
    agency = models.CharField(max_length=30, help_text="Whose rows.")
    purpose = models.CharField(max_length=24, choices=Purpose.choices, help_text="Why, of a closed list.")
    reason = RegistryTextField(help_text="Why, in her words; the people looked at read it.")
    region = models.CharField(max_length=13, blank=True, help_text="Only this kecamatan or desa.")
    programme = models.CharField(max_length=32, blank=True, help_text="Only this programme.")
    by = models.UUIDField(help_text="The account.")
    at = models.DateTimeField(help_text="When she said so.")
    until = models.DateTimeField(help_text="Until when it holds.")

    class Meta:
        db_table = table("viewing")
        constraints: ClassVar = [one_of("purpose", Purpose, name="registry_viewing_purpose")]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="registry_viewing_stays",
                operation=pgtrigger.Update,
                condition=changed("register", "agency", "purpose", "region", "programme", "by", "at", "until"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Look(models.Model):
    """Somebody of the staff saw one person in a register. The person reads it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    nik_hash = models.CharField(max_length=64, help_text="Whom.")
    register = models.CharField(max_length=12, choices=Register.choices, help_text="Where.")
    entry = models.UUIDField(help_text="Which row.")
    way = models.CharField(max_length=12, choices=Way.choices, help_text="How much was seen.")
    purpose = models.CharField(max_length=24, help_text="Why: of `Purpose`, or the answer to a correction.")
    reason = RegistryTextField(help_text="Why, in her words.")
    agency = models.CharField(max_length=30, help_text="For which agency.")
    by = models.UUIDField(help_text="The account.")
    at = models.DateTimeField(help_text="When.")

    class Meta:
        db_table = table("look")
        constraints: ClassVar = [one_of("way", Way, name="registry_look_way")]
        indexes: ClassVar = [
            models.Index(fields=["nik_hash", "-at"], name="registry_look_of_person"),
            models.Index(fields=["by", "at"], name="registry_look_of_day"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="registry_look_stays",
                operation=pgtrigger.Update,
                condition=changed("register", "entry", "way", "purpose", "agency", "by", "at"),
            ),
            pgtrigger.Protect(name="registry_look_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Correction(models.Model):
    """A person says that her row is wrong; the agency answers within 3 x 24 hours (UU 27/2022 art. 30)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="corrections", help_text="Which row.")
    nik_hash = models.CharField(max_length=64, help_text="Who asks.")
    register = models.CharField(max_length=12, choices=Register.choices, help_text="Where.")
    agency = models.CharField(max_length=30, help_text="Who answers.")
    wrong = RegistryTextField(help_text="What is wrong, in her words.")
    right = RegistryTextField(help_text="What would be right.")
    evidence = models.UUIDField(null=True, help_text="A file of the vault that belongs to nobody.")
    filed_at = models.DateTimeField(help_text="When it came.")
    due_at = models.DateTimeField(help_text="Until when it must be answered; clock hours.")
    state = models.CharField(
        max_length=12, choices=CorrectionState.choices, default=CorrectionState.FILED, help_text="Now."
    )
    answer = RegistryTextField(help_text="What the agency said.")
    answered_by = models.UUIDField(null=True, help_text="The account.")
    answered_at = models.DateTimeField(null=True, help_text="When.")

    class Meta:
        db_table = table("correction")
        constraints: ClassVar = [
            one_of("state", CorrectionState, name="registry_correction_state"),
            models.UniqueConstraint(fields=["entry"], condition=Q(state="filed"), name="registry_correction_one_open"),
            models.CheckConstraint(
                condition=Q(state="filed", answered_by=None, answered_at=None)
                | (~Q(state="filed") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="registry_correction_answered",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "due_at", "id"], name="registry_correction_line")]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="registry_correction_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'filed' AND (OLD.state IS DISTINCT FROM NEW.state"
                    " OR OLD.answered_at IS DISTINCT FROM NEW.answered_at)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Export(models.Model):
    """A file with many people: asked for by one, allowed by another, given out once, and never kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    register = models.CharField(max_length=12, choices=Register.choices, help_text="Which register.")
    agency = models.CharField(max_length=30, help_text="Whose rows.")
    purpose = models.CharField(max_length=24, choices=Purpose.choices, help_text="Why, of a closed list.")
    reason = RegistryTextField(help_text="Why, in words.")
    region = models.CharField(max_length=13, blank=True, help_text="Only this kecamatan or desa.")
    programme = models.CharField(max_length=32, blank=True, help_text="Only this programme.")
    whole_nik = models.BooleanField(default=False, help_text="With whole NIK; else masked.")
    asked_by = models.UUIDField(help_text="The account that asks.")
    asked_human = models.UUIDField(help_text="The person behind it where she is known, else the account.")
    asked_at = models.DateTimeField(help_text="When.")
    state = models.CharField(max_length=12, choices=ExportState.choices, default=ExportState.ASKED, help_text="Now.")
    decided_by = models.UUIDField(null=True, help_text="The account that allowed or refused it.")
    decided_human = models.UUIDField(null=True, help_text="The person behind that one.")
    decided_at = models.DateTimeField(null=True, help_text="When.")
    refusal = RegistryTextField(help_text="Why not.")
    expires_at = models.DateTimeField(help_text="After this nobody allows it or takes it.")
    taken_at = models.DateTimeField(null=True, help_text="When it was given out.")
    rows = models.PositiveIntegerField(null=True, help_text="How many people were in it.")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the file that was given out.")

    class Meta:
        db_table = table("export")
        constraints: ClassVar = [
            one_of("state", ExportState, name="registry_export_state"),
            one_of("purpose", Purpose, name="registry_export_purpose"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | (~Q(decided_by=F("asked_by")) & ~Q(decided_human=F("asked_human"))),
                name="registry_export_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused", "taken"])
                | Q(decided_by__isnull=False, decided_human__isnull=False, decided_at__isnull=False),
                name="registry_export_decided",
            ),
            models.CheckConstraint(
                condition=Q(state="taken", taken_at__isnull=False, rows__isnull=False)
                | (~Q(state="taken") & Q(taken_at=None, rows=None)),
                name="registry_export_taken",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "-asked_at"], name="registry_export_of_agency")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="registry_export_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="registry_export_as_asked",
                operation=pgtrigger.Update,
                condition=changed("register", "agency", "purpose", "region", "programme", "whole_nik", "asked_by"),
            ),
            pgtrigger.Protect(
                name="registry_export_taken_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state IN ('taken', 'refused', 'expired') AND "
                    "(OLD.state, OLD.decided_by, OLD.taken_at, OLD.rows, OLD.digest) IS DISTINCT FROM "
                    "(NEW.state, NEW.decided_by, NEW.taken_at, NEW.rows, NEW.digest)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

"""The complaint, what was written about it, and its evidence."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id
from agencies.sealing import SealedTextField
from mall.voice.complaints import keys
from mall.voice.complaints.machine import ENDED, REFUSALS, ComplaintMachine, ComplaintState, Ending, Kind
from mall.voice.levies.models import changed
from workflows.states import keeps_its_edges

S = ComplaintState
TOLD = ("manner", "channel", "person_id", "case_id", "name", "contact", "text", "filed_at")
"""What the reporter told; nobody changes it afterwards."""


class Manner(models.TextChoices):
    NAMED = "named", _("Dengan nama")
    CONFIDENTIAL = "confidential", _("Rahasia")
    ANONYMOUS = "anonymous", _("Tanpa nama")


class Channel(models.TextChoices):
    ONLINE = "online", _("Daring")
    COUNTER = "counter", _("Loket")


@keeps_its_edges("complaint_state_edges")
class Complaint(ComplaintMachine):
    """One complaint, wish or question. What was told is ciphertext; of an anonymous reporter nothing is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=8, unique=True, help_text="Typed by the reporter, with a secret word.")
    filing_key = models.UUIDField(unique=True, help_text="Makes filing idempotent.")
    kind = models.CharField(max_length=12, choices=Kind.choices, help_text="Class of SP4N-LAPOR!.")
    manner = models.CharField(max_length=12, choices=Manner.choices, help_text="Who may know the reporter.")
    channel = models.CharField(max_length=8, choices=Channel.choices, help_text="Whether a clerk wrote it down.")
    person = models.ForeignKey(
        "agencies.Person", models.PROTECT, null=True, related_name="+", help_text="Who complains, if she is known."
    )
    case = models.ForeignKey(
        "workflows.Case", models.PROTECT, null=True, related_name="complaints", help_text="About which application."
    )
    name = SealedTextField(help_text="The reporter's name as she typed it.")
    contact = SealedTextField(help_text="How to reach the reporter, if she said so.")
    text = SealedTextField(help_text="What she says.")
    agency = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="About whom; null until the centre has found out.",
    )
    handler = models.ForeignKey(
        "agencies.Agency", models.PROTECT, related_name="+", help_text="Whose handlers have it in hand."
    )

    filed_at = models.DateTimeField(help_text="When it came.")
    verify_by = models.DateTimeField(null=True, help_text="Until when it must be verified; null: no calendar yet.")
    verified_at = models.DateTimeField(null=True, help_text="When it was verified for the first time.")
    forwarded_at = models.DateTimeField(null=True, help_text="When it was last given to who answers for it.")
    follow_up_by = models.DateTimeField(null=True, help_text="Until when the follow-up must be stated.")
    followed_up_at = models.DateTimeField(null=True, help_text="When the follow-up was stated.")
    resolve_by = models.DateTimeField(null=True, help_text="Until when it must be answered; null: no calendar yet.")
    answered_at = models.DateTimeField(null=True, help_text="When the standing answer was given.")
    close_after = models.DateTimeField(null=True, help_text="When it closes by itself, if nobody replies.")
    reopened_at = models.DateTimeField(null=True, help_text="When the reporter opened it again.")
    closed_at = models.DateTimeField(null=True, help_text="When it ended.")
    due_at = models.DateTimeField(null=True, help_text="The date that counts next; null: none, or no calendar yet.")
    ending = models.CharField(max_length=12, blank=True, choices=Ending.choices, help_text="How it ended.")
    late_verify = models.BooleanField(default=False, help_text="That this date passed was told.")
    late_follow_up = models.BooleanField(default=False, help_text="That this date passed was told.")
    late_resolve = models.BooleanField(default=False, help_text="That this date passed was told.")
    lapor_number = models.CharField(max_length=32, blank=True, help_text="Number in SP4N-LAPOR!.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="complaint_state_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="complaint_kind_known"),
            models.CheckConstraint(condition=Q(manner__in=Manner.values), name="complaint_manner_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="complaint_channel_known"),
            models.CheckConstraint(
                condition=RawSQL(
                    "manner <> 'anonymous' OR (person_id IS NULL AND case_id IS NULL AND name = '' AND contact = '')",
                    (),
                    models.BooleanField(),
                ),
                name="complaint_anonymous_is_nobody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[S.FILED, S.REJECTED, S.REROUTED]) | Q(verified_at__isnull=False),
                name="complaint_verified_first",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[S.ANSWERED, S.CLOSED], answered_at__isnull=False)
                | (~Q(state__in=[S.ANSWERED, S.CLOSED]) & Q(answered_at=None, close_after=None)),
                name="complaint_answered_or_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state=S.CLOSED, ending__in=["satisfied", "handler", "silent"], closed_at__isnull=False)
                | Q(state=S.REJECTED, ending__in=list(REFUSALS), closed_at__isnull=False)
                | Q(state=S.REROUTED, ending="rerouted", closed_at__isnull=False)
                | (~Q(state__in=list(ENDED)) & Q(ending="", closed_at=None)),
                name="complaint_ended_in_some_way",
            ),
            models.UniqueConstraint(
                fields=["lapor_number"], condition=~Q(lapor_number=""), name="complaint_lapor_number_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], name="complaint_open", condition=Q(closed_at=None)),
            models.Index(fields=["-closed_at", "id"], name="complaint_closed", condition=Q(closed_at__isnull=False)),
            models.Index(fields=["filed_at", "id"], name="complaint_filed"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="complaint_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(name="complaint_told_once", operation=pgtrigger.Update, condition=changed(*TOLD)),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def anonymous(self) -> bool:
        """Is the reporter nobody?"""
        return self.manner == Manner.ANONYMOUS

    def next_due(self) -> datetime | None:
        """The date that counts next, from what else the row says."""
        if self.closed_at is not None:
            return None
        if self.state == S.FILED and self.verified_at is None:
            return self.verify_by
        if self.state == S.FORWARDED:
            return self.follow_up_by
        return self.close_after if self.state == S.ANSWERED else self.resolve_by

    @property
    def link(self) -> str:
        """What stands in the address of the reporter's page."""
        return keys.link_of(self.pk)


class ComplaintNote(models.Model):
    """Something written about a complaint: by the reporter, to her, or between handlers."""

    class Kind(models.TextChoices):
        REPLIED = "replied", _("Balasan pelapor")
        MESSAGE = "message", _("Pesan pengelola pengaduan")
        FORWARDED = "forwarded", _("Diverifikasi dan diteruskan")
        HANDED_BACK = "handed_back", _("Dikembalikan kepada pengelola pusat")
        REJECTED = "rejected", _("Tidak diteruskan")
        REROUTED = "rerouted", _("Dialihkan ke permintaan informasi")
        FOLLOWED = "followed", _("Tindak lanjut")
        ANSWERED = "answered", _("Jawaban")
        CLOSED = "closed", _("Ditutup")

    INSIDE: ClassVar = ("handed_back",)
    """What the reporter does not read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="notes", help_text="About which complaint.")
    kind = models.CharField(max_length=12, choices=Kind.choices, help_text="Who wrote, and why.")
    text = SealedTextField(help_text="The words.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="The handler; null: reporter."
    )
    at = models.DateTimeField(help_text="When.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="replied", by=None)
                | Q(kind__in=["rerouted", "closed"])
                | (
                    Q(kind__in=["message", "forwarded", "handed_back", "rejected", "followed", "answered"])
                    & Q(by__isnull=False)
                ),
                name="complaint_note_author",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="complaint_note_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class ComplaintEvidence(models.Model):
    """A file of a complaint."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="evidence", help_text="Of which complaint.")
    file = models.OneToOneField(
        "documents.EvidenceFile", models.PROTECT, primary_key=True, related_name="+", help_text="The file itself."
    )

    def __str__(self) -> str:
        return str(self.file_id)


def path_of(complaint_id: UUID) -> str:
    """Where handlers find a complaint; it stands in the events that tell them of it."""
    return f"/pengaduan/meja/{complaint_id}/"

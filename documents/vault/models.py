"""The citizen's papers: what a file is, not where it is used."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id
from agencies.models import Lane


class Scan(models.TextChoices):
    """What the virus scanner said. Infected files are refused, or blocked when found later."""

    UNSCANNED = "unscanned", _("Belum dipindai: pemindai virus tidak terpasang")
    WAITING = "waiting", _("Menunggu pemindai virus")
    CLEAN = "clean", _("Tidak ditemukan virus")
    INFECTED = "infected", _("Mengandung virus")


MIMES = ("application/pdf", "image/jpeg", "image/png")


class StoredFile(models.Model):
    """A paper of one person, checked and written anew. The name it came with is not kept: names tell too much."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey("agencies.Person", models.PROTECT, related_name="files", help_text="Whose paper it is.")
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Who handed it in, if a user."
    )
    document_type = models.CharField(max_length=80, help_text="What it is, by the definition's word, e.g. `ktp`.")
    sha256 = models.CharField(max_length=64, db_index=True, help_text="Of the bytes that are kept.")
    received_sha256 = models.CharField(max_length=64, help_text="Of the bytes that arrived; evidence, and idempotence.")
    size = models.PositiveIntegerField(help_text="Bytes kept.")
    mime = models.CharField(max_length=32)
    pages = models.PositiveSmallIntegerField(help_text="1 for a picture.")
    scan = models.CharField(max_length=12, choices=Scan.choices)
    valid_until = models.DateField(null=True, help_text="Last day on which it may be used again; null: no end.")
    stored_at = models.DateTimeField()
    lane = models.CharField(max_length=8, choices=Lane.choices, default=Lane.REAL)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "document_type", "received_sha256"], name="file_once"),
            models.CheckConstraint(condition=Q(scan__in=Scan.values), name="file_scan_known"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_hash_is_one"),
            models.CheckConstraint(condition=Q(mime__in=MIMES), name="file_mime_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner", "document_type", "-stored_at"], name="file_of_owner"),
            models.Index(fields=["stored_at"], name="file_waiting", condition=Q(scan="waiting")),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="file_is_what_it_was",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__sha256__df=pgtrigger.F("new__sha256"))
                | pgtrigger.Q(old__received_sha256__df=pgtrigger.F("new__received_sha256"))
                | pgtrigger.Q(old__owner__df=pgtrigger.F("new__owner")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_type} {self.id}"

    @property
    def blocked(self) -> bool:
        """Must nobody but its owner's browser have come near it yet?"""
        return self.scan in (Scan.WAITING, Scan.INFECTED)


class EvidenceFile(models.Model):
    """A file of nobody's vault: evidence of a levy, or a photo of a visit. It has no owner, and no name.

    Whoever took it knows what it belongs to; nobody finds it by a person.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True, help_text="Of the bytes that are kept.")
    size = models.PositiveIntegerField(help_text="Bytes kept.")
    mime = models.CharField(max_length=32, help_text="What the bytes are.")
    pages = models.PositiveSmallIntegerField(help_text="1 for a picture.")
    scan = models.CharField(max_length=12, choices=Scan.choices, help_text="What the virus scanner said.")
    stored_at = models.DateTimeField(help_text="When it came.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(scan__in=Scan.values), name="evidence_scan_known"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="evidence_hash_is_one"),
            models.CheckConstraint(condition=Q(mime__in=MIMES), name="evidence_mime_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["stored_at"], name="evidence_waiting", condition=Q(scan="waiting")),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="evidence_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="evidence_is_what_it_was",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__sha256__df=pgtrigger.F("new__sha256")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def blocked(self) -> bool:
        """Must nobody open it yet, or ever?"""
        return self.scan in (Scan.WAITING, Scan.INFECTED)

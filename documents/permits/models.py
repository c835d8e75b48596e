"""The document of a permit: one row and one sealed file for each, for ever."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id


class DocumentState(models.TextChoices):
    """`failed` is no end: the next attempt goes on where the last one stopped."""

    RENDERED = "rendered", _("Tersusun")
    SEALED = "sealed", _("Bersegel")
    FAILED = "failed", _("Gagal, akan dicoba lagi")


class PermitDocument(models.Model):
    """The PDF of one permit: first rendered, then sealed. Files are named by hash in the vault's folder."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    permit = models.OneToOneField("workflows.Permit", models.PROTECT, related_name="document")
    template_version = models.CharField(max_length=16, help_text="Layout that it was rendered with.")
    state = models.CharField(max_length=12, choices=DocumentState.choices)
    unsigned_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the rendered bytes.")
    sealed_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the bytes that are handed out.")
    size = models.PositiveIntegerField(default=0, help_text="Bytes of the sealed file.")
    signer = models.CharField(max_length=32, blank=True, help_text="Which signer sealed it, e.g. `local`.")
    certified = models.BooleanField(default=False, help_text="By a certificate of an Indonesian PSrE?")
    failures = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True, help_text="Class of the last failure; no personal data.")
    rendered_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=DocumentState.values), name="permitdocument_state_known"),
            models.CheckConstraint(
                condition=~Q(state="sealed")
                | (Q(sealed_sha256__regex=r"^[0-9a-f]{64}$") & Q(unsigned_sha256__regex=r"^[0-9a-f]{64}$")),
                name="permitdocument_sealed_has_both_hashes",
            ),
            models.CheckConstraint(
                condition=~Q(state="rendered") | ~Q(unsigned_sha256=""), name="permitdocument_rendered_has_hash"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["sealed_sha256"], name="permitdocument_sealed"),
            models.Index(fields=["unsigned_sha256"], name="permitdocument_unsigned"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="permitdocument_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="permitdocument_rendered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__permit__df=pgtrigger.F("new__permit"))
                | (
                    ~pgtrigger.Q(old__unsigned_sha256="")
                    & pgtrigger.Q(old__unsigned_sha256__df=pgtrigger.F("new__unsigned_sha256"))
                ),
            ),
            pgtrigger.Protect(
                name="permitdocument_sealed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="sealed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.permit_id} {self.state}"

"""The document of a letter: one row for each kind of a case, its words kept for good, and one sealed file."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id
from documents.letters.kinds import LetterKind


class LetterState(models.TextChoices):
    """`failed` is no end: the next attempt goes on where the last one stopped."""

    COMPOSED = "composed", _("Tertulis")
    RENDERED = "rendered", _("Tersusun")
    SEALED = "sealed", _("Bersegel")
    FAILED = "failed", _("Gagal, akan dicoba lagi")


def _changed(name: str) -> pgtrigger.Q:
    return pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")})


class Letter(models.Model):
    """One letter to an applicant: composed, then rendered, then sealed. Files are named by hash in the vault."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("workflows.Case", models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=24, choices=LetterKind.choices)
    words = models.JSONField(help_text="Every word of it, as composed.")
    number = models.CharField(max_length=64, help_text="As printed; names the file that is downloaded.")
    template_version = models.CharField(max_length=16, help_text="Layout that it was rendered with.")
    state = models.CharField(max_length=12, choices=LetterState.choices, default=LetterState.COMPOSED)
    unsigned_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the rendered bytes.")
    sealed_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the bytes that are handed out.")
    size = models.PositiveIntegerField(default=0, help_text="Bytes of the sealed file.")
    signer = models.CharField(max_length=32, blank=True, help_text="Which signer sealed it, e.g. `local`.")
    certified = models.BooleanField(default=False, help_text="By a certificate of an Indonesian PSrE?")
    failures = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True, help_text="Class of the last failure; no personal data.")
    composed_at = models.DateTimeField()
    rendered_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "kind"], name="letter_once_a_kind"),
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="letter_kind_known"),
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letter_state_known"),
            models.CheckConstraint(
                condition=~Q(state="sealed")
                | (Q(sealed_sha256__regex=r"^[0-9a-f]{64}$") & Q(unsigned_sha256__regex=r"^[0-9a-f]{64}$")),
                name="letter_sealed_has_both_hashes",
            ),
            models.CheckConstraint(
                condition=~Q(state="rendered") | ~Q(unsigned_sha256=""), name="letter_rendered_has_hash"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["sealed_sha256"], name="letter_sealed"),
            models.Index(fields=["unsigned_sha256"], name="letter_unsigned"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="letter_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="letter_words_kept",
                operation=pgtrigger.Update,
                condition=_changed("case") | _changed("kind") | _changed("words") | _changed("number"),
            ),
            pgtrigger.Protect(
                name="letter_rendered_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__unsigned_sha256="") & _changed("unsigned_sha256"),
            ),
            pgtrigger.Protect(
                name="letter_sealed_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__state="sealed")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} {self.state}"

"""One-time links by which an agency without a computer answers: one case, one action, one named person.

The token of a link is computed from its id under the key of the blind indexes and never kept, so that a copy of the
database opens nothing and the worker that sends the mail can compute it anew. The table knows its SHA-256 only.
"""

import hashlib
import re
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import ClassVar, Final
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id
from agencies.sealing import blind_index
from workflows.cases.advice import Recommendation, RecommendationState
from workflows.cases.machine import CaseState
from workflows.cases.models import Case

LIVES: Final = timedelta(days=14)
"""How long a link opens: two office weeks. A late answer is an answer, so it may outlive the agency's own term."""
_SHAPE = re.compile(r"[\w-]{43}", re.ASCII)


def token_of(link_id: UUID) -> str:
    """What stands in the address: 256 bits that nobody guesses and no table holds."""
    raw = bytes.fromhex(blind_index(str(link_id), purpose="advice.link"))
    return urlsafe_b64encode(raw).decode().rstrip("=")


def digest_of(token: str) -> str:
    """What the table knows of a token; nothing for a text that is no token."""
    return hashlib.sha256(token.encode()).hexdigest() if _SHAPE.fullmatch(token) else ""


class AdviceLink(models.Model):
    """Leave for one officer of an agency to answer one recommendation without a log-in, once and for a time."""

    class Way(models.TextChoices):
        MAIL = "mail", _("Surel")
        LETTER = "letter", _("Surat cetak dengan kode QR")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token; the token is nowhere.")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="links", help_text="The one thing that it opens."
    )
    round = models.PositiveSmallIntegerField(help_text="Round of the recommendation; asked anew, it is dead.")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The officer of the agency to whom it was given, and in whose name it answers.",
    )
    way = models.CharField(max_length=8, choices=Way.choices, help_text="How it reaches her.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", help_text="Who sent it."
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="From this moment on it opens nothing.")
    printed_at = models.DateTimeField(null=True, help_text="When its letter was printed; that happens once.")
    used_at = models.DateTimeField(null=True, help_text="When she answered by it.")
    revoked_at = models.DateTimeField(null=True, help_text="When it was revoked, or another one took its place.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["recommendation"], condition=Q(used_at=None, revoked_at=None), name="advice_link_one_live"
            ),
            models.UniqueConstraint(
                fields=["recommendation", "round"], condition=~Q(used_at=None), name="advice_link_one_answer"
            ),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="advice_link_digest"),
            models.CheckConstraint(condition=Q(way__in=["mail", "letter"]), name="advice_link_way_known"),
            models.CheckConstraint(condition=~Q(created_by=F("to")), name="advice_link_not_to_oneself"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="advice_link_ends_later"),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(used_at__lt=F("expires_at"), revoked_at=None),
                name="advice_link_used_while_it_opened",
            ),
            models.CheckConstraint(condition=Q(printed_at=None) | Q(way="letter"), name="advice_link_letter_printed"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="advice_link_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="advice_link_only_ends",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__used_at__isnull=False)
                | pgtrigger.Q(old__revoked_at__isnull=False)
                | pgtrigger.Q(old__printed_at__isnull=False, old__printed_at__df=pgtrigger.F("new__printed_at"))
                | pgtrigger.Q(old__digest__df=pgtrigger.F("new__digest"))
                | pgtrigger.Q(old__recommendation__df=pgtrigger.F("new__recommendation"))
                | pgtrigger.Q(old__round__df=pgtrigger.F("new__round"))
                | pgtrigger.Q(old__to__df=pgtrigger.F("new__to"))
                | pgtrigger.Q(old__way__df=pgtrigger.F("new__way"))
                | pgtrigger.Q(old__created_by__df=pgtrigger.F("new__created_by"))
                | pgtrigger.Q(old__created_at__df=pgtrigger.F("new__created_at"))
                | pgtrigger.Q(old__expires_at__df=pgtrigger.F("new__expires_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.id}"

    @classmethod
    def made(cls, own: Recommendation, *, to: UUID, by: UUID, way: str, at: datetime) -> "AdviceLink":
        """A new one, not saved."""
        link = cls(recommendation=own, round=own.round, to_id=to, created_by_id=by, way=way, created_at=at)
        link.expires_at = at + LIVES
        link.digest = digest_of(token_of(link.pk))
        return link

    def dead(self, advice: Recommendation, case: Case, at: datetime) -> str | Promise:
        """Why it opens nothing at that moment, in one sentence; empty while it does."""
        if self.used_at:
            return DEAD["used"]
        if self.revoked_at:
            return DEAD["revoked"]
        if case.state != CaseState.AWAITING_RECOMMENDATIONS:
            return DEAD["decided"]
        if advice.state != RecommendationState.ASKED or advice.round != self.round:
            return DEAD["closed"]
        return DEAD["expired"] if at >= self.expires_at else ""


DEAD: Final[dict[str, Promise]] = {
    "used": _("Tautan ini sudah dipakai untuk menjawab dan tidak berlaku lagi."),
    "revoked": _("Tautan ini sudah dicabut atau diganti. Pakailah tautan terbaru dari Mal."),
    "decided": _("Permohonan ini tidak lagi menunggu rekomendasi, jadi tautan ini tidak berlaku lagi."),
    "closed": _("Permintaan rekomendasi ini sudah ditutup atau diminta ulang, jadi tautan ini tidak berlaku lagi."),
    "expired": _("Masa berlaku tautan ini sudah lewat. Mintalah tautan baru kepada Mal."),
}
"""What is told of a link that opens nothing."""

"""What an office did to a permit after it was issued: rows that are only ever added."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id


class ActionKind(models.TextChoices):
    SUSPENDED = "suspended", _("Dibekukan")
    RESUMED = "resumed", _("Pembekuan diakhiri")
    PROPOSED = "proposed", _("Pencabutan diusulkan")
    DROPPED = "dropped", _("Usul pencabutan dibatalkan")
    REVOKED = "revoked", _("Dicabut")


BURDENS: tuple[str, ...] = (ActionKind.SUSPENDED, ActionKind.PROPOSED, ActionKind.REVOKED)
"""Kinds that take something from the holder, and so need a law and a remedy (UU 30/2014)."""


class PermitAction(models.Model):
    """One act on one permit: what, why, by which law, by whom, and who signed second."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    permit = models.ForeignKey("workflows.Permit", on_delete=models.PROTECT, related_name="actions")
    kind = models.CharField(max_length=16, choices=ActionKind.choices, help_text="What was done.")
    reason = models.TextField(help_text="Why, for the holder to read.")
    legal_basis = models.TextField(blank=True, help_text="By which law.")
    remedy = models.TextField(blank=True, help_text="Where and until when the holder can object.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", help_text="Who signed first."
    )
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Who signed second; a revocation has two signatures of two people.",
    )
    at = models.DateTimeField(help_text="When it took effect.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ActionKind.values), name="permitaction_kind_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="permitaction_has_reason"),
            models.CheckConstraint(
                condition=~Q(kind__in=BURDENS) | (~Q(legal_basis="") & ~Q(remedy="")),
                name="permitaction_burden_has_law_and_remedy",
            ),
            models.CheckConstraint(
                condition=(~Q(kind=ActionKind.REVOKED) & Q(seconded_by=None))
                | (Q(kind=ActionKind.REVOKED, seconded_by__isnull=False) & ~Q(seconded_by=F("by"))),
                name="permitaction_revoked_by_two",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["permit", "at"], name="permitaction_of_permit")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="permitaction_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.kind

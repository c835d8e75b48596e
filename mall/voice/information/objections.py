"""The objection to an answer or to silence, to the superior of the PPID (UU 14/2008 art. 35-36)."""

from typing import ClassVar
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.choices import Role
from agencies.errors import Missing
from agencies.ids import new_id
from agencies.sealing import SealedTextField
from mall.voice.information.models import InformationRequest, filled
from mall.voice.levies.models import changed


class Reason(models.TextChoices):
    """UU 14/2008 art. 35(1)."""

    A = "a", _("Permintaan ditolak dengan alasan pengecualian (huruf a)")
    B = "b", _("Informasi berkala tidak disediakan (huruf b)")
    C = "c", _("Permintaan tidak ditanggapi (huruf c)")
    D = "d", _("Permintaan ditanggapi tidak sebagaimana yang diminta (huruf d)")
    E = "e", _("Permintaan tidak dipenuhi (huruf e)")
    F = "f", _("Biaya yang dikenakan tidak wajar (huruf f)")
    G = "g", _("Informasi disampaikan melebihi waktu (huruf g)")


class Verdict(models.TextChoices):
    UPHELD = "upheld", _("Keberatan dikabulkan")
    PARTLY = "partly", _("Keberatan dikabulkan sebagian")
    REJECTED = "rejected", _("Keberatan ditolak")


class InformationObjection(models.Model):
    """One objection to one request; what was filed and answered never changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True, help_text="In the register, e.g. `KIP-2026-000002`.")
    request = models.OneToOneField(
        InformationRequest, models.PROTECT, related_name="objection", help_text="Against which request's answer."
    )
    reason = models.CharField(max_length=1, choices=Reason.choices, help_text="Letter of art. 35(1).")
    text = SealedTextField(help_text="The requester's words.")
    filed_at = models.DateTimeField(help_text="When it came.")
    due_at = models.DateTimeField(null=True, help_text="Until when it must be answered; null: no calendar yet.")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", help_text="Which office answers.")
    post = models.CharField(
        max_length=16, choices=[(Role.HEAD, "head"), (Role.DEPUTY, "deputy")], default=Role.HEAD, help_text="Who there."
    )
    vacant_since = models.DateTimeField(null=True, help_text="Since when nobody holds a post that could answer.")
    silent_at = models.DateTimeField(null=True, help_text="When it was noted that the term had passed in silence.")
    verdict = models.CharField(max_length=12, blank=True, choices=Verdict.choices, help_text="What was decided.")
    answer = SealedTextField(help_text="The superior's decision in words.")
    answered_at = models.DateTimeField(null=True, help_text="When it was answered.")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="The superior."
    )
    dispute_until = models.DateField(null=True, help_text="Last day (WIB) of a dispute; null: not begun, no calendar.")
    response = SealedTextField(help_text="What the requester says to the decision.")
    responded_at = models.DateTimeField(null=True, help_text="When she said it.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="info_objection_reason_known"),
            models.CheckConstraint(condition=Q(post__in=["head", "deputy"]), name="info_objection_post_known"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, verdict="")
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False, verdict__in=Verdict.values)
                    & filled("answer")
                ),
                name="info_objection_answer_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "due_at", "id"], name="info_objection_open", condition=Q(answered_at=None)),
            models.Index(fields=["-filed_at", "-id"], name="info_objection_register"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="info_objection_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="info_objection_told_once",
                operation=pgtrigger.Update,
                condition=changed("number", "request_id", "reason", "text", "filed_at"),
            ),
            pgtrigger.Protect(
                name="info_objection_due_forward",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.due_at IS NOT NULL AND (NEW.due_at IS NULL OR NEW.due_at < OLD.due_at)"
                ),
            ),
            pgtrigger.Protect(
                name="info_objection_answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.answered_at IS NOT NULL AND (OLD.answer IS DISTINCT FROM NEW.answer OR "
                    "OLD.verdict IS DISTINCT FROM NEW.verdict OR OLD.answered_at IS DISTINCT FROM NEW.answered_at)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def locked(cls, objection_id: UUID) -> "InformationObjection":
        """The locked request first, then its locked objection; `Missing` if there is none."""
        found = cls.objects.filter(pk=objection_id).values_list("request_id", flat=True).first()
        if found is None:
            raise Missing
        request = InformationRequest.locked(found)
        objection = cls.objects.select_for_update(of=("self",)).get(pk=objection_id)
        objection.request = request
        request.objection = objection
        return objection

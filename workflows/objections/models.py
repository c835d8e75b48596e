"""Objection (keberatan) and appeal (banding administratif): a small machine beside the case's own."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from agencies.ids import new_id
from agencies.models import Role
from workflows.cases.machine import HeldState, Instance
from workflows.cases.mandates import Ground
from workflows.states import StateField, keeps_its_edges


class ObjectionState(models.TextChoices):
    FILED = "filed", _("Diajukan, menunggu jawaban")
    UPHELD = "upheld", _("Dikabulkan")
    REJECTED = "rejected", _("Ditolak")
    DEEMED_UPHELD = "deemed_upheld", _("Dianggap dikabulkan karena tidak dijawab")
    WITHDRAWN = "withdrawn", _("Ditarik pemohon")


At = ObjectionState


@keeps_its_edges("objection_state_edges")
class Objection(HeldState):
    """One remedy against one decision: filed by the applicant, answered by the superior, or by silence.

    One of each instance in a case's life. What was filed and what was answered never changes; the end of the time
    for an answer only moves forward.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="objections")
    decision = models.ForeignKey(
        "workflows.Decision", on_delete=models.PROTECT, related_name="objections", help_text="The refusal contested."
    )
    instance = models.CharField(max_length=12, choices=Instance.choices, help_text="Objection or appeal.")
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+", help_text="Which office answers."
    )
    post = models.CharField(
        max_length=16, choices=[(Role.HEAD, "head"), (Role.DEPUTY, "deputy")], default=Role.HEAD, help_text="Who there."
    )
    vacant_since = models.DateTimeField(null=True, help_text="Since when nobody holds a post that could answer.")
    key = models.UUIDField(null=True, unique=True, help_text="Makes filing idempotent.")
    state = StateField(max_length=16, choices=ObjectionState.choices, default=At.FILED)
    reason = models.TextField(help_text="Why the applicant does not agree.")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="Until when it must be answered; afterwards the law upholds it.")
    answer = models.TextField(blank=True, help_text="What the superior answered, and why.")
    legal_basis = models.TextField(blank=True)
    remedy = models.TextField(blank=True, help_text="Where the applicant can go from here.")
    appeal_until = models.DateField(null=True, help_text="Last day of the appeal, where one is left; WIB.")
    signature = models.JSONField(default=dict, blank=True, help_text="The block of the signature, composed then.")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, help_text="When it was answered, deemed upheld or withdrawn.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "instance"], name="objection_once_an_instance"),
            models.UniqueConstraint(fields=["case"], condition=Q(state="filed"), name="objection_one_open"),
            models.CheckConstraint(condition=Q(state__in=At.values), name="objection_state_known"),
            models.CheckConstraint(condition=Q(instance__in=["objection", "appeal"]), name="objection_instance_known"),
            models.CheckConstraint(condition=Q(post__in=["head", "deputy"]), name="objection_post_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="objection_says_why"),
            models.CheckConstraint(
                condition=Q(state="filed", closed_at=None) | (~Q(state="filed") & Q(closed_at__gte=F("filed_at"))),
                name="objection_closed_iff_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["upheld", "rejected"])
                | (~Q(answer="") & ~Q(legal_basis="") & Q(answered_by__isnull=False)),
                name="objection_answer_has_reason_and_law",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "due_at", "id"], name="objection_worklist", condition=Q(state="filed")),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="objection_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="objection_closed_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False)
                | pgtrigger.Q(old__reason__df=pgtrigger.F("new__reason"))
                | pgtrigger.Q(old__filed_at__df=pgtrigger.F("new__filed_at"))
                | pgtrigger.Q(old__due_at__gt=pgtrigger.F("new__due_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instance} {self.state}"

    @transition(field=state, source=At.FILED, target=At.UPHELD)
    def uphold(self) -> None:
        """The superior finds it right; the case opens again."""

    @transition(field=state, source=At.FILED, target=At.REJECTED)
    def reject(self) -> None:
        """The superior finds it wrong, and says why and by what law."""

    @transition(field=state, source=At.FILED, target=At.DEEMED_UPHELD)
    def deem_upheld(self) -> None:
        """Nobody answered in time (UU 30/2014 art. 77, 78)."""

    @transition(field=state, source=At.FILED, target=At.WITHDRAWN)
    def withdraw(self) -> None:
        """The applicant takes it back; the refusal stands."""


class ObjectionMandate(Ground):
    """On what ground somebody filed it at the counter."""

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="mandate")

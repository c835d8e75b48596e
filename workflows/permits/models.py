"""The permit register and its gapless numbers."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from agencies.ids import new_id
from agencies.models import Lane
from workflows.cases.machine import HeldState
from workflows.states import StateField, keeps_its_edges


class NumberSeries(models.Model):
    """A counter: one row for each series, unit, WIB year and lane. Its lock makes numbers gapless.

    A series of permits is the template that prints them: services that print alike count together, so that
    no two permits carry one number.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.CharField(max_length=120, help_text="The template of permit numbers, or `receipt`.")
    unit = models.CharField(max_length=32, blank=True)
    year = models.PositiveSmallIntegerField()
    lane = models.CharField(max_length=8, choices=Lane.choices)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "unit", "year", "lane"], name="series_one_counter"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="series_never_back",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(new__last=pgtrigger.F("old__last") + 1),
            ),
            pgtrigger.Protect(name="series_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.unit} {self.year}: {self.last}"


class PermitStatus(models.TextChoices):
    ACTIVE = "active", _("Berlaku")
    SUPERSEDED = "superseded", _("Digantikan")
    SUSPENDED = "suspended", _("Dibekukan")
    REVOKED = "revoked", _("Dicabut")
    EXPIRED = "expired", _("Habis masa berlaku")


P = PermitStatus


@keeps_its_edges("permit_status_edges", field="status")
class Permit(HeldState):
    """The product of a favourable case: rendered by us, or recorded from the system that made it.

    `frozen` is all that the document prints, fixed at the moment of approval.
    """

    _held = "status"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField("workflows.Case", on_delete=models.PROTECT, related_name="permit")
    kind = models.CharField(max_length=16, help_text="rendered, recorded or none.")
    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, null=True, related_name="permits")
    seq = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=120, blank=True)
    lane = models.CharField(max_length=8, choices=Lane.choices, default=Lane.REAL)
    code = models.CharField(max_length=32, unique=True, help_text="Verification code, at least 64 random bits.")
    status = StateField(max_length=16, choices=PermitStatus.choices, default=P.ACTIVE)
    granted_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, help_text="Last day; null when it does not end by date.")
    frozen = models.JSONField(default=dict)
    copy_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="copies",
        help_text="The permit that this is a duplicate of; it bears the same number and stands or falls with it.",
    )
    remind_on = models.DateField(null=True, help_text="When the holder is next reminded of the end; null for never.")
    document_id = models.UUIDField(null=True, help_text="The sealed PDF, by its id in `documents`.")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the sealed bytes.")
    issued_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "seq"], name="permit_number_once"),
            models.UniqueConstraint(
                fields=["number"], condition=Q(kind="rendered", copy_of=None), name="permit_printed_number_once"
            ),
            models.CheckConstraint(condition=Q(status__in=P.values), name="permit_status_known"),
            models.CheckConstraint(
                condition=~Q(kind="rendered")
                | (Q(copy_of=None, series__isnull=False, seq__isnull=False) & ~Q(number=""))
                | (Q(copy_of__isnull=False, series=None, seq=None) & ~Q(number="")),
                name="permit_rendered_is_numbered",
            ),
            models.CheckConstraint(
                condition=Q(copy_of=None) | Q(kind="rendered", status=P.ACTIVE), name="permit_copy_has_no_status"
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None) | ~Q(kind="rendered") | ~Q(sha256=""), name="permit_issued_is_sealed"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["number"], name="permit_number"),
            models.Index(fields=["valid_until"], name="permit_ending", condition=Q(status__in=[P.ACTIVE, P.SUSPENDED])),
            models.Index(fields=["remind_on"], name="permit_reminding", condition=Q(remind_on__isnull=False)),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="permit_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="permit_number_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__seq__df=pgtrigger.F("new__seq"))
                | pgtrigger.Q(old__code__df=pgtrigger.F("new__code"))
                | pgtrigger.Q(old__frozen__df=pgtrigger.F("new__frozen"))
                | pgtrigger.Q(old__copy_of__df=pgtrigger.F("new__copy_of"))
                | (pgtrigger.Q(old__kind="rendered") & pgtrigger.Q(old__number__df=pgtrigger.F("new__number"))),
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.id)

    @property
    def may_be_revoked(self) -> bool:
        """Is it still worth something that could be taken back?"""
        return self.status in (P.ACTIVE, P.SUSPENDED)

    @transition(field=status, source=P.ACTIVE, target=P.SUSPENDED)
    def suspend(self) -> None:
        """It may not be used for now."""

    @transition(field=status, source=P.SUSPENDED, target=P.ACTIVE)
    def resume(self) -> None:
        """The suspension ends."""

    @transition(field=status, source=[P.ACTIVE, P.SUSPENDED], target=P.REVOKED)
    def revoke(self) -> None:
        """It is taken back."""

    @transition(field=status, source=[P.ACTIVE, P.SUSPENDED], target=P.SUPERSEDED)
    def supersede(self) -> None:
        """A later permit stands in its place."""

    @transition(field=status, source=[P.ACTIVE, P.SUSPENDED], target=P.EXPIRED)
    def expire(self) -> None:
        """Its last day has passed."""

"""What a case owes, the bill for it, and the money that came. Rupiah are integers; there is no cash."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from agencies.ids import new_id
from workflows.cases.machine import HeldState


class ChargeState(models.TextChoices):
    ASSESSED = "assessed", _("Ditetapkan")
    BILLED = "billed", _("Ditagihkan")
    PAID = "paid", _("Lunas")
    CANCELLED = "cancelled", _("Batal")


C = ChargeState


class Charge(HeldState):
    """The fee of one case, computed from the frozen answers by the pinned definition."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField("workflows.Case", on_delete=models.PROTECT, related_name="charge")
    amount = models.PositiveBigIntegerField(help_text="Rupiah.")
    lines = models.JSONField(help_text="The calculation line by line: label, rupiah and the article.")
    law = models.TextField(help_text="The article that allows it.")
    state = FSMField(max_length=16, choices=ChargeState.choices, default=C.ASSESSED, protected=True)
    assessed_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=C.values), name="charge_state_known"),
            models.CheckConstraint(condition=~Q(law=""), name="charge_has_law"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="charge_is_positive"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="charge_amount_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__amount__df=pgtrigger.F("new__amount")),
            )
        ]

    def __str__(self) -> str:
        return f"Rp {self.amount} {self.state}"

    @transition(field=state, source=C.ASSESSED, target=C.BILLED)
    def bill(self) -> None:
        """A gateway has issued a bill for it."""

    @transition(field=state, source=[C.ASSESSED, C.BILLED], target=C.PAID)
    def pay(self) -> None:
        """The whole amount has come."""

    @transition(field=state, source=[C.ASSESSED, C.BILLED], target=C.CANCELLED)
    def cancel(self) -> None:
        """The case ended without it."""


class Bill(models.Model):
    """A gateway's bill for one charge, bound to the case, with an amount that cannot change."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    charge = models.OneToOneField(Charge, on_delete=models.PROTECT, related_name="bill_row")
    gateway = models.CharField(max_length=32)
    gateway_ref = models.CharField(max_length=64, help_text="The gateway's name for the bill.")
    pay_code = models.CharField(max_length=64, help_text="What the payer types: a virtual account or QRIS id.")
    pay_url = models.CharField(max_length=400, blank=True)
    amount = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gateway", "gateway_ref"], name="bill_gateway_ref_once"),
        ]

    def __str__(self) -> str:
        return self.pay_code


class Payment(models.Model):
    """Money that a gateway says has come. Each gateway payment id is taken once."""

    class Status(models.TextChoices):
        ACCEPTED = "accepted", _("Diterima")
        DOUBLE = "double", _("Pembayaran ganda")
        LATE = "late", _("Terlambat")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="payments")
    gateway = models.CharField(max_length=32)
    payment_ref = models.CharField(max_length=64)
    amount = models.PositiveBigIntegerField()
    status = models.CharField(max_length=16, choices=Status.choices)
    paid_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gateway", "payment_ref"], name="payment_ref_once"),
            models.UniqueConstraint(fields=["bill"], condition=Q(status="accepted"), name="payment_one_accepted"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="payment_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.payment_ref} {self.status}"


class RefundTask(models.Model):
    """Money to give back: somebody must do it, and somebody else must agree."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="refund")
    amount = models.PositiveBigIntegerField()
    opened_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("requested_by")), name="refund_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"Rp {self.amount}"

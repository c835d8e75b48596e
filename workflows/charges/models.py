"""What a case owes, the bill for it, and the money that came. Rupiah are integers; there is no cash."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from agencies.ids import new_id
from workflows.cases.machine import HeldState
from workflows.states import StateField

FREE_BY_LAW = """
    IF EXISTS (
        SELECT 1 FROM workflows_case c JOIN workflows_serviceversion v ON v.id = c.service_version_id
        WHERE c.id = NEW.case_id AND v.body -> 'population_document' = 'true'
    ) THEN
        RAISE EXCEPTION 'a population document is free (UU 24/2013 art. 79A)' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
"""An official who charges for one commits a crime (art. 95B), so no path of the code may."""


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
    state = StateField(max_length=16, choices=ChargeState.choices, default=C.ASSESSED)
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
                condition=pgtrigger.Q(old__amount__df=pgtrigger.F("new__amount"))
                | pgtrigger.Q(old__lines__df=pgtrigger.F("new__lines"))
                | pgtrigger.Q(old__law__df=pgtrigger.F("new__law"))
                | pgtrigger.Q(old__case__df=pgtrigger.F("new__case")),
            ),
            pgtrigger.Protect(name="charge_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="charge_not_for_population_documents",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=FREE_BY_LAW,
            ),
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

    def note_once(self) -> bool:
        """Insert the row unless the gateway's id is known already; False then. One statement."""
        named: dict[str, Any] = {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}
        columns, places = ", ".join(named), ", ".join(["%s"] * len(named))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO workflows_payment ({columns}) VALUES ({places}) "  # noqa: S608 - our own columns
                "ON CONFLICT (gateway, payment_ref) DO NOTHING RETURNING id",
                list(named.values()),
            )
            return cursor.fetchone() is not None


class RefundState(models.TextChoices):
    OPEN = "open", _("Belum diajukan")
    REQUESTED = "requested", _("Menunggu tanda tangan kedua")
    DONE = "done", _("Sudah dikembalikan")


class RefundTask(HeldState):
    """Money to give back: somebody arranges it, somebody else confirms that it has gone, before a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.OneToOneField(
        Payment, on_delete=models.PROTECT, related_name="refund", help_text="The money that nobody owed."
    )
    amount = models.PositiveBigIntegerField(help_text="Rupiah.")
    state = StateField(max_length=12, choices=RefundState.choices, default=RefundState.OPEN, help_text="How far it is.")
    opened_at = models.DateTimeField(help_text="When the payment came.")
    due_at = models.DateTimeField(help_text="Until when it must be back.")
    reason = models.TextField(blank=True, help_text="How it goes back and why, in the words of the first signature.")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="First signature."
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="Second signature."
    )
    done_at = models.DateTimeField(null=True, help_text="When the second signature was given.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("requested_by")), name="refund_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state="open", requested_by=None, confirmed_by=None, done_at=None)
                | Q(state="requested", requested_by__isnull=False, confirmed_by=None, done_at=None)
                | Q(state="done", requested_by__isnull=False, confirmed_by__isnull=False, done_at__isnull=False),
                name="refund_state_is_its_signatures",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_at", "id"], name="refund_open", condition=~Q(state="done"))]
        triggers: ClassVar = [pgtrigger.Protect(name="refund_not_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Rp {self.amount} {self.state}"

    @transition(field=state, source=RefundState.OPEN, target=RefundState.REQUESTED)
    def request(self) -> None:
        """The first signature: the repayment is arranged."""

    @transition(field=state, source=RefundState.REQUESTED, target=RefundState.DONE)
    def confirm(self) -> None:
        """The second signature: the money has gone back."""

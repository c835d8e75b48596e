"""What a bank reported, and every difference from the books until two people have settled it."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from agencies.ids import new_id
from workflows.cases.machine import HeldState
from workflows.states import StateField


class BankFile(models.Model):
    """One file of one day, as it was handed in. Its lines are never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    day = models.DateField(help_text="The day (WIB) that it is about.")
    sha256 = models.CharField(max_length=64, unique=True, help_text="Of its bytes, hex: the same file is taken once.")
    lines = models.PositiveIntegerField(help_text="How many payments it names.")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", help_text="Who.")
    taken_at = models.DateTimeField(help_text="When.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-day", "id"], name="bankfile_day")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="bankfile_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class BankLine(models.Model):
    """One payment that reached the treasury's account."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="rows", help_text="Where it stood.")
    number = models.PositiveIntegerField(help_text="Its line in the file, from 1.")
    booked_on = models.DateField(help_text="The bank's day.")
    reference = models.CharField(max_length=64, unique=True, help_text="The gateway's name for the payment.")
    amount = models.PositiveBigIntegerField(help_text="Rupiah.")
    description = models.CharField(max_length=200, blank=True, help_text="What the bank wrote beside it.")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount__gt=0), name="bankline_is_money")]
        indexes: ClassVar = [models.Index(fields=["booked_on"], name="bankline_day")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="bankline_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.reference} Rp {self.amount}"


class DifferenceState(models.TextChoices):
    OPEN = "open", _("Belum dijelaskan")
    EXPLAINED = "explained", _("Menunggu tanda tangan kedua")
    CLOSED = "closed", _("Selesai dijelaskan")
    RESOLVED = "resolved", _("Cocok kemudian")


D = DifferenceState
KINDS = ("bank_only", "ledger_only", "amount")


class Difference(HeldState):
    """A payment on which the bank and the books do not agree. It has an owner until it is settled."""

    class Kind(models.TextChoices):
        BANK_ONLY = "bank_only", _("Hanya di bank")
        LEDGER_ONLY = "ledger_only", _("Hanya di buku")
        AMOUNT = "amount", _("Jumlah berbeda")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    day = models.DateField(help_text="The day of the tie-out that found it.")
    kind = models.CharField(max_length=12, choices=Kind.choices, help_text="How they differ.")
    reference = models.CharField(max_length=64, help_text="The gateway's name for the payment.")
    bank_amount = models.PositiveBigIntegerField(null=True, help_text="Rupiah, as the bank says.")
    ledger_amount = models.PositiveBigIntegerField(null=True, help_text="Rupiah, as the books say.")
    payment = models.ForeignKey(
        "workflows.Payment", on_delete=models.PROTECT, null=True, related_name="+", help_text="In the books."
    )
    state = StateField(max_length=12, choices=D.choices, default=D.OPEN, help_text="How far it is.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", help_text="Who must see to it."
    )
    explanation = models.TextField(blank=True, help_text="Why they differ, and what was done.")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="Second signature."
    )
    found_at = models.DateTimeField(help_text="When it was found.")
    ended_at = models.DateTimeField(null=True, help_text="When it was closed, or resolved itself.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reference", "kind"], name="difference_found_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["bank_only", "ledger_only", "amount"]), name="difference_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "resolved"])
                | (~Q(explanation="") & (Q(state="explained") | Q(state="closed", closed_by__isnull=False))),
                name="difference_state_is_its_signatures",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | ~Q(closed_by=F("owner")), name="difference_two_people"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["day", "id"], name="difference_open", condition=Q(state__in=["open", "explained"]))
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="difference_not_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.reference} {self.kind} {self.state}"

    @transition(field=state, source=D.OPEN, target=D.EXPLAINED)
    def explain(self) -> None:
        """Its owner says why, and what was done."""

    @transition(field=state, source=D.EXPLAINED, target=D.CLOSED)
    def close(self) -> None:
        """Somebody else agrees."""

    @transition(field=state, source=[D.OPEN, D.EXPLAINED], target=D.RESOLVED)
    def resolve(self) -> None:
        """The missing side has come: they agree now."""

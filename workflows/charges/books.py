"""The books: every rupiah that is owed, comes or goes, written twice and never changed."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id
from agencies.models import Lane

BALANCED = """
    IF (SELECT sum(debit) <> sum(credit) FROM workflows_ledgerentry WHERE transaction = NEW.transaction) THEN
        RAISE EXCEPTION 'the ledger transaction % does not balance', NEW.transaction USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


class Account(models.TextChoices):
    """Where money is, or to whom it belongs. The first two grow by debit, the others by credit."""

    RECEIVABLE = "receivable", _("Piutang retribusi")
    TREASURY = "treasury", _("Kas daerah (bank)")
    REVENUE = "revenue", _("Pendapatan retribusi")
    SUSPENSE = "suspense", _("Titipan")
    REFUNDS = "refunds", _("Utang pengembalian")


class Occasion(models.TextChoices):
    """Why something was booked."""

    ASSESSED = "assessed", _("Biaya ditetapkan")
    CANCELLED = "cancelled", _("Tagihan batal")
    PAID = "paid", _("Pembayaran diterima")
    UNEXPECTED = "unexpected", _("Pembayaran ganda atau terlambat")
    REFUND_ARRANGED = "refund_arranged", _("Pengembalian diajukan")
    REFUNDED = "refunded", _("Dana dikembalikan")


class LedgerEntry(models.Model):
    """One side of one booking. The entries of a transaction balance to the rupiah; PostgreSQL asks at its end."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    transaction = models.UUIDField(help_text="What was booked together.", db_index=True)
    occasion = models.CharField(max_length=16, choices=Occasion.choices, help_text="Why.")
    account = models.CharField(max_length=16, choices=Account.choices, help_text="Where.")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, help_text="Whose service earns it.")
    debit = models.PositiveBigIntegerField(default=0, help_text="Rupiah.")
    credit = models.PositiveBigIntegerField(default=0, help_text="Rupiah.")
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="+", help_text="Of which case.")
    charge = models.ForeignKey(
        "workflows.Charge", on_delete=models.PROTECT, related_name="entries", help_text="Of which fee."
    )
    payment = models.ForeignKey(
        "workflows.Payment", on_delete=models.PROTECT, null=True, related_name="+", help_text="By which payment."
    )
    lane = models.CharField(max_length=8, choices=Lane.choices, default=Lane.REAL, help_text="As of the case.")
    at = models.DateTimeField(help_text="When, the moment of the work that booked it.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["charge", "payment", "occasion", "account"],
                name="ledgerentry_booked_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(debit=0, credit__gt=0) | Q(debit__gt=0, credit=0), name="ledgerentry_one_side"
            ),
            models.CheckConstraint(condition=Q(account__in=Account.values), name="ledgerentry_account_known"),
            models.CheckConstraint(condition=Q(occasion__in=Occasion.values), name="ledgerentry_occasion_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "at"], name="ledgerentry_account_at")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="ledgerentry_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="ledgerentry_no_truncate",
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'the ledger is append-only';",
            ),
            pgtrigger.Trigger(
                name="ledgerentry_balanced",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func=BALANCED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.debit or -self.credit}"

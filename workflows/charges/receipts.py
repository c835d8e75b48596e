"""The receipt for a fee that was paid: its own gapless numbers, one for each accepted payment."""

from datetime import datetime
from typing import Any, ClassVar, Final

import pgtrigger
from django.db import connection, models

from agencies import clock
from agencies.ids import new_id
from agencies.models import Lane
from workflows.cases.models import Case
from workflows.charges.models import Payment
from workflows.permits import granting

SERIES: Final = "payment-receipt"
"""The counter of receipts; one for the whole mall and year, whatever the service."""


class Receipt(models.Model):
    """What the payer keeps. The calculation and the article stand on the charge, which never changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payment = models.OneToOneField(
        Payment, on_delete=models.PROTECT, related_name="receipt", help_text="The accepted payment."
    )
    series = models.ForeignKey(
        "workflows.NumberSeries", on_delete=models.PROTECT, related_name="+", help_text="The counter of its number."
    )
    seq = models.PositiveIntegerField(help_text="From 1 in each WIB year, without a gap.")
    number = models.CharField(max_length=32, unique=True, help_text="As printed: KW-2026-000123.")
    code = models.CharField(max_length=32, unique=True, help_text="Verification code, at least 64 random bits.")
    issued_at = models.DateTimeField(help_text="When the payment was accepted.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["series", "seq"], name="receipt_number_once")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="receipt_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.number


_ISSUE = """
WITH next AS (
    INSERT INTO workflows_numberseries (id, series, unit, year, lane, last)
    VALUES (gen_random_uuid(), %(series)s, '', %(year)s, %(lane)s, 1)
    ON CONFLICT (series, unit, year, lane) DO UPDATE SET last = workflows_numberseries.last + 1
    RETURNING id, last
)
INSERT INTO workflows_receipt (id, payment_id, series_id, seq, number, code, issued_at)
SELECT %(id)s, %(payment)s, id, last, %(prefix)s || lpad(last::text, 6, '0'), %(code)s, %(at)s FROM next
RETURNING number
"""


def issue(payment: Payment, lane: str, at: datetime) -> str:
    """Write the receipt of an accepted payment under the next number, and return the number. One statement.

    The counter's row stays locked until the transaction ends, so that a roll-back leaves no gap.
    """
    year = clock.wib_date(at).year
    said: dict[str, Any] = {
        "id": new_id(),
        "series": SERIES,
        "year": year,
        "lane": lane,
        "payment": payment.pk,
        "prefix": f"{'KW' if lane == Lane.REAL else 'UJI-KW'}-{year}-",
        "code": granting.verification_code(),
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ISSUE, said)
        return str(cursor.fetchone()[0])


def receipt_of(case: Case) -> Receipt | None:
    """The receipt of a case whose fee was paid, with payment, bill and charge. One query."""
    rows = Receipt.objects.select_related("payment__bill__charge")
    return rows.filter(payment__bill__charge__case=case).first()


def receipt_under(code: str) -> Receipt | None:
    """The receipt with this verification code, with its charge and the service; nobody's name is read. One query."""
    rows = Receipt.objects.select_related("payment__bill__charge__case__service")
    return rows.defer("payment__bill__charge__case__answers").filter(code=code).first()

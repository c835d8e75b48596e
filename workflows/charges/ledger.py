"""What each event of money writes into the books. Called inside the work that it belongs to; one statement each."""

from datetime import datetime
from typing import Final

from agencies.ids import new_id
from workflows.cases.models import Case
from workflows.charges.books import Account, LedgerEntry, Occasion
from workflows.charges.models import Charge, Payment

SIDES: Final = {
    Occasion.ASSESSED: (Account.RECEIVABLE, Account.REVENUE),
    Occasion.CANCELLED: (Account.REVENUE, Account.RECEIVABLE),
    Occasion.PAID: (Account.TREASURY, Account.RECEIVABLE),
    Occasion.UNEXPECTED: (Account.TREASURY, Account.SUSPENSE),
    Occasion.REFUND_ARRANGED: (Account.SUSPENSE, Account.REFUNDS),
    Occasion.REFUNDED: (Account.REFUNDS, Account.TREASURY),
}
"""For each occasion the account that is debited and the one that is credited.

A fee is owed and earned when it is fixed. Money that nobody owed lies in suspense until its return is arranged, is
then a debt, and leaves the treasury with the second signature.
"""


def book(occasion: Occasion, charge: Charge, case: Case, at: datetime, payment: Payment | None = None) -> None:
    """Write both sides of what has happened to a charge, or to one of its payments. One statement."""
    debited, credited = SIDES[occasion]
    amount = payment.amount if payment else charge.amount
    transaction = new_id()
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            transaction=transaction,
            occasion=occasion,
            account=account,
            agency_id=case.agency_id,
            debit=amount if account == debited else 0,
            credit=amount if account == credited else 0,
            case=case,
            charge=charge,
            payment=payment,
            lane=case.lane,
            at=at,
        )
        for account in (debited, credited)
    )

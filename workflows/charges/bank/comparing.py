"""The comparison itself: one day's bank lines against the money that the books say reached the treasury."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from agencies import clock
from agencies.models import Lane
from workflows.charges.bank.models import BankLine, Difference
from workflows.charges.books import Account, LedgerEntry

KIND: Final = Difference.Kind
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Booked:
    """Money in the books, by the gateway's name for the payment."""

    payment_id: UUID
    amount: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many payments agree and what they sum to, and those that do not."""

    matched: int
    total: int
    differences: tuple[Difference, ...]


def compare(day: date) -> Comparison:
    """One day, as it stands now; the differences are not saved. Three queries.

    A payment is looked for by its reference whatever its day, so that one booked by the bank after midnight agrees.
    """
    bank = dict(BankLine.objects.filter(booked_on=day).values_list("reference", "amount"))
    begin = datetime.combine(day, time(), tzinfo=clock.WIB)
    that_day = _booked(payment__paid_at__gte=begin, payment__paid_at__lt=begin + ONE_DAY)
    books = that_day | _booked(payment__payment_ref__in=bank)
    known = bank | dict(BankLine.objects.filter(reference__in=books).values_list("reference", "amount"))
    agreed = [amount for ref, amount in bank.items() if ref in books and books[ref].amount == amount]
    return Comparison(len(agreed), sum(agreed), tuple(_differences(day, bank, books, known)))


def _booked(**where: object) -> dict[str, Booked]:
    """The payments that the books have put into the treasury; every such entry names its payment."""
    rows = LedgerEntry.objects.filter(account=Account.TREASURY, debit__gt=0, lane=Lane.REAL, **where)
    found = rows.values_list("payment__payment_ref", "payment_id", "debit")
    return {ref: Booked(pk, amount) for ref, pk, amount in found}


def _differences(
    day: date, bank: dict[str, int], books: dict[str, Booked], known: dict[str, int]
) -> Iterable[Difference]:
    for ref, amount in sorted(bank.items()):
        if ref not in books:
            yield Difference(day=day, kind=KIND.BANK_ONLY, reference=ref, bank_amount=amount)
        elif books[ref].amount != amount:
            yield _of(day, KIND.AMOUNT, ref, books[ref], amount)
    for ref, one in sorted(books.items()):
        if ref not in known:
            yield _of(day, KIND.LEDGER_ONLY, ref, one, None)


def _of(day: date, kind: str, ref: str, booked: Booked, bank_amount: int | None) -> Difference:
    return Difference(
        day=day,
        kind=kind,
        reference=ref,
        bank_amount=bank_amount,
        ledger_amount=booked.amount,
        payment_id=booked.payment_id,
    )


def agrees_now(one: Difference) -> bool:
    """Has the side that was missing come, with the same amount? Two queries."""
    bank = BankLine.objects.filter(reference=one.reference).values_list("amount", flat=True).first()
    books = _booked(payment__payment_ref=one.reference).get(one.reference)
    return bank is not None and books is not None and bank == books.amount

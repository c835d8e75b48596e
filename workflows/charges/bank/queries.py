"""Readers of the tie-out and of the books."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet, Sum

from agencies.models import Lane
from workflows import permissions
from workflows.actors import Actor
from workflows.charges.bank.models import BankFile, Difference, DifferenceState
from workflows.charges.books import Account, LedgerEntry


def open_differences(by: Actor) -> QuerySet[Difference]:
    """What is not settled yet, with its owner. One query."""
    permissions.require(permissions.may_tie_out(by))
    rows = Difference.objects.filter(state__in=[DifferenceState.OPEN, DifferenceState.EXPLAINED])
    return rows.select_related("owner")


def difference(by: Actor, difference_id: UUID) -> Difference | None:
    """One difference with those who signed. One query."""
    permissions.require(permissions.may_tie_out(by))
    return Difference.objects.select_related("owner", "closed_by").filter(pk=difference_id).first()


def last_tied(by: Actor) -> date | None:
    """The latest day for which the bank's file was taken. One query."""
    permissions.require(permissions.may_tie_out(by))
    return BankFile.objects.order_by("-day").values_list("day", flat=True).first()


def balances(by: Actor) -> list[tuple[Account, int, int]]:
    """Every account with all that was debited and credited, in the order of the books. One query."""
    permissions.require(permissions.may_tie_out(by))
    rows = LedgerEntry.objects.filter(lane=Lane.REAL).values_list("account").annotate(Sum("debit"), Sum("credit"))
    sums = {account: (debit, credit) for account, debit, credit in rows}
    return [(account, *sums.get(account, (0, 0))) for account in Account]

"""What a case costs: the pinned formula over the frozen answers."""

from datetime import datetime

from workflows.cases import sealing
from workflows.cases.models import Case
from workflows.charges import ledger
from workflows.charges.books import Occasion
from workflows.charges.models import Charge, ChargeState
from workflows.definition import answers as questions
from workflows.definition.answers import FeeQuote


def quote(case: Case) -> FeeQuote:
    """The fee as shown before submitting and as charged: one computation for both."""
    return questions.fee_of(case.definition, sealing.opened(case.definition, case.answers))


def assess(case: Case, fee: FeeQuote, at: datetime) -> Charge:
    """Fix what the case owes, and book it as owed. `fee.total` is positive. Two statements."""
    charge = Charge.objects.create(
        case=case,
        amount=fee.total or 0,
        lines=[{"label": line.label.id, "amount": line.amount, "law": line.law} for line in fee.lines],
        law=fee.law,
        assessed_at=at,
    )
    ledger.book(Occasion.ASSESSED, charge, case, at)
    return charge


def cancel(case: Case, at: datetime) -> None:
    """The case ends without the money: nothing is owed any more. What still comes is given back."""
    charge = case.charge
    if charge.state in (ChargeState.ASSESSED, ChargeState.BILLED):
        charge.cancel()
        charge.save()
        ledger.book(Occasion.CANCELLED, charge, case, at)
    case.amount_due = 0

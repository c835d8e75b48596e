"""Bills and payments. A gateway's word is taken once, and only for the exact amount of an open bill."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.errors import Conflict, Missing
from workflows import permissions
from workflows.actors import Actor
from workflows.cases import deciding
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.cases.work import Work
from workflows.charges import ledger, receipts, refunds
from workflows.charges.books import Occasion
from workflows.charges.models import Bill, Charge, ChargeState, Payment
from workflows.charges.refunds import confirm_refund, request_refund
from workflows.clock import pauses
from workflows.clock.due import Terms
from workflows.definition.model import ProductKind

__all__ = ["confirm_refund", "issue_bill", "request_refund", "take_payment"]


@transaction.atomic
def issue_bill(
    *, charge_id: UUID, by: Actor, gateway: str, gateway_ref: str, pay_code: str, pay_url: str, expires_at: datetime
) -> Bill:
    """Note the bill that a gateway made for a charge; a second one for the same charge is the first."""
    permissions.require(permissions.may_automate(by))
    work = Work.on(_case_of_charge(charge_id), by)
    charge = Charge.objects.select_for_update().get(pk=charge_id)
    existing = Bill.objects.filter(charge=charge).first()
    if existing:
        return existing
    if charge.state != ChargeState.ASSESSED:
        raise work.conflict()
    charge.bill()
    charge.save()
    bill = Bill.objects.create(
        charge=charge,
        gateway=gateway,
        gateway_ref=gateway_ref,
        pay_code=pay_code,
        pay_url=pay_url,
        amount=charge.amount,
        created_at=work.at,
        expires_at=expires_at,
    )
    work.record("charge.billed", {"charge": str(charge.pk), "bill": str(bill.pk)})
    work.finish()
    return bill


def _case_of_charge(charge_id: UUID) -> UUID:
    found = Charge.objects.filter(pk=charge_id).values_list("case_id", flat=True).first()
    if found is None:
        raise Missing(_("Tagihan tidak ditemukan."))
    return found


@transaction.atomic
def take_payment(
    *, by: Actor, gateway: str, gateway_ref: str, payment_ref: str, amount: int, paid_at: datetime
) -> Payment:
    """Take a gateway's word that money has come for a bill; the same word again changes nothing.

    Exact and in time: the charge is paid and receipted, and the case approved. A second or late payment is kept
    and opens a refund task.

    Raises:
        Missing: no such bill.
        Conflict: the amount is not the bill's.
    """
    permissions.require(permissions.may_automate(by))
    work = Work(_case_of_bill(gateway, gateway_ref), by)
    bill = work.case.charge.bill_row
    if amount != bill.amount:
        raise Conflict(_("Jumlah pembayaran tidak sama dengan tagihan."))
    payment = Payment(
        bill=bill,
        gateway=gateway,
        payment_ref=payment_ref,
        amount=amount,
        status=_status(work.case, bill, paid_at),
        paid_at=paid_at,
        recorded_at=work.at,
    )
    if not payment.note_once():
        return _same(Payment.objects.get(gateway=gateway, payment_ref=payment_ref), bill)
    if payment.status == Payment.Status.ACCEPTED:
        _settle(work, payment)
    else:
        refunds.open_task(work, payment)
    work.finish()
    return payment


def _case_of_bill(gateway: str, gateway_ref: str) -> Case:
    """The locked case of a bill, with its charge and the bill. One statement."""
    rows = Case.locking().select_related("charge__bill_row")
    found = rows.filter(charge__bill_row__gateway=gateway, charge__bill_row__gateway_ref=gateway_ref).first()
    if found is None:
        raise Missing(_("Tagihan tidak ditemukan."))
    return found


def _same(known: Payment, bill: Bill) -> Payment:
    """A repeated word must be about the same bill; its amount is the bill's."""
    if known.bill_id != bill.pk:
        raise Conflict(_("Nomor pembayaran ini sudah tercatat untuk tagihan lain."))
    return known


def _status(case: Case, bill: Bill, paid_at: datetime) -> Payment.Status:
    """Told by the locked case alone: the bill was read before the lock, and every charge moves with its case."""
    if case.state in (CaseState.APPROVED, CaseState.ISSUED):
        return Payment.Status.DOUBLE
    if case.state != CaseState.AWAITING_PAYMENT or paid_at > bill.expires_at:
        return Payment.Status.LATE
    return Payment.Status.ACCEPTED


def _settle(work: Work, payment: Payment) -> None:
    """The whole amount has come: it is booked and receipted, nothing is outstanding any more, and the term goes on."""
    case, charge = work.case, work.case.charge
    charge.pay()
    charge.paid_at = work.at
    charge.save()
    ledger.book(Occasion.PAID, charge, case, work.at, payment)
    number = receipts.issue(payment, case.lane, work.at)
    case.amount_due = 0
    case.applicant_due_at = None
    recorded = case.definition.product.kind is ProductKind.RECORDED
    if recorded:
        # Somebody must still enter the product; a rendered one leaves by itself within seconds.
        pauses.resume(work, Terms.at(case.site_id, work.at))
    else:
        work.unpause(work.at)
    facts = {"charge": str(charge.pk), "amount": charge.amount, "receipt": number}
    work.move(case.settle, "case.settled", facts)
    deciding.enter_approved(work)

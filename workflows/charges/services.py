"""Bills and payments. A gateway's word is taken once, and only for the exact amount of an open bill."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.errors import Conflict, Missing, Refused
from workflows import permissions
from workflows.actors import Actor
from workflows.cases import deciding
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.cases.work import Work
from workflows.charges.models import Bill, Charge, ChargeState, Payment, RefundTask
from workflows.clock import pauses
from workflows.clock.due import Terms
from workflows.definition.model import ProductKind


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

    Exact and in time: the charge is paid and the case approved. A second or late payment is kept and
    opens a refund task.

    Raises:
        Missing: no such bill.
        Conflict: the amount is not the bill's.
    """
    permissions.require(permissions.may_automate(by))
    bill = Bill.objects.select_related("charge").filter(gateway=gateway, gateway_ref=gateway_ref).first()
    if bill is None:
        raise Missing(_("Tagihan tidak ditemukan."))
    work = Work.on(bill.charge.case_id, by)
    known = Payment.objects.filter(gateway=gateway, payment_ref=payment_ref).first()
    if known:
        return _same(known, bill, amount)
    if amount != bill.amount:
        raise Conflict(_("Jumlah pembayaran tidak sama dengan tagihan."))
    status = _status(work.case, bill, paid_at)
    payment = Payment.objects.create(
        bill=bill,
        gateway=gateway,
        payment_ref=payment_ref,
        amount=amount,
        status=status,
        paid_at=paid_at,
        recorded_at=work.at,
    )
    if status == Payment.Status.ACCEPTED:
        _settle(work, bill.charge)
    else:
        RefundTask.objects.create(payment=payment, amount=amount, opened_at=work.at)
        work.record("refund.opened", {"payment": str(payment.pk), "why": status})
    work.finish()
    return payment


def _same(known: Payment, bill: Bill, amount: int) -> Payment:
    """A repeated word must say the same thing."""
    if known.bill_id != bill.pk or known.amount != amount:
        raise Conflict(_("Nomor pembayaran ini sudah tercatat untuk tagihan atau jumlah lain."))
    return known


def _status(case: Case, bill: Bill, paid_at: datetime) -> Payment.Status:
    """Told by the locked case alone: the bill was read before the lock, and every charge moves with its case."""
    if case.state in (CaseState.APPROVED, CaseState.ISSUED):
        return Payment.Status.DOUBLE
    if case.state != CaseState.AWAITING_PAYMENT or paid_at > bill.expires_at:
        return Payment.Status.LATE
    return Payment.Status.ACCEPTED


def _settle(work: Work, charge: Charge) -> None:
    """The whole amount has come: nothing is outstanding any more, and the term goes on."""
    case = work.case
    charge.pay()
    charge.paid_at = work.at
    charge.save()
    case.amount_due = 0
    case.applicant_due_at = None
    recorded = case.definition.product.kind is ProductKind.RECORDED
    if recorded:
        # Somebody must still enter the product; a rendered one leaves by itself within seconds.
        pauses.resume(work, Terms.at(case.site_id, work.at))
    else:
        work.unpause(work.at)
    work.move(case.settle, "case.settled", {"charge": str(charge.pk), "amount": charge.amount})
    deciding.enter_approved(work)


@transaction.atomic
def request_refund(*, task_id: UUID, by: Actor) -> RefundTask:
    """First signature: an administrator or manager of the mall has arranged the repayment."""
    task = _refund(task_id, by)
    if task.requested_by_id:
        raise Conflict(_("Pengembalian dana ini sudah diajukan."))
    task.requested_by_id = by.user_id
    task.save(update_fields=["requested_by"])
    return task


@transaction.atomic
def confirm_refund(*, task_id: UUID, by: Actor) -> RefundTask:
    """Second signature, by somebody else: the money has gone back."""
    task = _refund(task_id, by)
    if task.done_at or not task.requested_by_id:
        raise Conflict(_("Pengembalian dana ini belum diajukan atau sudah selesai."))
    if by.is_also(task.requested_by_id):
        raise Refused(_("Tanda tangan kedua harus dari orang lain."))
    work = Work.on(task.payment.bill.charge.case_id, by)
    task.confirmed_by_id, task.done_at = by.user_id, work.at
    task.save(update_fields=["confirmed_by", "done_at"])
    work.record("refund.done", {"payment": str(task.payment_id)})
    work.finish()
    return task


def _refund(task_id: UUID, by: Actor) -> RefundTask:
    permissions.require(permissions.may_refund(by))
    rows = RefundTask.objects.select_for_update(of=("self",)).select_related("payment__bill__charge__case")
    task = rows.filter(pk=task_id).first()
    if task is None:
        raise Missing
    permissions.require(permissions.may_refund(by, task.payment.bill.charge.case))
    return task

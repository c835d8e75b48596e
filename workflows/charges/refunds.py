"""Money that nobody owed goes back: opened by the payment itself, arranged by one person, confirmed by another."""

from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.errors import Conflict, Invalid, Missing, Refused
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.work import Work
from workflows.charges import ledger
from workflows.charges.books import Occasion
from workflows.charges.models import Payment, RefundState, RefundTask
from workflows.clock.due import Terms
from workflows.trail.chain import digest

REFUND_DAYS: Final = 14
"""Working days until the money must be back: the mall's own promise, far shorter than the law's."""


def open_task(work: Work, payment: Payment) -> RefundTask:
    """A double or late payment: it lies in suspense, and somebody must give it back until a day."""
    due = Terms.at(work.case.site_id, work.at).resume(work.at, REFUND_DAYS)
    task = RefundTask.objects.create(payment=payment, amount=payment.amount, opened_at=work.at, due_at=due)
    ledger.book(Occasion.UNEXPECTED, payment.bill.charge, work.case, work.at, payment)
    work.record("refund.opened", {"payment": str(payment.pk), "why": payment.status, "due": due.isoformat()})
    return task


@transaction.atomic
def request_refund(*, task_id: UUID, by: Actor, reason: str) -> RefundTask:
    """First signature: an administrator or manager of the mall has arranged the repayment, and says how.

    Raises `Missing`, `Refused`, `Invalid` (no reason), `Conflict` (arranged already).
    """
    task, work = _at_work(task_id, by)
    if task.state != RefundState.OPEN:
        raise Conflict(_("Pengembalian dana ini sudah diajukan."))
    if not reason.strip():
        raise Invalid({"reason": [_("Tulis sebab pengembalian dan ke mana dana dikirim kembali.")]})
    task.request()
    task.requested_by_id, task.reason = by.user_id, reason.strip()
    task.save()
    ledger.book(Occasion.REFUND_ARRANGED, task.payment.bill.charge, work.case, work.at, task.payment)
    work.record("refund.requested", {"payment": str(task.payment_id), "reason": digest(task.reason)})
    work.finish()
    return task


@transaction.atomic
def confirm_refund(*, task_id: UUID, by: Actor) -> RefundTask:
    """Second signature, by somebody else: the money has gone back.

    Raises `Missing`, `Refused` (the same person), `Conflict` (not arranged yet, or done).
    """
    task, work = _at_work(task_id, by)
    if task.state != RefundState.REQUESTED:
        raise Conflict(_("Pengembalian dana ini belum diajukan atau sudah selesai."))
    if by.is_also(task.requested_by_id):
        raise Refused(_("Tanda tangan kedua harus dari orang lain."))
    task.confirm()
    task.confirmed_by_id, task.done_at = by.user_id, work.at
    task.save()
    ledger.book(Occasion.REFUNDED, task.payment.bill.charge, work.case, work.at, task.payment)
    work.record("refund.done", {"payment": str(task.payment_id)})
    work.finish()
    return task


def _at_work(task_id: UUID, by: Actor) -> tuple[RefundTask, Work]:
    """The task with its case locked, if this person may give money back, and not to herself."""
    permissions.require(permissions.may_refund(by))
    case_id = RefundTask.objects.filter(pk=task_id).values_list("payment__bill__charge__case_id", flat=True).first()
    if case_id is None:
        raise Missing
    work = Work.on(case_id, by)
    permissions.require(permissions.may_refund(by, work.case))
    return RefundTask.objects.select_related("payment__bill__charge").get(pk=task_id), work

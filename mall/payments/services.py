"""Between the engine's charges and the gateways: making bills, taking notices, looking for lost ones."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.db.models import Q

from agencies import clock
from agencies.errors import Conflict, MallError, Unavailable
from agencies.models import Lane
from mall.payments import drivers
from mall.payments.gateway import Gateway, PaymentNotice
from workflows.actors import Actor
from workflows.cases.machine import CaseState
from workflows.charges.models import Bill, Charge, ChargeState, Payment
from workflows.charges.services import issue_bill, take_payment

log = structlog.get_logger(__name__)

PAUSE = timedelta(minutes=2)
"""A consumer or a notice that is on its way gets this long before the reconciler looks."""
AFTER_END = timedelta(days=7)
"""How long after its end a bill is still asked about: late money must be found, and given back."""
SECOND_TIME = timedelta(days=1)
"""How long after its payment a bill is asked about, in case it was paid twice."""
BATCH = 300
_BILLABLE = Q(state=ChargeState.ASSESSED, case__state=CaseState.AWAITING_PAYMENT, case__lane=Lane.REAL)


def bill(charge_id: UUID) -> Bill | None:
    """Ask the gateway for a bill and note it; the same charge again gives the same bill.

    None when there is nothing to bill: paid or over meanwhile, or the canary's, which pays itself.
    Raises `Unavailable` when the gateway is down.
    """
    charge = Charge.objects.select_related("case").filter(_BILLABLE, pk=charge_id).first()
    until = charge.case.applicant_due_at if charge else None
    if charge is None or until is None:
        return Bill.objects.filter(charge_id=charge_id).first()
    gateway = drivers.chosen()
    made = gateway.create_bill(str(charge.pk), charge.amount, until, charge.case.reference or "")
    return issue_bill(
        charge_id=charge.pk,
        by=Actor.gateway(gateway.name),
        gateway=gateway.name,
        gateway_ref=made.gateway_ref,
        pay_code=made.pay_code,
        pay_url=made.pay_url,
        expires_at=made.expires_at,
    )


def accept(gateway: Gateway, notice: PaymentNotice) -> Payment:
    """Take a gateway's word for money, once it fits the bill.

    Raises:
        Missing: no such bill. Conflict: another amount or another charge than the bill's.
    """
    known = Bill.objects.filter(gateway=gateway.name, gateway_ref=notice.gateway_ref)
    charge_id = known.values_list("charge_id", flat=True).first()
    if charge_id is not None and str(charge_id) != notice.reference:
        raise Conflict
    return take_payment(
        by=Actor.gateway(gateway.name),
        gateway=gateway.name,
        gateway_ref=notice.gateway_ref,
        payment_ref=notice.payment_ref,
        amount=notice.amount,
        paid_at=notice.paid_at,
    )


def reconcile() -> dict[str, int]:
    """Make the bills that are missing, and ask about those that seem unpaid; how many of each."""
    try:
        return {"billed": _bill_the_unbilled(), "found": _ask_about_unpaid()}
    except Unavailable:
        log.warning("payments.gateway_silent")
        return {"billed": 0, "found": 0}


def _bill_the_unbilled() -> int:
    """Charges whose promise was given up, or never kept."""
    waiting = Charge.objects.filter(_BILLABLE, assessed_at__lt=clock.now() - PAUSE, bill_row=None)
    made = [bill(pk) for pk in waiting.order_by("assessed_at").values_list("pk", flat=True)[:BATCH]]
    return sum(one is not None for one in made)


def _ask_about_unpaid() -> int:
    """Notices that never reached us. In random order, so that no bill waits for ever behind the others."""
    now = clock.now()
    unpaid = Q(charge__state__in=(ChargeState.BILLED, ChargeState.CANCELLED))
    open_bills = Bill.objects.filter(
        unpaid | Q(charge__paid_at__gt=now - SECOND_TIME),
        created_at__lt=now - PAUSE,
        expires_at__gt=now - AFTER_END,
        gateway__in=list(drivers.DRIVERS),
    )
    found = 0
    for gateway_name, gateway_ref in open_bills.order_by("?").values_list("gateway", "gateway_ref")[:BATCH]:
        gateway = drivers.find(gateway_name)
        for notice in gateway.payments_of(gateway_ref):
            found += _accepted(gateway, notice)
    return found


def _accepted(gateway: Gateway, notice: PaymentNotice) -> bool:
    """Take one found notice; one that does not fit is left to a human and does not stop the others."""
    if Payment.objects.filter(gateway=gateway.name, payment_ref=notice.payment_ref).exists():
        return False
    try:
        accept(gateway, notice)
    except MallError as error:
        log.warning("payments.notice_does_not_fit", bill=notice.gateway_ref, why=type(error).__name__)
        return False
    return True

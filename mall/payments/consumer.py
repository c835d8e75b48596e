"""Hears that a charge was fixed, and makes its bill. Registered with the trail."""

from uuid import UUID

from agencies.models import Lane
from mall.payments import services
from workflows.trail.registry import Consumer, Delivered


def make_bill(delivered: Delivered) -> None:
    """Bill the charge; a gateway that is down raises, and the outbox asks again later. The canary pays by itself."""
    if delivered.event.lane == Lane.CANARY:
        return
    services.bill(UUID(delivered.event.data["charge"]))


BILL = Consumer(name="payments.bill", kinds=frozenset({"charge.assessed"}), handle=make_bill)

"""Sends what is due, one delivery at a time, each under a lease, and notes how it ended.

At least once: a worker that dies after sending and before noting it leaves a delivery that is sent
again, with the same key. Nobody waits for a provider but the worker.
"""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Q

from agencies import clock
from notifications import services
from notifications.channels import OUTSIDE
from notifications.channels.base import Rejected, Unreachable
from notifications.models import CallTask, Delivery, DeliveryState

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=2)
"""Longer than one e-mail can take: six steps of `EMAIL_TIMEOUT`."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
PATIENCE = timedelta(hours=72)
"""Then a human takes over."""
REST = timedelta(seconds=30)
"""How long a channel is left alone after it could not be reached."""
UNREACHABLE, REJECTED, LATER = "unreachable", "rejected", "later"


def send_due(*, most: int = 200) -> int:
    """Try every delivery that is due, oldest first; how many were tried.

    Stops at the first sign that a channel cannot be reached, so that an outage costs the worker one
    time-out in half a minute and not one for each message.
    """
    tried = 0
    while tried < most:
        delivery = _take(clock.now())
        if delivery is None:
            break
        _try(delivery)
        tried += 1
    return tried


def _take(now: datetime) -> Delivery | None:
    """Lease one due delivery of a channel that is not resting."""
    with transaction.atomic():
        row = (
            Delivery.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("message__person__user", "message__user")
            .filter(state__in=(DeliveryState.PENDING, DeliveryState.FAILED), next_attempt_at__lte=now)
            .filter(Q(leased_until=None) | Q(leased_until__lt=now), channel__in=_awake(now))
            .order_by("next_attempt_at", "id")
            .first()
        )
        if row is not None:
            row.leased_until, row.tried_at, row.attempts = now + LEASE, now, row.attempts + 1
            row.save(update_fields=["leased_until", "tried_at", "attempts"])
    return row


def _awake(now: datetime) -> list[str]:
    """The channels that nobody found unreachable in the last half minute."""
    resting = Delivery.objects.filter(
        state=DeliveryState.FAILED, tried_at__gt=now - REST, last_error__startswith=UNREACHABLE
    )
    asleep = set(resting.values_list("channel", flat=True).distinct())
    return [channel for channel in OUTSIDE if channel not in asleep]


def _try(delivery: Delivery) -> None:
    """Hand one delivery to its channel and note the end."""
    try:
        reference = OUTSIDE[delivery.channel].deliver(delivery)
    except Exception as error:  # noqa: BLE001 - one bad message must not stop the others
        _failed(delivery, error)
    else:
        _note(delivery, state=DeliveryState.SENT, done_at=clock.now(), provider_ref=reference, last_error="")


def _failed(delivery: Delivery, error: Exception) -> None:
    """Try again later, or give it to a human when it is hopeless or too old."""
    kind = {Unreachable: UNREACHABLE, Rejected: REJECTED}.get(type(error), LATER)
    cause = error.__cause__ or error
    told = f"{kind} {type(cause).__module__}.{type(cause).__qualname__}"
    log.warning("notifications.attempt_failed", delivery=str(delivery.pk), error=told, attempt=delivery.attempts)
    now, deadline = clock.now(), delivery.created_at + PATIENCE
    if kind != REJECTED and now < deadline:
        again = min(now + wait_after(delivery.attempts), deadline)
        _note(delivery, state=DeliveryState.FAILED, next_attempt_at=again, last_error=told)
        return
    with transaction.atomic():
        if _note(delivery, state=DeliveryState.GAVE_UP, done_at=now, next_attempt_at=None, last_error=told):
            services.open_call(delivery.message, CallTask.Why.GAVE_UP)


def wait_after(attempts: int) -> timedelta:
    """1, 2, 4 … minutes, at most six hours."""
    doublings = min(attempts - 1, 16)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _note(delivery: Delivery, **end: object) -> bool:
    """Write how it ended, unless the lease was lost to another worker meanwhile."""
    mine = Delivery.objects.filter(pk=delivery.pk, leased_until=delivery.leased_until)
    return bool(mine.update(leased_until=None, **end))

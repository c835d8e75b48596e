"""Hears that a case was closed, and lets its applicant rate the service. Registered with the trail."""

from agencies import clock
from agencies.models import Lane
from mall.voice.satisfaction import services
from workflows.trail.registry import Consumer, Delivered

CLOSING = frozenset({"case.issued", "case.refused", "case.withdrawn", "case.lapsed"})
"""Every way in which a case ends."""


def invite(delivered: Delivered) -> None:
    """Open the invitation. The canary rates nothing, and a draft that was thrown away was never served."""
    event = delivered.event
    if event.lane != Lane.CANARY and event.data.get("from") != "draft":
        services.invite(event.subject_id, clock.wib_date(event.at))


INVITE = Consumer(name="voice.satisfaction", kinds=CLOSING, handle=invite)

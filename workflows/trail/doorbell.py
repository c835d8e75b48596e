"""Tells the workers that there is something in the outbox.

The bell may be lost (Valkey down, flushed, full): the sweeper finds what it missed within seconds, so
ringing never fails and never waits.
"""

from collections.abc import Iterable

import structlog

log = structlog.get_logger(__name__)


def ring(queues: Iterable[str]) -> None:
    """Ask the workers of these queues to look; silent about a broken broker."""
    from workflows.trail.tasks import drain

    for queue in sorted(queues):
        try:
            drain.apply_async(args=(queue,), queue=queue, retry=False, ignore_result=True)
        except Exception as error:  # noqa: BLE001 - whatever the broker's trouble is, the sweeper is there
            log.warning("doorbell.unheard", queue=queue, error=type(error).__name__)

"""Tells the workers that there is something in the outbox.

The bell may be lost (Valkey down, hung, flushed, full): the sweeper finds what it missed within seconds, so
ringing never fails, and whoever rings waits half a second at the most, once in a few seconds.
"""

from collections.abc import Iterable
from typing import Any

import structlog
from celery import Task, current_app
from kombu.pools import producers

from agencies.fuse import Fuse

log = structlog.get_logger(__name__)

PATIENCE = 0.5
"""Seconds that a broker has for an answer."""
_fuse = Fuse(rest=5.0)
_LINE = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "max_retries": 0}
"""A line of our own: the workers' lines are patient on purpose."""


def ring(queues: Iterable[str]) -> None:
    """Ask the workers of these queues to look; silent about a broken broker."""
    from workflows.trail.tasks import drain

    for queue in sorted(queues):
        knock(drain, (queue,), queue=queue)


def knock(task: "Task[Any, Any]", args: tuple[str, ...] = (), *, queue: str = "default") -> None:
    """Ask for one task, unless the broker has just been found away."""
    if _fuse.blown:
        return
    line = current_app.connection_for_write(transport_options=_LINE)
    try:
        with producers[line].acquire(block=True, timeout=PATIENCE) as producer:
            task.apply_async(args=args, queue=queue, producer=producer, retry=False, ignore_result=True)
    except Exception as error:  # noqa: BLE001 - whatever the broker's trouble is, the sweeper is there
        _fuse.blow()
        log.warning("doorbell.unheard", task=task.name, error=type(error).__name__)

"""The doorbell and the sweeper, as Celery tasks. Neither carries data: PostgreSQL has it."""

import time

from celery import shared_task

from workflows.trail import anchoring, doorbell, folding, relay


@shared_task(name="trail.drain", ignore_result=True)
def drain(queue: str) -> None:
    """Deliver what is due on one queue for a while; where that was not all, ring for the rest."""
    began = time.monotonic()
    relay.drain(queue, seconds=relay.TURN)
    if time.monotonic() - began >= relay.TURN:
        doorbell.ring([queue])


@shared_task(name="trail.fold", ignore_result=True)
def fold() -> None:
    """Give the batch consumers what is due."""
    folding.fold()


@shared_task(name="trail.sweep", ignore_result=True)
def sweep() -> None:
    """Ring every queue that has something due, in case a bell was not heard."""
    doorbell.ring(relay.queues_with_work())


@shared_task(name="trail.seal", ignore_result=True)
def seal() -> None:
    """Seal every day that is over and has no root yet."""
    anchoring.seal_days()

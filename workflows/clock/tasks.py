"""The ticker of the clock, and the bell of the calendar."""

from celery import shared_task

from workflows.clock import recounting
from workflows.clock import sweep as sweeping


@shared_task(name="clock.sweep", ignore_result=True)
def sweep() -> None:
    """Do what time has brought about; what the calendar gives back comes before what it takes away."""
    recounting.work(seconds=recounting.BUDGET / 3)
    sweeping.sweep()


@shared_task(name="clock.recount", ignore_result=True)
def recount() -> None:
    """Count open terms again after a change of the calendar."""
    recounting.work()

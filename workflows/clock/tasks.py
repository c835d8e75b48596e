"""The ticker of the clock."""

from celery import shared_task

from workflows.clock import sweep as sweeping


@shared_task(name="clock.sweep", ignore_result=True)
def sweep() -> None:
    """Do what time has brought about."""
    sweeping.sweep()

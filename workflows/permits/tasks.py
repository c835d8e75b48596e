"""The ticker of the permits."""

from celery import shared_task

from workflows.permits import sweep as sweeping


@shared_task(name="permits.sweep", ignore_result=True)
def sweep() -> None:
    """Do what the calendar has brought about."""
    sweeping.sweep()

"""The night of the tickets, as a Celery task."""

from celery import shared_task

from mall.counter.tickets import nightly


@shared_task(name="counter.tickets", ignore_result=True)
def tidy_tickets() -> None:
    """Close the tickets of days that are over, and destroy those that were kept long enough."""
    nightly.close_days()
    nightly.destroy_old()

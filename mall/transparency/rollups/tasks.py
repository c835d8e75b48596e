"""The nightly proof, as a Celery task."""

from celery import shared_task

from mall.transparency.rollups import recounting


@shared_task(name="transparency.recount", ignore_result=True)
def recount() -> None:
    """Count every month again from the log."""
    recounting.recount()

"""The clock of complaints."""

from celery import shared_task

from mall.voice.complaints.services import sweep


@shared_task(name="voice.watch_complaints", ignore_result=True)
def watch_complaints() -> None:
    """Tell of dates that passed, and close what nobody replied to."""
    sweep.sweep()

"""The nightly count of the signals, as a Celery task."""

from celery import shared_task

from mall.voice.signals import counting


@shared_task(name="voice.signals", ignore_result=True)
def count_signals() -> None:
    """Count the months that are over; most nights there is none."""
    counting.count_due()

"""The ticker of requests for information."""

from celery import shared_task

from mall.voice.information import sweep as sweeping


@shared_task(name="voice.sweep_information", ignore_result=True)
def sweep() -> None:
    """Note what has passed in silence, and pass on what waits at a vacant post."""
    sweeping.sweep()

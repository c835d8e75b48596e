"""The nightly work of the survey."""

from celery import shared_task

from mall.voice.satisfaction import services


@shared_task(name="voice.empty_urn", ignore_result=True)
def empty_urn() -> None:
    """Shake the urn and empty it."""
    services.empty_urn()

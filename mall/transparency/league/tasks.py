"""The chore of the league. It carries no data."""

from celery import shared_task

from mall.transparency.league import services


@shared_task(name="transparency.league", ignore_result=True)
def advance() -> None:
    """Publish the leagues whose days are over, and show the agencies the draft of the latest quarter."""
    services.advance()

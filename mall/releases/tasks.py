"""The chore of the night: what is over is published. It carries no data."""

from celery import shared_task

from mall.releases import publishing
from workflows.actors import Actor


@shared_task(name="releases.publish_due", ignore_result=True)
def publish_due() -> None:
    """Publish the closed periods of every data set that are not public yet, in order."""
    publishing.publish_due(by=Actor.system("releases"))

"""Chores: what is over is published, and what was published is printed. They carry no data."""

from celery import shared_task

from mall.releases import printing, publishing
from workflows.actors import Actor


@shared_task(name="releases.publish_due", ignore_result=True)
def publish_due() -> None:
    """Publish the closed periods of every data set that are not public yet, in order."""
    publishing.publish_due(by=Actor.system("releases"))


@shared_task(name="releases.print_due", ignore_result=True)
def print_due() -> None:
    """Render the PDF of what was published since."""
    printing.print_due()

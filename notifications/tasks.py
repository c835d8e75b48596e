"""The sender as a Celery task. It carries nothing: PostgreSQL has it."""

from celery import shared_task

from notifications import sending


@shared_task(name="notifications.send", ignore_result=True)
def send() -> None:
    """Send what is due."""
    sending.send_due()

"""The schedule of destruction, as a Celery task."""

from celery import shared_task

from mall.registers.services import exporting, retention


@shared_task(name="registers.destroy_due", ignore_result=True)
def destroy_due() -> None:
    """Destroy the rows whose day has come, and end the wishes for files that nobody took."""
    retention.destroy_due()
    exporting.expire_due()

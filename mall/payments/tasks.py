"""The reconciler as a Celery task."""

from celery import shared_task

from mall.payments import services


@shared_task(name="payments.reconcile", ignore_result=True)
def reconcile() -> None:
    """Make missing bills and look for lost notices."""
    services.reconcile()

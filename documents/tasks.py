"""What the worker does for the vault by the clock."""

from celery import shared_task

from documents import sweeping
from documents.vault import services


@shared_task(name="documents.sweep_orphans", ignore_result=True)
def sweep_orphans() -> int:
    """Delete files that no row has named for two days."""
    return sweeping.sweep_orphans()


@shared_task(name="documents.scan_waiting", ignore_result=True)
def scan_waiting() -> int:
    """Ask the virus scanner again about files that it did not answer for."""
    return services.scan_waiting()

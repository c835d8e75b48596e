"""What the worker does for the vault by the clock."""

from importlib import import_module
from typing import Any

from celery import shared_task
from celery.signals import worker_init

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


@worker_init.connect
def warm_up(**_: Any) -> None:
    """Load what makes permits before the worker divides itself, so that the first permit waits for nothing.

    In the children it would be too late: they are killed when their beginning takes four seconds.
    """
    import_module("weasyprint")
    import_module("pyhanko.sign.validation")

"""What is looked at every night: services that have lost their ground."""

import structlog
from celery import shared_task

from workflows.definition.laws import rests_on_nothing
from workflows.definition.queries import published

log = structlog.get_logger(__name__)


@shared_task(name="definition.check_laws", ignore_result=True)
def check_laws() -> None:
    """Tell of every open service whose laws have all been revoked; one line each, for whoever keeps the catalogue."""
    for code in without_law():
        log.error("service.without_law", service=code)


def without_law() -> list[str]:
    """The codes of open services that rest on no law in force. One query."""
    return sorted(
        service.code for service in published() if service.current and rests_on_nothing(service.current.definition)
    )

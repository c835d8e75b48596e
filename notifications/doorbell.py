"""Wakes the sender. A bell that nobody hears costs seconds: beat wakes it too."""

import structlog

log = structlog.get_logger(__name__)


def ring() -> None:
    """Ask a worker to send what is due; silent about a broken broker."""
    from notifications.tasks import send

    try:
        send.apply_async(retry=False, ignore_result=True)
    except Exception as error:  # noqa: BLE001 - whatever the broker's trouble is, beat is there
        log.warning("notifications.bell_unheard", error=type(error).__name__)

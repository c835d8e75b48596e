"""Wakes the sender. A bell that nobody hears costs seconds: beat wakes it too."""

from workflows.trail import doorbell


def ring() -> None:
    """Ask a worker to send what is due; silent about a broken broker."""
    from notifications.tasks import send

    doorbell.knock(send)

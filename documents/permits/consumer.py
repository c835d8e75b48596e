"""The promise behind every granted permit: its document will be made."""

from uuid import UUID

from documents.permits import services
from workflows.definition.model import ProductKind
from workflows.trail.registry import Consumer, Delivered

NAME = "documents.permit"


def handle(delivered: Delivered) -> None:
    """Make the document of the permit that was granted, where it is ours to make."""
    data = delivered.event.data
    if data["kind"] == ProductKind.RENDERED:
        services.produce(UUID(data["permit"]))


CONSUMER = Consumer(NAME, frozenset({"permit.granted"}), handle, queue="documents")

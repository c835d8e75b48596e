"""Readers of batches; one query each."""

from uuid import UUID

from agencies.errors import Missing
from mall.regency.models import Batch, BatchState


def latest() -> dict[str, Batch]:
    """The valid batch of every kind that reaches furthest."""
    found = Batch.objects.filter(state=BatchState.PUBLISHED).order_by("kind", "-cut_off", "-published_at")
    return {one.kind: one for one in found.distinct("kind").defer("content")}


def waiting() -> list[Batch]:
    """What waits for a look, oldest first."""
    return list(Batch.objects.filter(state=BatchState.PREVIEWED).order_by("uploaded_at").defer("content")[:100])


def batch(batch_id: UUID) -> Batch:
    """One batch; `Missing` when there is none."""
    found = Batch.objects.filter(pk=batch_id).first()
    if found is None:
        raise Missing
    return found


def published(kind: str, period: str, version: str = "") -> Batch | None:
    """The valid batch of a period."""
    found = Batch.objects.filter(kind=kind, period=period, version=version, state=BatchState.PUBLISHED)
    return found.defer("content").first()


def is_sample(kind: str) -> bool:
    """Is the valid data of this kind made up?"""
    return Batch.objects.filter(kind=kind, state=BatchState.PUBLISHED, sample=True).exists()

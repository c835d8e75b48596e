"""Readers of batches; one query each."""

from uuid import UUID

from agencies.errors import Missing
from mall.regency.models import Batch, BatchState
from mall.releases.periods import Period


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


def overlapping(kind: str, period: Period) -> str:
    """The code of another published period that shares months with this one; empty when there is none."""
    found = Batch.objects.filter(kind=kind, state=BatchState.PUBLISHED).exclude(period=period.code)
    codes = found.order_by("period").values_list("period", flat=True)
    return next((one for one in codes if Period.parse(one).overlaps(period)), "")

"""What of the published batches becomes a release."""

from mall.regency.kinds import PROGRAMMES
from mall.regency.models import Batch, Kind
from mall.regency.published import areas, budget, performance, programmes
from mall.releases import datasets, publishing
from mall.releases.models import Release
from mall.releases.periods import Period
from workflows.actors import Actor


def register() -> None:
    """Declare every data set of the regency."""
    for room in (budget, programmes, areas, performance):
        for dataset in room.datasets():
            datasets.register(dataset)


def slugs_of(batch: Batch) -> tuple[str, ...]:
    """The data sets that a batch is published in."""
    if batch.kind == Kind.BUDGET:
        return (f"apbd-{batch.version}",)
    if batch.kind == Kind.PROGRAMMES:
        return tuple(f"program-{code}" for code in PROGRAMMES)
    return (areas.DISTRICTS if batch.kind == Kind.DISTRICTS else batch.kind,)


def release(batch: Batch, by: Actor) -> None:
    """Freeze what this batch says; a correction that would point at somebody is held back, and the former stays."""
    for slug in slugs_of(batch):
        publishing.publish(slug, Period.parse(batch.period), by)


def is_shown(batch: Batch) -> bool:
    """Did publishing it change what the public sees? Not if it says the same, or was held back. One query."""
    shown = Release.objects.filter(dataset__in=slugs_of(batch), period=batch.period)
    return shown.filter(published_at__gte=batch.published_at).exists()

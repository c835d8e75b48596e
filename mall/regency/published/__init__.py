"""What of the published batches becomes a release."""

from datetime import date

from mall.regency.budget import Version
from mall.regency.kinds import PROGRAMMES
from mall.regency.models import Batch, BatchState, Kind
from mall.regency.published import areas, budget, performance, programmes
from mall.releases import datasets, promises, publishing
from mall.releases.models import SAMPLE, Release
from mall.releases.periods import Period
from workflows.actors import Actor

_WHOLE = (Kind.DISTRICTS, Kind.PERFORMANCE, Kind.POVERTY, Kind.ILLNESS, Kind.EDUCATION)
"""Kinds that are one data set each."""


def register() -> None:
    """Declare every data set of the regency."""
    for room in (budget, programmes, areas, performance):
        for dataset in room.datasets():
            datasets.register(dataset)
    promises.register(next_dates)


def slugs_of(batch: Batch) -> tuple[str, ...]:
    """The data sets that a batch is published in."""
    if batch.kind == Kind.BUDGET:
        return (f"apbd-{batch.version}",)
    if batch.kind == Kind.PROGRAMMES:
        return tuple(f"program-{code}" for code in PROGRAMMES)
    return (areas.DISTRICTS if batch.kind == Kind.DISTRICTS else batch.kind,)


def told_by(slug: str) -> tuple[str, str] | None:
    """Kind and version of the files that a data set is made of; None when it is none of the regency's."""
    kind, _dash, rest = slug.partition("-")
    if kind == Kind.BUDGET and rest in Version.values:
        return kind, rest
    if kind == Kind.PROGRAMMES and rest in PROGRAMMES:
        return kind, ""
    found = Kind.DISTRICTS.value if slug == areas.DISTRICTS else slug
    return (found, "") if found in _WHOLE else None


def next_dates() -> dict[str, date]:
    """Until when the next file of each data set is expected, as the one says that reaches furthest. One query."""
    found = Batch.objects.filter(state=BatchState.PUBLISHED).order_by("kind", "version", "-cut_off", "-published_at")
    newest = found.distinct("kind", "version").defer("content")
    return {slug: one.next_due for one in newest for slug in slugs_of(one)}


def release(batch: Batch, by: Actor) -> None:
    """Freeze what this batch says; a correction that would point at somebody is held back, and the former stays."""
    publisher = Actor.system(SAMPLE) if batch.sample else by
    for slug in slugs_of(batch):
        publishing.publish(slug, Period.parse(batch.period), publisher)


def is_shown(batch: Batch) -> bool:
    """Did publishing it change what the public sees? Not if it says the same, or was held back. One query."""
    shown = Release.objects.filter(dataset__in=slugs_of(batch), period=batch.period)
    return shown.filter(published_at__gte=batch.published_at).exists()

"""Which accepted file the figures of a release came from, and what a file has fed. No person is named.

A release holds no key of its file: it is made in the transaction that accepts one, so its file is the last that was
accepted for its kind, period and version until then. One that was accepted later and changed nothing, or was held
back by the guard, has no release of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from agencies.errors import Missing
from mall.regency import published
from mall.regency.models import Batch, BatchState
from mall.releases.models import Release

ACCEPTED = (BatchState.PUBLISHED, BatchState.REPLACED)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file, and the releases that were made of it, the newest first."""

    batch: Batch
    releases: Sequence[Release]


def of(release: Release) -> Batch | None:
    """The file that a release was made of; None where it is none of the regency's. One query."""
    about = published.told_by(release.dataset)
    if about is None:
        return None
    return _accepted(*about, release.period).filter(published_at__lte=release.published_at).first()


def history(slug: str, period: str) -> list[Accepted]:
    """Every file that was accepted for a data set and period, the newest first, with its releases. Two queries.

    Raises:
        Missing: the regency has no such data set, or no file was accepted for it.
    """
    about = published.told_by(slug)
    batches = list(_accepted(*about, period)) if about else []
    if not batches:
        raise Missing
    return _matched(batches, _released([slug], period))


def fed(batch: Batch) -> list[Release]:
    """The releases that were made of a file, of all data sets that it belongs to. Two queries."""
    slugs = published.slugs_of(batch)
    batches = list(_accepted(batch.kind, batch.version, batch.period))
    matched = _matched(batches, _released(slugs, batch.period))
    return [release for one in matched if one.batch.pk == batch.pk for release in one.releases]


def _accepted(kind: str, version: str, period: str) -> QuerySet[Batch]:
    found = Batch.objects.filter(kind=kind, version=version, period=period, state__in=ACCEPTED)
    return found.order_by("-published_at").defer("content")


def _released(slugs: Sequence[str], period: str) -> list[Release]:
    found = Release.objects.filter(dataset__in=slugs, period=period)
    return list(found.order_by("dataset", "-revision").defer("body", "whole"))


def _matched(batches: Sequence[Batch], releases: Sequence[Release]) -> list[Accepted]:
    mine: dict[object, list[Release]] = {one.pk: [] for one in batches}
    for release in releases:
        file = next((one for one in batches if one.published_at and one.published_at <= release.published_at), None)
        if file:
            mine[file.pk].append(release)
    return [Accepted(one, mine[one.pk]) for one in batches]

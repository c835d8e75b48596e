"""Readers of releases; one query each."""

from collections.abc import Iterable, Sequence

from agencies.errors import Missing
from mall.releases.models import HeldRelease, Release


def standing(slug: str, period: str) -> Release | None:
    """The newest revision of a period, or None."""
    return Release.objects.filter(dataset=slug, period=period).order_by("-revision").first()


def of(slug: str, period: str) -> Release:
    """The newest revision of a period; `Missing` when nothing was published."""
    found = standing(slug, period)
    if found is None:
        raise Missing
    return found


def latest(slug: str) -> Release | None:
    """The newest revision of the latest period; None when nothing was published yet."""
    return Release.objects.filter(dataset=slug).order_by("-period", "-revision").first()


def periods(slug: str) -> list[Release]:
    """The newest revision of every period, the latest first, without their bodies."""
    newest = Release.objects.filter(dataset=slug).order_by("-period", "-revision").distinct("period")
    return list(newest.defer("body"))


def codes(slug: str) -> list[str]:
    """Codes of the published periods, the latest first."""
    return list(Release.objects.filter(dataset=slug, revision=1).order_by("-period").values_list("period", flat=True))


def series(slug: str, periods: Iterable[str]) -> list[Release]:
    """The newest revisions of these periods, the earliest first, with their totals but without their bodies."""
    found = Release.objects.filter(dataset=slug, period__in=list(periods)).order_by("period", "-revision")
    return list(found.distinct("period").defer("body"))


def newest_of_all() -> dict[str, Release]:
    """The newest release of every data set, without its body."""
    found = Release.objects.order_by("dataset", "-period", "-revision").distinct("dataset").defer("body")
    return {one.dataset: one for one in found}


def standing_of_all() -> list[Release]:
    """The newest revision of every period of every data set, without their bodies."""
    found = Release.objects.order_by("dataset", "-period", "-revision").distinct("dataset", "period")
    return list(found.defer("body", "whole"))


def held(limit: int = 100) -> Sequence[HeldRelease]:
    """The latest revisions that were kept back, newest first."""
    return list(HeldRelease.objects.order_by("-held_at")[:limit])

"""Readers of releases; one query each."""

from collections.abc import Iterable, Sequence

from django.db.models import Case, Value, When
from django.db.models.functions import Left, Length, Right

from agencies.errors import Missing
from mall.releases.models import HeldRelease, Release

_LAST_MONTHS = {"S1": "06", "Q1": "03", "Q2": "06", "Q3": "09"}
_ENDS_IN = Case(
    *(When(period__endswith=f"-{part}", then=Value(month)) for part, month in _LAST_MONTHS.items()),
    When(period__regex=r"-\d\d$", then=Right("period", 2)),
    default=Value("12"),
)
FURTHEST = (Left("period", 4).desc(), _ENDS_IN.desc(), Length("period"), "-period")
"""The period that ends last first, the longer before the shorter; as text, 2026-S1 would come after 2026."""


def standing(slug: str, period: str) -> Release | None:
    """The newest revision of a period, or None."""
    return Release.objects.filter(dataset=slug, period=period).order_by("-revision").first()


def revisions(slug: str, period: str) -> list[Release]:
    """Every revision of a period, the first one first."""
    return list(Release.objects.filter(dataset=slug, period=period).order_by("revision"))


def of(slug: str, period: str) -> Release:
    """The newest revision of a period; `Missing` when nothing was published."""
    found = standing(slug, period)
    if found is None:
        raise Missing
    return found


def latest(slug: str) -> Release | None:
    """The newest revision of the period that reaches furthest; None when nothing was published yet."""
    return Release.objects.filter(dataset=slug).order_by(*FURTHEST, "-revision").first()


def periods(slug: str) -> list[Release]:
    """The newest revision of every period, the latest first, without their bodies."""
    newest = Release.objects.filter(dataset=slug).order_by("-period", "-revision").distinct("period")
    return sorted(newest.defer("body"), key=lambda one: (one.over.end, one.over.months), reverse=True)


def codes(slug: str) -> list[str]:
    """Codes of the published periods, the latest first."""
    return list(Release.objects.filter(dataset=slug, revision=1).order_by("-period").values_list("period", flat=True))


def series(slug: str, periods: Iterable[str]) -> list[Release]:
    """The newest revisions of these periods, the earliest first, with their totals but without their bodies."""
    found = Release.objects.filter(dataset=slug, period__in=list(periods)).order_by("period", "-revision")
    return list(found.distinct("period").defer("body"))


def newest_of_all() -> dict[str, Release]:
    """The newest release of every data set, without its body."""
    found = Release.objects.order_by("dataset", *FURTHEST, "-revision").distinct("dataset").defer("body")
    return {one.dataset: one for one in found}


def standing_of_all() -> list[Release]:
    """The newest revision of every period of every data set, without their bodies."""
    found = Release.objects.order_by("dataset", "-period", "-revision").distinct("dataset", "period")
    return list(found.defer("body", "whole"))


def held(limit: int = 100) -> Sequence[HeldRelease]:
    """The latest revisions that were kept back, newest first."""
    return list(HeldRelease.objects.order_by("-held_at")[:limit])

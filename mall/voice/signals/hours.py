"""When decisions are expected at each site, day by day, as PostgreSQL looks it up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from agencies.models import Holiday, Site
from agencies.workdays import Calendar, Hours

BEFORE, AFTER = 3600, 2 * 3600
"""Seconds around the hours of the counters in which an office is at work all the same."""
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Book:
    """Parallel columns, one entry for every day on which a site is open; seconds of the day, WIB."""

    sites: list[str]
    days: list[date]
    opens: list[int]
    shuts: list[int]


def book(first: date, last: date) -> Book:
    """The decreed hours of every site, with dated exceptions and holidays. Two queries, and one a site."""
    holidays = frozenset(Holiday.objects.values_list("date", flat=True))
    calendar = Calendar(holidays, frozenset(day.year for day in holidays))
    rows = [row for site in Site.objects.order_by("code") for row in _open_days(site.pk, calendar, first, last)]
    return Book(*([row[place] for row in rows] for place in range(4)))  # type: ignore[arg-type]


def _open_days(site: str, calendar: Calendar, first: date, last: date) -> Iterator[tuple[str, date, int, int]]:
    hours, day = Hours.load(site), first
    while day <= last:
        opening = hours.on(day, calendar)
        if opening:
            yield site, day, _seconds(opening.opens) - BEFORE, _seconds(opening.closes) + AFTER
        day += DAY


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second

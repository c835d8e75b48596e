"""The days of a site, numbered once in Python so that PostgreSQL can count working days by looking up.

`agencies.workdays` stays the only place that knows what a working day, an arrival or a closing time is.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from agencies.models import Holiday, Site
from agencies.workdays import SATURDAY, Calendar, Hours

CLOSED = -1


@dataclass(frozen=True, slots=True)
class Daybook:
    """One entry a day, the first for `base`; days are counted from 1, times in seconds of the day.

    `worked`: working days so far. `shuts`: until when something arrives that day, `CLOSED` on a closed
    day. `opens`: the next day that is open. `closes`: when a term ends on that day. `nth`: the day of
    the n-th working day.
    """

    site: str
    base: date
    worked: list[int]
    shuts: list[int]
    opens: list[int]
    closes: list[int]
    nth: list[int]


def daybooks(first: date, last: date) -> list[Daybook]:
    """The daybook of every site from one day to another. Two queries, and two a site."""
    rows = list(Holiday.objects.values_list("date", flat=True))
    calendar = Calendar(frozenset(rows), frozenset(day.year for day in rows))
    sites = Site.objects.order_by("code").values_list("code", flat=True)
    return [_daybook(site, Hours.load(site), calendar, first, last) for site in sites]


def _daybook(site: str, hours: Hours, calendar: Calendar, first: date, last: date) -> Daybook:
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    openings = [hours.on(day, calendar) for day in days]
    shuts = [_seconds(one.closes) if one else CLOSED for one in openings]
    worked, nth = _numbered(days, calendar)
    closes = [_seconds(hours.closing_time(day).time()) for day in days]
    return Daybook(site, first, worked, shuts, _next_open(shuts), closes, nth)


def _numbered(days: list[date], calendar: Calendar) -> tuple[list[int], list[int]]:
    """Working days up to each day, and the day of each. A year without decree is counted by weekdays."""
    worked, nth = [], []
    for number, day in enumerate(days, start=1):
        if day.weekday() < SATURDAY and day not in calendar.holidays:
            nth.append(number)
        worked.append(len(nth))
    return worked, nth


def _next_open(shuts: list[int]) -> list[int]:
    """For each day the number of the next one that is open; its own past the last."""
    following, found = len(shuts), []
    for number in range(len(shuts), 0, -1):
        found.append(following)
        following = number if shuts[number - 1] != CLOSED else following
    return found[::-1]


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second

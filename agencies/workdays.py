"""Working days and the hours of the mall: when something arrives, and when an answer is due.

A working day is Monday to Friday minus every day of the holiday table (UU 30/2014 counts working
days; the three-minister decree, SKB, names the holidays and the cuti bersama). Day 1 of a term is
the first working day after arrival. Days are days in Banyuwangi (WIB).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import CharField, DateField, QuerySet, SmallIntegerField, TimeField, Value
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Unavailable
from agencies.models import Holiday, HolidayKind, OpeningException, OpeningHours

MAIN_SITE = "MPP"
YEARS_BACK = 1
YEARS_AHEAD = 3
SATURDAY = 5
ONE_DAY = timedelta(days=1)
FAR_AHEAD = 60
"""Days without one opening after which we stop looking."""


Query = QuerySet[Any, tuple[Any, ...]]


class Row(NamedTuple):
    """A line of any of the three tables that say when the mall is open: by weekday, by day, or no working day."""

    weekday: int | None
    day: date | None
    opens: time | None
    closes: time | None
    kind: str
    """Of the holiday table; empty in the two others."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A snapshot of the holiday table around a date."""

    holidays: frozenset[date]
    years: frozenset[int]
    """Years whose national holidays are known; outside of them no date is promised."""

    @classmethod
    def load(cls, around: date) -> "Calendar":
        """The calendar of the years about `around`, in one query."""
        return cls.of(_read(_holidays(around)))

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Calendar":
        """The calendar that these rows make; a row without a kind is none of the holiday table."""
        listed = [(row.day, row.kind) for row in rows if row.day and row.kind]
        years = {day.year for day, kind in listed if kind == HolidayKind.NATIONAL}
        return cls(frozenset(day for day, _kind in listed), frozenset(years))

    def is_working_day(self, day: date) -> bool:
        """Does the legal clock count this day?

        Raises:
            Unavailable: the holidays of that year are not in the table yet.
        """
        if day.year not in self.years:
            raise Unavailable(
                _("Tabel hari libur tahun %(year)s belum tersedia, sehingga tanggal belum dapat dijanjikan.")
                % {"year": day.year}
            )
        return day.weekday() < SATURDAY and day not in self.holidays

    def add_working_days(self, start: date, days: int) -> date:
        """The `days`-th working day after `start`; `start` itself for 0.

        Raises:
            ValueError: `days` is negative.
            Unavailable: the count reaches a year that is not in the table.
        """
        if days < 0:
            raise ValueError("a term is never negative")
        day = start
        while days:
            day += ONE_DAY
            days -= self.is_working_day(day)
        return day

    def working_days_back(self, end: date, days: int) -> date:
        """The `days`-th working day before `end`; `end` itself for 0."""
        day = end
        while days:
            day -= ONE_DAY
            days -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; 0 when `end` is earlier.

        The inverse of `add_working_days`: counting 5 days ahead and back again gives 5.
        """
        span = (end - start).days
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, span + 1))


@dataclass(frozen=True, slots=True)
class Opening:
    """From when to when, wall clock WIB."""

    opens: time
    closes: time


USUAL = Opening(time(8), time(14))
USUAL_WEEK: Mapping[int, Opening] = MappingProxyType(dict.fromkeys(range(SATURDAY), USUAL))


@dataclass(frozen=True, slots=True)
class Hours:
    """When a site is open: by weekday, with dated exceptions (None: closed that day)."""

    week: Mapping[int, Opening] = field(default_factory=lambda: USUAL_WEEK)
    exceptions: Mapping[date, Opening | None] = field(default_factory=dict)

    @classmethod
    def load(cls, site_code: str = MAIN_SITE) -> "Hours":
        """The hours of a site in one query; the usual week when the site has none of its own."""
        return cls.of(_read(*_openings(site_code)))

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Hours":
        """The hours that these rows make; rows of the holiday table are passed over."""
        week: dict[int, Opening] = {}
        exceptions: dict[date, Opening | None] = {}
        for row in rows:
            opening = Opening(row.opens, row.closes) if row.opens and row.closes else None
            if row.weekday is not None and opening:
                week[row.weekday] = opening
            elif row.day is not None and not row.kind:
                exceptions[row.day] = opening
        return cls(week or USUAL_WEEK, exceptions)

    def on(self, day: date, calendar: Calendar) -> Opening | None:
        """The opening of that day, or None. A dated exception wins over weekends and holidays."""
        if day in self.exceptions:
            return self.exceptions[day]
        if day in calendar.holidays:
            return None
        return self.week.get(day.weekday())

    def closing_time(self, day: date) -> datetime:
        """When that day ends for the mall; on a closed day, when an ordinary one would have ended."""
        return datetime.combine(day, self._usual(day).closes, tzinfo=clock.WIB)

    def opening_time(self, day: date) -> datetime:
        """When that day begins for the mall; on a closed day, when an ordinary one would have begun."""
        return datetime.combine(day, self._usual(day).opens, tzinfo=clock.WIB)

    def _usual(self, day: date) -> Opening:
        return self.exceptions.get(day) or self.week.get(day.weekday()) or USUAL


NO_WEEKDAY, NO_DAY = Value(None, SmallIntegerField()), Value(None, DateField())
NO_TIME, NO_KIND = Value(None, TimeField()), Value("", CharField())


def load(site_code: str, around: date) -> tuple[Calendar, Hours]:
    """The calendar about a day and the hours of a site, both in one query: every term needs them together."""
    rows = _read(*_openings(site_code), _holidays(around))
    return Calendar.of(rows), Hours.of(rows)


def _holidays(around: date) -> Query:
    first, last = date(around.year - YEARS_BACK, 1, 1), date(around.year + YEARS_AHEAD, 12, 31)
    days = Holiday.objects.filter(date__range=(first, last)).order_by()
    return days.values_list(NO_WEEKDAY, "date", NO_TIME, NO_TIME, "kind")


def _openings(site_code: str) -> tuple[Query, Query]:
    usual = OpeningHours.objects.filter(site_id=site_code).order_by()
    dated = OpeningException.objects.filter(site_id=site_code).order_by()
    return (
        usual.values_list("weekday", NO_DAY, "opens", "closes", NO_KIND),
        dated.values_list(NO_WEEKDAY, "date", "opens", "closes", NO_KIND),
    )


def _read(first: Query, *others: Query) -> list[Row]:
    return [Row(*row) for row in first.union(*others, all=True)]


def closing_time(day: date, hours: Hours | None = None) -> datetime:
    """When that day ends for the mall, aware; the usual week unless `hours` are given."""
    return (hours or Hours()).closing_time(day)


def arrival_day(at: datetime, calendar: Calendar, hours: Hours) -> date:
    """The day a filing counts as received: at once while open or earlier that day, else the next opening.

    Where `MALL_LATE_ARRIVAL_NEXT_DAY` is off, a filing after closing still counts on a day that was open.

    Raises:
        Unavailable: the site does not open again in the foreseeable future.
    """
    local = clock.wib(at)
    day = local.date()
    opening = hours.on(day, calendar)
    if opening and (local.time() <= opening.closes or not settings.MALL_LATE_ARRIVAL_NEXT_DAY):
        return day
    for _step in range(FAR_AHEAD):
        day += ONE_DAY
        if hours.on(day, calendar):
            return day
    raise Unavailable(_("Lokasi layanan ini belum memiliki jadwal buka berikutnya."))


def due_at(arrived: datetime, working_days: int, calendar: Calendar, hours: Hours) -> datetime:
    """The end of a term: closing time of its last day; with 0 days, of the day of arrival itself.

    Raises:
        Unavailable: the term reaches a year whose holidays are not in the table.
    """
    first = arrival_day(arrived, calendar, hours)
    return hours.closing_time(calendar.add_working_days(first, working_days))

"""Periods of releases: a month, a quarter, half a year or a year, each with a code that never changes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Missing

SETTLING = timedelta(minutes=10)
"""A period is over only when no transaction begun in it can still be running."""
CODE = r"[12]\d{3}(?:-(?:0[1-9]|1[0-2]|Q[1-4]|S[12]))?"
"""Every code of a period, for addresses."""
_LENGTHS = {"": 12, "S": 6, "Q": 3}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """So many whole months from the first day of one, in Banyuwangi."""

    first: date
    months: int

    @classmethod
    def parse(cls, code: str) -> "Period":
        """The period of a code: `2026-10`, `2026-Q4`, `2026-S1`, `2026`. `Missing` when it is none."""
        if not re.fullmatch(CODE, code):
            raise Missing
        year, _dash, part = code.partition("-")
        if part.isdigit():
            return cls(date(int(year), int(part), 1), 1)
        length = _LENGTHS[part[:1]]
        return cls(date(int(year), 1 + length * (int(part[1:] or 1) - 1), 1), length)

    @classmethod
    def month(cls, day: date) -> "Period":
        """The month of a day."""
        return cls(day.replace(day=1), 1)

    @classmethod
    def year(cls, year: int) -> "Period":
        """A calendar year."""
        return cls(date(year, 1, 1), 12)

    @property
    def code(self) -> str:
        """As addresses, files and data name it."""
        number = (self.first.month - 1) // self.months + 1
        part = {1: f"-{self.first.month:02d}", 3: f"-Q{number}", 6: f"-S{number}", 12: ""}[self.months]
        return f"{self.first.year:04d}{part}"

    @property
    def name(self) -> str:
        """As people read it, e.g. `November 2026`."""
        if self.months == 1:
            return date_format(self.first, "F Y")
        number = (self.first.month - 1) // self.months + 1
        words = {3: _("triwulan %(number)s %(year)s"), 6: _("semester %(number)s %(year)s"), 12: "%(year)s"}
        return words[self.months] % {"number": number, "year": self.first.year}

    @property
    def short(self) -> str:
        """As the axis of a chart has room for."""
        return date_format(self.first, "M Y") if self.months == 1 else self.code

    @property
    def begin(self) -> datetime:
        """Its first moment."""
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return midnight(self.later(1).first)

    @property
    def is_over(self) -> bool:
        """Is it over, and everything begun in it settled?"""
        return clock.now() >= self.end + SETTLING

    def later(self, periods: int) -> "Period":
        """So many periods of the same length on; back when negative."""
        year, month = divmod(self.first.year * 12 + self.first.month - 1 + periods * self.months, 12)
        return Period(date(year, month + 1, 1), self.months)

    def until(self, last: "Period") -> Iterator["Period"]:
        """This one and those after it up to the last."""
        one = self
        while one <= last:
            yield one
            one = one.later(1)

    def overlaps(self, other: "Period") -> bool:
        """Do they share a month?"""
        return self.first < other.later(1).first and other.first < self.later(1).first

    def in_months(self) -> Iterator["Period"]:
        """Its months."""
        first = Period(self.first, 1)
        return first.until(first.later(self.months - 1))


def last_closed(months: int = 1) -> Period:
    """The latest period of that length that is over."""
    today = clock.wib_date(clock.now() - SETTLING)
    number = (today.month - 1) // months
    return Period(date(today.year, 1 + number * months, 1), months).later(-1)


def midnight(day: date) -> datetime:
    """The first moment of a day in Banyuwangi."""
    return datetime.combine(day, time(), tzinfo=clock.WIB)

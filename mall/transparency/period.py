"""Months as the public pages name them, and the moment up to which figures count."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format

from agencies import clock

SETTLING = timedelta(minutes=10)
"""A day is counted only when no transaction begun in it can still be running."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month in Banyuwangi."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month of a day."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def code(self) -> str:
        """As files and data name it, e.g. `2026-11`."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def name(self) -> str:
        """As people read it, e.g. `November 2026`."""
        return date_format(self.first, "F Y")

    @property
    def short(self) -> str:
        """As the axis of a chart has room for, e.g. `Nov 2026`."""
        return date_format(self.first, "M Y")

    def later(self, months: int) -> "Month":
        """So many months on; back when negative."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)


def midnight(day: date) -> datetime:
    """The first moment of a day in Banyuwangi."""
    return datetime.combine(day, time(), tzinfo=clock.WIB)


def counted_until() -> datetime:
    """The end of the last whole day that is counted: figures change once a day, never with a single case."""
    return midnight(clock.wib_date(clock.now() - SETTLING))


def latest() -> Month:
    """The month of the last day that is counted."""
    return Month.of(clock.wib_date(counted_until()) - timedelta(days=1))

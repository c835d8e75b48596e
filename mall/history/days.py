"""Moments of the history as seconds since the first midnight, and the working days between them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from mall.transparency.daybook import Daybook, daybooks

DAY = 86_400
WIB = 7 * 3_600
OPENS, CLOSES = 8 * 3_600, 15 * 3_600
"""When staff of the history do something, seconds of the day."""


@dataclass(frozen=True, slots=True)
class Days:
    """The daybook of the mall's own site. Days are counted from 0, `base` being day 0."""

    book: Daybook
    zero: int
    months: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    clock: list[str] = field(default_factory=list)
    """Every second of a day, as it stands behind the name of the day."""

    @classmethod
    def between(cls, first: date, last: date, site: str) -> "Days":
        """The days of a site; `LookupError` where there is no such site."""
        book = next((one for one in daybooks(first, last) if one.site == site), None)
        if book is None:
            raise LookupError(f"no site {site}: load the agencies first")
        zero = int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp()) - WIB
        months = [(first + timedelta(days=step)).month for step in range(len(book.worked))]
        names = [(first + timedelta(days=step)).isoformat() for step in range(len(book.worked))]
        clock = [f"T{one // 3600:02d}:{one // 60 % 60:02d}:{one % 60:02d}+00:00" for one in range(DAY)]
        return cls(book, zero, months, names, clock)

    def moment(self, at: int) -> datetime:
        """The moment, UTC."""
        return datetime.fromtimestamp(self.zero + at, UTC)

    def text(self, at: int) -> str:
        """The moment as PostgreSQL and the hash chain write it."""
        day, second = divmod(at - WIB, DAY)
        return self.names[day] + self.clock[second]

    def day(self, at: int) -> date:
        """The WIB day of a moment."""
        return self.book.base + timedelta(days=at // DAY)

    def year(self, at: int) -> int:
        """The WIB year of a moment."""
        return int(self.names[at // DAY][:4])

    def number(self, day: date) -> int:
        """Which day of the history it is."""
        return (day - self.book.base).days

    def milliseconds(self, at: int) -> int:
        """Since 1970, as ids begin."""
        return (self.zero + at) * 1000

    def later(self, day: int, working_days: int) -> int:
        """The day so many working days on."""
        return self.book.nth[self.book.worked[day] + working_days - 1] - 1

    def due(self, handed_in: int, term: int) -> int:
        """When the term of what was handed in ends, as `agencies.workdays` counts."""
        day, second = divmod(handed_in, DAY)
        if second > self.book.shuts[day]:
            day = self.book.opens[day] - 1
        day = self.later(day, term) if term else day
        return day * DAY + self.book.closes[day]

"""Until when a complaint must be verified, followed up, answered and closed, counted like every term of the mall."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from agencies.errors import Unavailable
from agencies.workdays import MAIN_SITE, Calendar, Hours, due_at, load
from mall.voice.complaints.machine import Kind

FILE = Path(__file__).parent / "terms.toml"


@cache
def _table() -> dict[str, dict[str, str | int]]:
    return tomllib.loads(FILE.read_text("utf-8"))


@cache
def working_days() -> dict[str, int]:
    """The limits in working days, by name."""
    return {name: int(said["working_days"]) for name, said in _table().items() if "working_days" in said}


def complain_until(closed_on: date) -> date:
    """The last day on which somebody may complain about a case that was closed on that day (calendar days)."""
    return closed_on + timedelta(days=int(_table()["complain"]["calendar_days"]))


def resolving(kind: str) -> str:
    """The name of the limit by which a complaint of this kind must be answered."""
    return "oversight" if kind == Kind.OVERSIGHT else "resolve"


@dataclass(frozen=True, slots=True)
class Counting:
    """Dates counted from one moment; None while the holidays of that year are not known and nothing can be promised."""

    start: datetime
    calendar: Calendar
    hours: Hours

    @classmethod
    def since(cls, start: datetime) -> "Counting":
        """Ready to count from that moment. One query."""
        return cls(start, *load(MAIN_SITE, start.date()))

    def until(self, limit: str) -> datetime | None:
        """The end of the limit of that name."""
        try:
            return due_at(self.start, working_days()[limit], self.calendar, self.hours)
        except Unavailable:
            return None

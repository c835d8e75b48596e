"""Until when a report must be begun and closed, counted like every term of the mall."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from agencies.errors import Unavailable
from agencies.workdays import MAIN_SITE, Calendar, Hours, due_at, load

FILE = Path(__file__).parent / "terms.toml"


@cache
def working_days() -> dict[str, int]:
    """The limits by name."""
    return {name: int(said["working_days"]) for name, said in tomllib.loads(FILE.read_text("utf-8")).items()}


@dataclass(frozen=True, slots=True)
class Terms:
    """The two dates; None while the holidays of that year are not known and nothing can be promised."""

    verify: datetime | None
    resolve: datetime | None


def terms_from(filed_at: datetime) -> Terms:
    """Both dates for a report that came then, in one query."""
    calendar, hours = load(MAIN_SITE, filed_at.date())
    return Terms(*(_due(filed_at, working_days()[name], calendar, hours) for name in ("verify", "resolve")))


def _due(filed_at: datetime, days: int, calendar: Calendar, hours: Hours) -> datetime | None:
    try:
        return due_at(filed_at, days, calendar, hours)
    except Unavailable:
        return None

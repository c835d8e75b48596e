"""Until when a request is answered, objected to and disputed, counted like every term of the mall."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType

from agencies import clock
from agencies.errors import Unavailable
from agencies.workdays import MAIN_SITE, Calendar, due_at, load

FILE = Path(__file__).parent / "terms.toml"


@cache
def working_days() -> Mapping[str, int]:
    """The limits by name."""
    said = tomllib.loads(FILE.read_text("utf-8"))
    return MappingProxyType({name: int(one["working_days"]) for name, one in said.items()})


def answer_due(registered_at: datetime, *, extended: bool) -> datetime | None:
    """Until when a request that came then is answered: 10 working days, 17 once extended. One query.

    None while the holidays of that year are not known: nothing is promised, and no silence counts.
    """
    days = working_days()["answer"] + (working_days()["extension"] if extended else 0)
    return _due(registered_at, days)


def objection_due(filed_at: datetime) -> datetime | None:
    """Until when the superior answers an objection that came then. One query."""
    return _due(filed_at, working_days()["answer_objection"])


def last_day(name: str, begins_at: datetime) -> date | None:
    """The last day (WIB) of `object` or `dispute` for what began then; None: no calendar yet. One query."""
    first = clock.wib_date(begins_at)
    try:
        return Calendar.load(first).add_working_days(first, working_days()[name])
    except Unavailable:
        return None


def _due(at: datetime, days: int) -> datetime | None:
    calendar, hours = load(MAIN_SITE, at.date())
    try:
        return due_at(at, days, calendar, hours)
    except Unavailable:
        return None

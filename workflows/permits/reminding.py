"""On which days a holder is reminded. Whoever was not told in time is told once, of what is nearest."""

from collections.abc import Sequence
from datetime import date

OBLIGATION_REMINDERS = (30, 7)
"""Days before an obligation falls due."""


def next_day(ends: date | None, days_before: Sequence[int], after: date) -> date | None:
    """The first day of reminding after that day; None where nothing ends or nothing is left to say."""
    if ends is None:
        return None
    days = (date.fromordinal(ends.toordinal() - days) for days in days_before)
    return min((day for day in days if day > after), default=None)

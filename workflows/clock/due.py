"""When an answer is due: the term of a definition over the calendar of a site."""

from dataclasses import dataclass
from datetime import date, datetime

from agencies import clock, workdays


@dataclass(frozen=True, slots=True)
class Terms:
    """A calendar and the hours of one site, read once for one piece of work."""

    calendar: workdays.Calendar
    hours: workdays.Hours

    @classmethod
    def at(cls, site_code: str, moment: datetime) -> "Terms":
        """The calendar around `moment` and the hours of that site."""
        return cls(workdays.Calendar.load(clock.wib_date(moment)), workdays.Hours.load(site_code))

    def due(self, arrived: datetime, working_days: int) -> datetime:
        """Closing time of the last day of the term; day 1 is the working day after arrival."""
        return workdays.due_at(arrived, working_days, self.calendar, self.hours)

    def left(self, now: datetime, due: datetime) -> int:
        """Working days from today to the due day; 0 once it has passed."""
        today, last = clock.wib_date(now), clock.wib_date(due)
        return max(0, self.calendar.working_days_between(today, last)) if last >= today else 0

    def resume(self, now: datetime, days_left: int) -> datetime:
        """The due date after a pause that began with `days_left` working days to go."""
        return self.hours.closing_time(self.calendar.add_working_days(clock.wib_date(now), days_left))

    def arrival(self, at: datetime) -> date:
        """The day on which something handed in at that moment counts as arrived."""
        return workdays.arrival_day(at, self.calendar, self.hours)

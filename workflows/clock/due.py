"""When an answer is due: the term of a definition over the calendar of a site."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agencies import clock, workdays
from agencies.models import Holiday


@dataclass(frozen=True, slots=True)
class Terms:
    """A calendar and the hours of one site, read once for one piece of work."""

    calendar: workdays.Calendar
    hours: workdays.Hours

    @classmethod
    def at(cls, site_code: str, moment: datetime) -> "Terms":
        """The calendar around `moment` and the hours of that site, in one query."""
        return cls(*workdays.load(site_code, clock.wib_date(moment)))

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

    def back(self, due: datetime, days: float) -> datetime:
        """The moment so many working days before `due`, which is a closing time.

        Of a part of a day the same part of its opening hours is counted: half a day before 14:00 is 11:00 where
        the mall opens at 8:00.
        """
        day = self.calendar.working_days_back(clock.wib_date(due), int(days))
        closes = self.hours.closing_time(day)
        return closes - (closes - self.hours.opening_time(day)) * (days - int(days))

    def arrival(self, at: datetime) -> date:
        """The day on which something handed in at that moment counts as arrived."""
        return workdays.arrival_day(at, self.calendar, self.hours)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How a due date was counted: from which day, to which moment, and what was skipped on the way."""

    arrived: date
    due: datetime
    holidays: tuple[Holiday, ...]
    """Monday to Friday only, between the filing and the due date."""
    weekend_days: int


def reckon(received: datetime, working_days: int, site_code: str) -> Reckoning:
    """Count a term and keep the working-out.

    Raises:
        Unavailable: the count reaches a year whose holidays are not in the table.
    """
    terms = Terms.at(site_code, received)
    arrived, due = terms.arrival(received), terms.due(received, working_days)
    first, last = clock.wib_date(received), clock.wib_date(due)
    between = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    weekend = [day for day in between if day.weekday() >= workdays.SATURDAY]
    rows = Holiday.objects.filter(date__range=(first, last)).order_by("date", "kind")
    return Reckoning(arrived, due, tuple(row for row in rows if row.date not in weekend), len(weekend))

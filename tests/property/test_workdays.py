"""Laws of counting days that hold for every calendar."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agencies.clock import wib_date
from agencies.workdays import Calendar, Hours, arrival_day, due_at

YEARS = frozenset(range(2023, 2032))
days = st.dates(min_value=date(2024, 1, 1), max_value=date(2028, 12, 31))
terms = st.integers(min_value=0, max_value=98)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
calendars = st.builds(Calendar, st.frozensets(days, max_size=60), st.just(YEARS))
HOURS = Hours()


@given(calendars, days, terms)
def test_the_last_day_of_a_term_is_a_working_day(calendar: Calendar, start: date, term: int) -> None:
    end = calendar.add_working_days(start, term)
    assert end == start if term == 0 else calendar.is_working_day(end)


@given(calendars, days, terms)
def test_counting_back_gives_the_term(calendar: Calendar, start: date, term: int) -> None:
    assert calendar.working_days_between(start, calendar.add_working_days(start, term)) == term


@given(calendars, days, terms, terms)
def test_terms_add_up(calendar: Calendar, start: date, one: int, two: int) -> None:
    assert calendar.add_working_days(calendar.add_working_days(start, one), two) == calendar.add_working_days(
        start, one + two
    )


@given(calendars, days, days, terms)
def test_a_later_start_never_ends_earlier(calendar: Calendar, one: date, two: date, term: int) -> None:
    first, last = sorted((one, two))
    assert calendar.add_working_days(first, term) <= calendar.add_working_days(last, term)


@given(calendars, days, terms, days)
def test_one_more_holiday_never_shortens_a_term(calendar: Calendar, start: date, term: int, extra: date) -> None:
    """M08: due dates move forward only."""
    fuller = Calendar(calendar.holidays | {extra}, YEARS)
    assert fuller.add_working_days(start, term) >= calendar.add_working_days(start, term)


@given(calendars, moments)
def test_arrival_is_never_before_the_filing_and_on_an_open_day(calendar: Calendar, moment: datetime) -> None:
    day = arrival_day(moment, calendar, HOURS)
    assert day >= wib_date(moment)
    assert HOURS.on(day, calendar)
    assert all(
        not HOURS.on(skipped, calendar)
        for n in range(1, (day - wib_date(moment)).days)
        if (skipped := wib_date(moment) + timedelta(days=n))
    )


@given(calendars, moments, moments, terms)
def test_who_files_earlier_is_due_no_later(calendar: Calendar, one: datetime, two: datetime, term: int) -> None:
    first, last = sorted((one, two))
    assert due_at(first, term, calendar, HOURS) <= due_at(last, term, calendar, HOURS)


@given(calendars, moments, terms)
def test_nobody_is_due_before_filing(calendar: Calendar, moment: datetime, term: int) -> None:
    assert due_at(moment, term, calendar, HOURS) >= moment

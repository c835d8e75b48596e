"""Working days: the four vectors of the law (M07), midnight in Banyuwangi (M29), and opening hours."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.utils import translation

from agencies import workdays
from agencies.clock import WIB
from agencies.errors import Unavailable
from agencies.loader import load_holidays, load_sites
from agencies.models import Holiday, HolidayKind, OpeningException, OpeningHours, Site
from agencies.workdays import Calendar, Hours, arrival_day, due_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar() -> Calendar:
    """The shipped holidays."""
    load_holidays()
    return Calendar.load(date(2026, 6, 1))


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment by the wall clock of Banyuwangi."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=WIB)


@pytest.mark.parametrize(
    ("received", "days", "due", "without_cuti_bersama"),
    [
        (date(2026, 3, 16), 5, date(2026, 3, 30), date(2026, 3, 24)),
        (date(2026, 3, 13), 10, date(2026, 4, 6), date(2026, 3, 30)),
        (date(2026, 5, 25), 5, date(2026, 6, 4), None),
        (date(2026, 12, 21), 5, date(2026, 12, 30), date(2026, 12, 29)),
    ],
)
def test_m07_due_date_vectors(
    calendar: Calendar, received: date, days: int, due: date, without_cuti_bersama: date | None
) -> None:
    """M07: each received by 09:00, due when the mall closes."""
    assert due_at(at(received), days, calendar, Hours()) == at(due, 14)
    assert calendar.working_days_between(received, due) == days
    if without_cuti_bersama:
        Holiday.objects.filter(kind=HolidayKind.CUTI_BERSAMA).delete()
        assert Calendar.load(received).add_working_days(received, days) == without_cuti_bersama


@pytest.mark.parametrize(("year", "days"), [(2026, 240), (2027, 242)])
def test_working_days_of_a_year(calendar: Calendar, year: int, days: int) -> None:
    assert calendar.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == days


def test_m29_filing_after_midnight_wib_counts_as_that_day(calendar: Calendar) -> None:
    """M29: 17:30 UTC on Sunday 4 January is 00:30 on Monday the 5th."""
    assert arrival_day(datetime(2026, 1, 4, 17, 30, tzinfo=UTC), calendar, Hours()) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("moment", "counts_as"),
    [
        (at(date(2026, 3, 16), 0, 5), date(2026, 3, 16)),
        (at(date(2026, 3, 16), 14, 0), date(2026, 3, 16)),
        (at(date(2026, 3, 16), 14, 1), date(2026, 3, 17)),
        (at(date(2026, 3, 17), 20), date(2026, 3, 25)),  # Nyepi, Lebaran and a weekend lie between
        (at(date(2026, 3, 28), 10), date(2026, 3, 30)),  # Saturday
    ],
)
def test_arrival(calendar: Calendar, moment: datetime, counts_as: date) -> None:
    assert arrival_day(moment, calendar, Hours()) == counts_as


def test_same_visit_is_due_at_closing(calendar: Calendar) -> None:
    assert due_at(at(date(2026, 3, 16), 10), 0, calendar, Hours()) == at(date(2026, 3, 16), 14)
    assert due_at(at(date(2026, 3, 16), 15), 0, calendar, Hours()) == at(date(2026, 3, 17), 14)


def test_a_year_without_holidays_is_not_promised(calendar: Calendar) -> None:
    with pytest.raises(Unavailable) as told:
        calendar.add_working_days(date(2027, 12, 30), 5)
    assert "2028" in told.value.sentence
    with translation.override("id"), pytest.raises(Unavailable, match="hari libur tahun 2028"):
        due_at(at(date(2027, 12, 30)), 98, calendar, Hours())


@pytest.mark.usefixtures("bare")
def test_an_empty_table_promises_nothing() -> None:
    with pytest.raises(Unavailable):
        Calendar.load(date(2026, 1, 1)).is_working_day(date(2026, 1, 2))


def test_cuti_bersama_alone_does_not_make_a_year_known() -> None:
    Holiday.objects.create(date=date(2030, 5, 2), name="Cuti", kind=HolidayKind.CUTI_BERSAMA)
    with pytest.raises(Unavailable):
        Calendar.load(date(2030, 1, 1)).is_working_day(date(2030, 5, 3))


def test_calendar_is_one_query(calendar: Calendar, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):  # the holidays of five years
        Calendar.load(date(2026, 6, 1))
    with django_assert_num_queries(0):
        due_at(at(date(2026, 3, 16)), 98, calendar, Hours())


def test_a_negative_term_is_a_fault(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="negative"):
        calendar.add_working_days(date(2026, 3, 16), -1)


def test_shipped_sites_close_at_two(django_assert_num_queries: Any) -> None:
    load_sites()
    with django_assert_num_queries(1):  # the week, the exceptions
        hours = Hours.load("GENTENG")
    assert hours.closing_time(date(2026, 3, 16)) == at(date(2026, 3, 16), 14)
    assert sorted(hours.week) == [0, 1, 2, 3, 4]


def test_a_festival_day_takes_filings_until_ten_at_night(calendar: Calendar) -> None:
    load_sites()
    saturday = date(2026, 10, 10)
    OpeningException.objects.create(site_id="MPP", date=saturday, opens=time(9), closes=time(22), reason="Festival")
    hours = Hours.load("MPP")
    assert arrival_day(at(saturday, 21), calendar, hours) == saturday
    assert hours.closing_time(saturday) == at(saturday, 22)
    # The legal clock still counts from Monday: opening for queues is no working day.
    assert due_at(at(saturday, 21), 1, calendar, hours) == at(date(2026, 10, 12), 14)


def test_a_day_closed_by_exception_moves_the_arrival(calendar: Calendar) -> None:
    load_sites()
    OpeningException.objects.create(site_id="MPP", date=date(2026, 3, 16), reason="Pemeliharaan listrik")
    hours = Hours.load("MPP")
    assert arrival_day(at(date(2026, 3, 16)), calendar, hours) == date(2026, 3, 17)
    assert hours.closing_time(date(2026, 3, 16)) == at(date(2026, 3, 16), 14)


def test_hours_are_data(calendar: Calendar) -> None:
    Site.objects.create(code="BARU", name="Mal Baru")
    OpeningHours.objects.create(site_id="BARU", weekday=0, opens=time(7), closes=time(19))
    hours = Hours.load("BARU")
    assert arrival_day(at(date(2026, 3, 16), 18), calendar, hours) == date(2026, 3, 16)
    assert arrival_day(at(date(2026, 3, 17), 8), calendar, hours) == date(2026, 3, 30)  # open on Mondays only


def test_a_site_that_never_opens_again_says_so(calendar: Calendar) -> None:
    never = Hours(week={6: workdays.Opening(time(8), time(9))}, exceptions={})
    shut = Hours(
        week=never.week, exceptions={date.fromordinal(date(2026, 3, 16).toordinal() + n): None for n in range(90)}
    )
    with pytest.raises(Unavailable, match="jadwal buka"):
        arrival_day(at(date(2026, 3, 16)), calendar, shut)


def test_module_closing_time_uses_the_usual_week() -> None:
    assert workdays.closing_time(date(2026, 3, 16)) == at(date(2026, 3, 16), 14)

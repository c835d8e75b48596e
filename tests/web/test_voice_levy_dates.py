"""The dates of a report of a levy follow the calendar, forward and never backward."""

from datetime import date, datetime, timedelta

import pytest

from agencies import clock
from agencies.services import remove_holiday, set_holiday
from tests import levies
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 9)


def test_m08_holiday_entered_later_moves_the_dates_of_open_reports_forward() -> None:
    with clock.pretend(datetime(2026, 6, 8, 9, tzinfo=clock.WIB)):
        report = levies.file(happened_on=date(2026, 6, 1))
        before = report.verify_due_at
        assert before
        set_holiday(date=DAY, name="Libur daerah", kind="LOCAL", decree_no="SK 1")
        report.refresh_from_db()
        moved = report.verify_due_at
        assert moved
        assert clock.wib_date(moved) == clock.wib_date(before) + timedelta(days=1)
        remove_holiday(date=DAY, kind="LOCAL")
        report.refresh_from_db()
        assert report.verify_due_at == moved
    assert Event.objects.filter(subject_id=report.pk, kind="levy.due_moved").count() == 1

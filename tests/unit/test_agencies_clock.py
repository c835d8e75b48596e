"""The one clock."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from agencies import clock


def test_now_is_aware_and_in_utc() -> None:
    with time_machine.travel(datetime(2026, 1, 4, 17, 30, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2026, 1, 4, 17, 30, tzinfo=UTC)
        assert clock.now().utcoffset() == UTC.utcoffset(None)


def test_a_filing_after_midnight_wib_belongs_to_the_new_day() -> None:
    """M29."""
    moment = datetime(2026, 1, 4, 17, 30, tzinfo=UTC)
    assert clock.wib_date(moment) == date(2026, 1, 5)
    assert clock.wib(moment).strftime("%H:%M") == "00:30"
    with time_machine.travel(moment, tick=False):
        assert clock.today() == date(2026, 1, 5)


def test_a_naive_datetime_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        clock.wib(datetime(2026, 1, 4, 17, 30))  # noqa: DTZ001 - the fault under test

"""What the calendar brings to permits: reminders exactly once, the nearest after an outage, and the end."""

from datetime import date, datetime, time, timedelta

import pytest

from agencies import clock
from documents.permits.queries import Standing, standing
from notifications.models import Message
from tests.cases import DOCTOR
from tests.engine import TestCast
from tests.permits import approver, handed_over, publish
from workflows.definition.kinds import Effect
from workflows.permits import reminding, services, sweep
from workflows.permits.models import Permit, PermitStatus
from workflows.trail import relay
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> TestCast:
    publish(DOCTOR, renewal={}, product={"validity": {"kind": "days", "amount": 100}})
    return TestCast()


def _swept(day: date, hour: int = 3) -> dict[str, int]:
    """What a sweep of that day, WIB, does."""
    with clock.pretend(datetime.combine(day, time(hour), clock.WIB)):
        return sweep.sweep()


def _deliver() -> None:
    """Keep the promises of days that have not come yet."""
    with clock.pretend(clock.now() + timedelta(days=400)):
        relay.drain("default")


def _before(permit: Permit, days: int) -> date:
    assert permit.valid_until
    return permit.valid_until - timedelta(days=days)


def _reminders(permit: Permit) -> list[int]:
    rows = Event.objects.filter(subject_id=permit.case_id, kind="permit.ending").order_by("seq")
    return [row.data["days"] for row in rows]


def test_holder__is_reminded_60_30_and_7_days_before_the_end_exactly_once(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    for days in range(99, -1, -1):
        _swept(_before(permit, days))
        if days in (60, 30, 7):
            _swept(_before(permit, days), hour=15)
    assert _reminders(permit) == [60, 30, 7]
    _deliver()
    letters = Message.objects.filter(template="permit_ending")
    assert len(letters) == 3
    assert all(f"/izin/{permit.pk}/" in letter.body for letter in letters)


def test_sweep_that_was_down__sends_only_the_nearest_reminder(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    for days in (70, 5, 4, 1):
        _swept(_before(permit, days))
    assert _reminders(permit) == [5]


def test_permit__ends_on_the_day_after_its_last_day_in_banyuwangi(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    assert permit.valid_until
    assert _swept(permit.valid_until, hour=23)["expired"] == 0
    assert standing(Permit.objects.get(pk=permit.pk), permit.valid_until) is Standing.VALID
    after = permit.valid_until + timedelta(days=1)
    assert _swept(after, hour=0)["expired"] == 1
    assert _swept(after, hour=1)["expired"] == 0
    row = Permit.objects.get(pk=permit.pk)
    assert (row.status, row.remind_on) == (PermitStatus.EXPIRED, None)
    assert Event.objects.filter(kind="permit.expired").count() == 1
    _deliver()
    assert Message.objects.filter(template="permit_expired").count() == 1


def test_sweep_that_was_down_past_the_end__ends_the_permit_and_reminds_of_nothing(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    done = _swept(_before(permit, -3))
    assert (done["expired"], done["reminded"]) == (1, 0)


def test_suspended_permit__ends_too_and_is_not_reminded(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    said = {"reason": "x", "legal_basis": "x", "remedy": "x"}
    services.suspend(permit_id=permit.pk, by=approver(cast), **said)
    assert _swept(_before(permit, 30))["reminded"] == 0
    assert _swept(_before(permit, -1))["expired"] == 1


def test_holder_who_renews_already__is_not_reminded(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    with clock.pretend(clock.now() + timedelta(days=50)):
        services.follow(permit_id=permit.pk, by=cast.applicant(permit.case.definition).actor, effect=Effect.RENEWS)
    _swept(_before(permit, 30))
    assert _reminders(permit) == []


def test_permit_shorter_than_the_first_reminder__gets_those_that_are_left() -> None:
    ends = date(2026, 3, 31)
    assert reminding.next_day(ends, (60, 30, 7), date(2026, 3, 2)) == date(2026, 3, 24)
    assert reminding.next_day(ends, (60, 30, 7), date(2026, 3, 24)) is None
    assert reminding.next_day(None, (60, 30, 7), date(2026, 3, 24)) is None
    assert reminding.next_day(date(2028, 3, 1), (1,), date(2028, 1, 1)) == date(2028, 2, 29)

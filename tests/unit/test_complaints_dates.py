"""M13: the limits of complaints, counted from the table of holidays."""

from datetime import date, datetime, timedelta

import pytest

from agencies import clock
from agencies.errors import Invalid
from agencies.services.holidays import set_holiday
from agencies.workdays import Calendar
from mall.voice.complaints.models import Complaint
from mall.voice.complaints.services import handling, sweep, verifying
from mall.voice.complaints.terms import complain_until, working_days
from tests import complaints
from tests.web.portal import Citizen
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.models import Case
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db


def at(day: str, hour: int = 9) -> datetime:
    """A morning in Banyuwangi."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), clock.WIB) + timedelta(hours=hour)


def days_of(complaint: Complaint, *names: str) -> list[str]:
    """The dates of a complaint in Banyuwangi."""
    return [clock.wib_date(getattr(complaint, name)).isoformat() for name in names]


def counted(start: str, days: int) -> str:
    """The same by hand: one day after the other, Monday to Friday, without the table's."""
    day, calendar = date.fromisoformat(start), Calendar.load(date.fromisoformat(start))
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and day not in calendar.holidays
    return day.isoformat()


def test_m13_limits_are_those_of_the_table() -> None:
    assert working_days() == {"verify": 3, "follow_up": 5, "resolve": 14, "oversight": 60, "close": 10}
    assert complain_until(date(2026, 3, 1)) == date(2026, 3, 31)


# Lebaran and Nyepi 2026: 18 to 24 March are no working days.
@pytest.mark.parametrize(
    ("kind", "verify", "resolve"),
    [("service", "2026-03-26", "2026-04-13"), ("oversight", "2026-03-26", "2026-06-25")],
)
def test_m13_verify_3_and_resolve_14_or_60_around_lebaran(kind: str, verify: str, resolve: str) -> None:
    with clock.pretend(at("2026-03-16")):
        complaint = complaints.file(kind=kind)
    assert days_of(complaint, "verify_by", "resolve_by") == [verify, resolve]
    assert resolve == counted("2026-03-16", 60 if kind == "oversight" else 14)


@pytest.mark.parametrize(("sent", "due"), [("2026-03-16", "2026-03-30"), ("2026-12-21", "2026-12-30")])
def test_m13_follow_up_5_counts_from_forwarding(sent: str, due: str) -> None:
    centre = Actor.of(complaints.handler())
    with clock.pretend(at(sent)):
        complaint = complaints.forwarded(complaints.file(), centre)
    assert days_of(complaint, "follow_up_by") == [due] == [counted(sent, 5)]


@pytest.mark.parametrize(("given", "until"), [("2026-03-13", "2026-04-06"), ("2026-12-14", "2026-12-30")])
def test_m13_auto_close_10_working_days_after_an_answer_without_reply(given: str, until: str) -> None:
    centre = Actor.of(complaints.handler())
    with clock.pretend(at(given)):
        complaint = complaints.answered(complaints.forwarded(complaints.file(), centre), centre)
    assert complaint.close_after
    assert days_of(complaint, "close_after") == [until] == [counted(given, 10)]
    for moment, state in ((complaint.close_after, "answered"), (complaints.soon(complaint.close_after), "closed")):
        with clock.pretend(moment):
            sweep.sweep()
        complaint.refresh_from_db()
        assert complaint.state == state
    assert complaint.ending == "silent"


def test_m13_holiday_entered_later_moves_open_dates_forward_and_never_back() -> None:
    centre = Actor.of(complaints.handler())
    with clock.pretend(at("2026-06-08")):
        waiting = complaints.file()
        answered = complaints.answered(complaints.forwarded(complaints.file(), centre), centre)
        before = days_of(waiting, "verify_by", "resolve_by"), days_of(answered, "close_after")
        set_holiday(date=date(2026, 6, 10), name="Uji", kind="LOCAL")
    waiting.refresh_from_db()
    answered.refresh_from_db()
    after = days_of(waiting, "verify_by", "resolve_by"), days_of(answered, "close_after")
    assert after == ([counted("2026-06-08", 3), counted("2026-06-08", 14)], [counted("2026-06-08", 10)])
    assert after > before
    assert Event.objects.filter(kind="complaint.due_moved").count() == 2
    verified = days_of(answered, "verify_by")
    assert verified == ["2026-06-11"], "what was done in time keeps its date"


def test_m13_reclassification_moves_the_answer_to_60_from_filing_and_never_restarts() -> None:
    centre = Actor.of(complaints.handler())
    complaints.handler("DPUCKPP")
    with clock.pretend(at("2026-03-16")):
        complaint = complaints.forwarded(complaints.file(), centre)
    with clock.pretend(at("2026-03-30")):
        moved = verifying.reclassify(complaint_id=complaint.pk, by=centre, kind="oversight")
    assert days_of(moved, "resolve_by") == ["2026-06-25"] == [counted("2026-03-16", 60)]
    assert moved.handler_id == "INSPEKTORAT", "outside the chain of the office complained of"


def test_m13_answer_stays_due_when_it_was_after_a_reply_and_after_being_handed_back() -> None:
    centre, field = Actor.of(complaints.handler()), Actor.of(complaints.handler("DPUCKPP"))
    with clock.pretend(at("2026-06-08")):
        complaint = complaints.forwarded(complaints.file(), centre)
        due = complaint.resolve_by
    with clock.pretend(at("2026-06-10")):
        handling.hand_back(complaint_id=complaint.pk, by=field, text="Bukan urusan kami.")
        again = complaints.forwarded(complaint, centre, "DINKES")
    assert again.resolve_by == due
    assert days_of(again, "follow_up_by") == [counted("2026-06-10", 5)]
    assert again.handler_id == "DPMPTSP", "an agency without a handler is answered for by the centre"


def closed_case(citizen: Citizen, day: str) -> Case:
    """An application of hers that was withdrawn on that day."""
    by = Actor.of(citizen.user)
    with clock.pretend(at(day)):
        case = services.open_draft(by=by, service_code="DPMPTSP-SIP-DOKTER", applicant_id=citizen.person.pk)
        services.withdraw(case_id=case.pk, by=by)
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize(("day", "late"), [("2026-07-08", False), ("2026-07-09", True)])
def test_m13_citizen_complains_within_30_days_after_the_service_ended(day: str, late: bool) -> None:
    citizen = Citizen()
    case = closed_case(citizen, "2026-06-08")
    with clock.pretend(at(day, 23)):
        if late:
            with pytest.raises(Invalid) as error:
                complaints.file(by=Actor.of(citizen.user), manner="named", case_id=case.pk)
            assert "30 hari" in str(error.value.fields)
            assert not Complaint.objects.exists()
        else:
            complaint = complaints.file(by=Actor.of(citizen.user), manner="named", case_id=case.pk)
            assert (complaint.case_id, complaint.person_id) == (case.pk, citizen.person.pk)

"""A day or an hour that changes later: what is due moves forward, never backward, and people are told (M08)."""

from datetime import date, datetime, time, timedelta

import pytest

from agencies import clock
from agencies.clock import WIB
from agencies.models import Holiday, OpeningHours
from agencies.services import remove_exception, remove_holiday, set_exception, set_holiday, set_week
from notifications.models import Message
from tests.engine import INTAKE, EngineScript, fresh, played
from tests.factories import make_user
from tests.messages import keep_promises
from workflows.cases.advice import Recommendation
from workflows.cases.models import Case
from workflows.clock import recounting
from workflows.invariants.check import offenders
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
DOCTOR = "DPMPTSP-SIP-DOKTER"
MONDAY = datetime(2026, 6, 8, 9, 0, tzinfo=WIB)
FRIDAY = date(2026, 6, 12)


def submitted(*parts: str) -> EngineScript:
    """A case of five working days that came in on that Monday: due on Monday 15 June at 14:00."""
    with clock.pretend(MONDAY):
        return played(DOCTOR, *(parts or INTAKE))


def wib(moment: datetime | None) -> str:
    """A moment as the wall clock in Banyuwangi shows it."""
    return f"{clock.wib(moment):%m-%d %H:%M}" if moment else ""


def moves(script: EngineScript, kind: str = "case.due_moved") -> list[str]:
    """What moved, in order."""
    return [e.data["what"] for e in Event.objects.filter(subject_id=script.case_id, kind=kind).order_by("seq")]


def declare(day: date = FRIDAY) -> None:
    """A holiday that becomes known on the Tuesday."""
    with clock.pretend(MONDAY + timedelta(days=1)):
        set_holiday(date=day, name="Libur Contoh", kind="LOCAL", decree_no="188/1/2026")
        recounting.work()


def test_m08_holiday_added_later_moves_the_due_date_forward_with_an_event_and_a_notice() -> None:
    script = submitted()
    assert wib(fresh(script.case_id).due_at) == "06-15 14:00"
    declare()
    assert wib(fresh(script.case_id).due_at) == "06-17 14:00"  # the 16th is 1 Muharam
    [event] = Event.objects.filter(subject_id=script.case_id, kind="case.due_moved")
    assert (event.data["old"][:10], event.data["new"][:10]) == ("2026-06-15", "2026-06-17")
    keep_promises()
    told = Message.objects.get(case_id=script.case_id, template="due_moved")
    assert "17 Juni 2026" in told.body
    assert [f"{one.rule}: {one.why}" for one in offenders()] == []


def test_m08_holiday_that_is_taken_out_again_moves_nothing_back() -> None:
    script = submitted()
    declare()
    due = fresh(script.case_id).due_at
    remove_holiday(date=FRIDAY, kind="LOCAL")
    declare()
    assert fresh(script.case_id).due_at == due
    assert moves(script) == ["term"]


def test_m08_open_recommendations_move_with_the_case() -> None:
    script = submitted(*INTAKE, "verify")
    advice = Recommendation.objects.get(case_id=script.case_id)
    assert wib(advice.due_at) == "06-11 14:00"
    declare(date(2026, 6, 10))
    advice.refresh_from_db()
    assert wib(advice.due_at) == "06-12 14:00"
    assert moves(script) == ["term"]
    assert moves(script, "recommendation.due_moved") == ["advice"]


def test_m08_time_to_answer_moves_and_a_pause_keeps_its_days() -> None:
    script = submitted(*INTAKE, "send_back")
    before = fresh(script.case_id)
    declare()
    after = fresh(script.case_id)
    assert before.applicant_due_at
    assert after.applicant_due_at
    assert after.applicant_due_at > before.applicant_due_at
    assert after.due_at == before.due_at is None
    assert moves(script) == ["answer"]
    keep_promises()
    assert "waktu Anda untuk menjawab" in Message.objects.get(template="due_moved").body


def test_holiday_outside_a_term_or_on_a_weekend_moves_nothing() -> None:
    script = submitted()
    for day in (date(2026, 6, 13), date(2026, 6, 8), date(2026, 6, 19)):
        declare(day)
    assert moves(script) == []


def test_administrator_who_changes_the_table_stands_in_the_log() -> None:
    admin = make_user(roles=[("administrator", "DPMPTSP")])
    set_holiday(date=FRIDAY, name="Libur Contoh", kind="LOCAL", decree_no="188/1/2026", by=admin)
    event = Event.objects.get(subject_kind="calendar")
    assert (event.kind, event.actor_id, event.data["added"]) == ("holiday.changed", admin.pk, ["2026-06-12"])


def test_later_closing_moves_due_moments_forward_and_an_earlier_one_moves_nothing() -> None:
    script = submitted()
    usual = {day: (time(8), time(14)) for day in range(5)}
    with clock.pretend(MONDAY):
        set_week(site="MPP", week=usual | {0: (time(8), time(16))})
        recounting.work()
        assert wib(fresh(script.case_id).due_at) == "06-15 16:00"
        set_week(site="MPP", week=usual | {0: (time(8), time(12))})
        recounting.work()
        assert wib(fresh(script.case_id).due_at) == "06-15 16:00"
    assert sorted(OpeningHours.objects.filter(site_id="MPP").values_list("weekday", flat=True)) == [0, 1, 2, 3, 4]


def test_festival_evening_on_the_last_day_gives_until_its_closing_and_a_closed_day_takes_nothing() -> None:
    script = submitted()
    with clock.pretend(MONDAY):
        set_exception(site="MPP", date=date(2026, 6, 15), reason="Festival", hours=(time(8), time(22)))
        recounting.work()
        assert wib(fresh(script.case_id).due_at) == "06-15 22:00"
        remove_exception(site="MPP", date=date(2026, 6, 15))
        set_exception(site="MPP", date=date(2026, 6, 15), reason="Listrik padam")
        recounting.work()
    assert wib(fresh(script.case_id).due_at) == "06-15 22:00"
    assert moves(script) == ["term"]


def test_recount_reads_the_calendar_once_for_many_cases(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    scripts = [submitted() for _case in range(3)]
    with django_assert_max_num_queries(20 + 3 * 14):  # holiday, change, calendar, levies, complaints, requests; cases
        declare()
    assert all(moves(script) == ["term"] for script in scripts)
    assert Case.objects.filter(due_at=None).count() == 0
    assert Holiday.objects.filter(date=FRIDAY).count() == 1

"""M14: ten working days, seven more once, and every later term of a request for information."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from agencies import clock
from agencies.errors import Conflict, Invalid
from agencies.services import remove_holiday, set_holiday
from mall.voice.information import sweep
from mall.voice.information.models import InformationRequest
from mall.voice.information.services import handling, objecting
from mall.voice.information.terms import working_days
from tests import information
from tests.information import at
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
NOON = timedelta(hours=3)
VECTORS = [
    (at(2026, 3, 13), date(2026, 4, 6), date(2026, 4, 15)),
    (at(2026, 6, 8), date(2026, 6, 23), date(2026, 7, 2)),
    (at(2026, 12, 21), date(2027, 1, 8), date(2027, 1, 19)),
    (at(2026, 6, 5, hour=20), date(2026, 6, 23), date(2026, 7, 2)),
]
"""Received, due, due when extended: around Lebaran and June 2026, the turn of a year, a Friday evening."""


def day(moment: datetime | None) -> date:
    assert moment
    return clock.wib_date(moment)


def raw(sql: str, *values: object) -> None:
    """As somebody with a console would."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_m14_limits_are_a_table_with_their_law() -> None:
    told = {"answer": 10, "extension": 7, "object": 30, "answer_objection": 30, "dispute": 14}
    assert dict(working_days()) == told


@pytest.mark.parametrize(("received", "due", "extended"), VECTORS)
def test_m14_request_is_due_in_ten_working_days_and_seven_more_once(
    received: datetime, due: date, extended: date
) -> None:
    with clock.pretend(received):
        by = information.ppid()
        request = information.taken(by)
        assert day(request.due_at) == due
        longer = handling.extend(request_id=request.pk, by=by, reason="undecided")
        assert day(longer.due_at) == extended
        with pytest.raises(Conflict, match="hanya boleh sekali"):
            handling.extend(request_id=request.pk, by=by, reason="not_documented")
    request.refresh_from_db()
    assert day(request.due_at) == extended


@pytest.mark.parametrize("reason", ["", "busy", "holiday"])
def test_m14_extension_for_any_other_reason_is_refused(reason: str) -> None:
    by = information.ppid()
    request = information.taken(by)
    with pytest.raises(Invalid) as told:
        handling.extend(request_id=request.pk, by=by, reason=reason)
    assert list(told.value.fields) == ["reason"]


def test_m14_extension_after_the_term_is_refused() -> None:
    by = information.ppid()
    request = information.taken(by)
    assert request.due_at
    with clock.pretend(request.due_at + NOON), pytest.raises(Conflict, match="sudah lewat"):
        handling.extend(request_id=request.pk, by=by, reason="undecided")


def test_m14_postgresql_refuses_a_second_extension() -> None:
    by = information.ppid()
    request = information.taken(by)
    handling.extend(request_id=request.pk, by=by, reason="undecided")
    for change in (
        "extended_at = extended_at + interval '1 day'",
        "extension_reason = 'not_documented'",
        "extended_at = NULL, extension_reason = '', state = 'in_process'",
        "state = 'in_process'",
    ):
        with pytest.raises(DatabaseError):
            raw(f"UPDATE voice_informationrequest SET {change} WHERE id = %s", request.pk)  # noqa: S608 - a test's own


def test_postgresql_refuses_an_extension_without_a_lawful_reason_and_a_term_that_moves_back() -> None:
    request = information.taken(information.ppid())
    for change in (
        "extended_at = now(), extension_reason = 'busy', state = 'extended'",
        "state = 'extended'",
        "due_at = due_at - interval '1 day'",
        "due_at = NULL",
    ):
        with pytest.raises(DatabaseError):
            raw(f"UPDATE voice_informationrequest SET {change} WHERE id = %s", request.pk)  # noqa: S608 - a test's own


def test_m08_holiday_entered_later_moves_open_dates_forward_and_never_back() -> None:
    with clock.pretend(at(2026, 6, 8)):
        by = information.ppid()
        request, other = information.taken(by), information.taken(by)
        done = information.answered(by)
        objection = information.objected(done)
        handling.extend(request_id=other.pk, by=by, reason="undecided")
        set_holiday(date=date(2026, 6, 9), name="Libur daerah", kind="LOCAL", decree_no="SK 1")
        for one in (request, other, done, objection):
            one.refresh_from_db()
        assert (day(request.due_at), day(other.due_at)) == (date(2026, 6, 24), date(2026, 7, 3))
        assert day(done.due_at) == date(2026, 6, 23), "what is answered keeps its date"
        moved = objection.due_at
        remove_holiday(date=date(2026, 6, 9), kind="LOCAL")
        for one in (request, objection):
            one.refresh_from_db()
        assert (day(request.due_at), objection.due_at) == (date(2026, 6, 24), moved)
    assert Event.objects.filter(kind="information.due_moved").count() == 3


def test_requester_objects_to_silence_only_after_the_term_and_within_thirty_working_days() -> None:
    with clock.pretend(at(2026, 6, 8)):
        request, late = information.file(), information.file()
        assert request.due_at
    with clock.pretend(request.due_at), pytest.raises(Conflict, match="belum lewat"):
        information.objected(request, reason="c")
    with clock.pretend(request.due_at + NOON):
        objection = information.objected(request, reason="c")
        request.refresh_from_db()
        assert (request.state, request.silent_at) == ("objection", clock.now())
        assert day(objection.due_at) == date(2026, 8, 5)
    with clock.pretend(at(2026, 8, 5)), pytest.raises(Conflict, match="Batas waktu"):
        information.objected(late, reason="c")
    with clock.pretend(at(2026, 8, 4)):
        information.objected(late, reason="c")


def test_requester_objects_to_an_answer_within_thirty_working_days() -> None:
    with clock.pretend(at(2026, 6, 8)):
        request, late = (information.answered(information.ppid()) for _turn in range(2))
    assert request.object_until == date(2026, 7, 21)
    with clock.pretend(at(2026, 7, 22)), pytest.raises(Conflict, match="Batas waktu"):
        information.objected(late)
    with clock.pretend(at(2026, 7, 21, hour=23)):
        information.objected(request)
        with pytest.raises(Conflict, match="sudah diajukan"):
            information.objected(request)


def test_dispute_is_noted_within_fourteen_working_days_of_the_superiors_answer() -> None:
    with clock.pretend(at(2026, 6, 8)):
        by, head = information.ppid(), information.head()
        request = information.answered(by)
        objection = information.objected(request)
        objecting.answer_objection(objection_id=objection.pk, by=head, verdict="rejected", text="Tetap.")
    objection.refresh_from_db()
    assert objection.dispute_until == date(2026, 6, 29)
    with clock.pretend(at(2026, 7, 20)):
        for wrong in (date(2026, 6, 30), date(2026, 6, 7), date(2026, 7, 21)):
            with pytest.raises(Invalid) as told:
                objecting.record_dispute(request_id=request.pk, by=by, number="001/KI", on=wrong)
            assert list(told.value.fields) == ["on"]
        found = objecting.record_dispute(request_id=request.pk, by=by, number="001/KI", on=date(2026, 6, 29))
    assert (found.state, found.dispute_number) == ("dispute", "001/KI")


def test_dispute_follows_the_superiors_silence() -> None:
    with clock.pretend(at(2026, 6, 8)):
        by = information.ppid()
        request = information.answered(by)
        objection = information.objected(request)
    with clock.pretend(at(2026, 6, 10)), pytest.raises(Invalid):
        objecting.record_dispute(request_id=request.pk, by=by, number="002/KI", on=date(2026, 6, 10))
    assert objection.due_at
    with clock.pretend(objection.due_at + timedelta(days=1)):
        today = clock.today()
        found = objecting.record_dispute(request_id=request.pk, by=by, number="002/KI", on=today)
    assert (found.state, found.disputed_on) == ("dispute", today)


def test_sweep_notes_each_silence_once_and_the_answer_is_still_owed() -> None:
    with clock.pretend(at(2026, 6, 8)):
        by = information.ppid()
        request, objection = information.taken(by), information.objected(information.answered(by))
    with clock.pretend(at(2026, 6, 23, hour=13)):
        assert sweep.sweep() == {"information_terms": 0, "information_objections": 0, "information_posts": 0}
    with clock.pretend(at(2026, 9, 1)):
        assert sweep.sweep()["information_terms"] == 1
        assert set(sweep.sweep().values()) == {0}
        request.refresh_from_db()
        objection.refresh_from_db()
        assert request.silent_at == objection.silent_at == clock.now()
        late = handling.answer(request_id=request.pk, by=by, told=information.reply())
    assert late.state == "granted"
    kinds = Event.objects.filter(subject_kind="information").values_list("kind", flat=True)
    assert [kind for kind in kinds if kind.endswith("overdue")] == [
        "information.overdue",
        "information.objection_overdue",
    ]
    told = Event.objects.get(subject_id=request.pk, kind="information.granted").data
    assert told["in_time"] is False


def test_numbers_are_given_at_once_without_a_gap_and_begin_anew_each_year() -> None:
    with clock.pretend(at(2026, 12, 31)):
        first, second = information.file(), information.file()
        with pytest.raises(Invalid):
            information.file(nik="123")
        third = information.file()
    with clock.pretend(at(2027, 1, 4)):
        fourth = information.file()
    numbers = [one.number for one in (first, second, third, fourth)]
    assert numbers == ["PIP-2026-000001", "PIP-2026-000002", "PIP-2026-000003", "PIP-2027-000001"]
    assert InformationRequest.objects.count() == 4

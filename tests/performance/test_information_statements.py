"""How many SQL statements each step of a request for information costs; twelve is the most."""

from datetime import timedelta

import pytest

from agencies import clock
from agencies.ids import new_id
from mall.doors import NOBODY
from mall.voice.information import sweep
from mall.voice.information.services import file_request, handling, objecting
from tests import information, levies
from tests.performance.test_statements import assert_cheap

pytestmark = pytest.mark.django_db(transaction=True)


def test_register__agency_known_calendar_number_save_event() -> None:
    assert_cheap(lambda: file_request(by=NOBODY, key=new_id(), told=information.told()))


def test_take_extend_answer__lock_calendar_save_event() -> None:
    by = information.ppid()
    request = information.file()
    assert_cheap(lambda: handling.take(request_id=request.pk, by=by))
    assert_cheap(lambda: handling.extend(request_id=request.pk, by=by, reason="undecided"))
    parts = [("Bagian", information.weighed(by).pk)]
    told, files = information.reply("partial", withheld=parts), [levies.evidence()]
    assert_cheap(lambda: handling.answer(request_id=request.pk, by=by, told=told, files=files))


def test_object_answer_dispute__lock_post_number_calendar_save_event() -> None:
    by, head = information.ppid(), information.head()
    request = information.answered(by)
    assert_cheap(lambda: information.objected(request))
    request.refresh_from_db()
    objection = request.objection
    answer = {"objection_id": objection.pk, "by": head, "verdict": "rejected", "text": "Tetap."}
    assert_cheap(lambda: objecting.answer_objection(**answer))
    on = clock.today()
    assert_cheap(lambda: objecting.record_dispute(request_id=request.pk, by=by, number="1/KI", on=on))


def test_silence_and_withdrawal__lock_calendar_event_save() -> None:
    request, other = information.file(), information.file()
    assert_cheap(lambda: objecting.withdraw(request_id=other.pk))
    assert request.due_at
    with clock.pretend(request.due_at + timedelta(hours=1)):
        assert_cheap(lambda: sweep.fall_silent(request.pk))

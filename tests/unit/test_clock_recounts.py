"""A change of the calendar is counted again in the background: resumable, in order, each case once (M08)."""

from datetime import date, datetime, timedelta

import pytest

from agencies import clock
from agencies.clock import WIB
from agencies.models import Role
from agencies.services import set_holiday
from notifications.models import Message
from tests.cases import MALL, browser, staff, text_of
from tests.engine import ADVISED, INTAKE, EngineScript, fresh, played
from tests.messages import keep_promises
from workflows.clock import recounting
from workflows.clock.recounts import Recount
from workflows.clock.tasks import sweep as tick
from workflows.invariants.check import offenders
from workflows.objections.filing import open_to
from workflows.objections.models import Objection
from workflows.objections.services import answer_objection, file_objection
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
DOCTOR = "DPMPTSP-SIP-DOKTER"
MONDAY = datetime(2026, 6, 8, 9, 0, tzinfo=WIB)
WEDNESDAY, FRIDAY, NEXT = date(2026, 6, 10), date(2026, 6, 12), date(2026, 6, 15)
PAGE = "/meja/administrasi/libur/"


class Killed(BaseException):
    """The worker is no more."""


def submitted(*parts: str) -> EngineScript:
    """A case of five working days that came in on that Monday: due on Monday 15 June at 14:00."""
    with clock.pretend(MONDAY):
        return played(DOCTOR, *(parts or INTAKE))


def declare(day: date = FRIDAY) -> None:
    """A holiday that becomes known on the Tuesday, and that nobody has counted yet."""
    with clock.pretend(MONDAY + timedelta(days=1)):
        set_holiday(date=day, name="Libur Contoh", kind="LOCAL", decree_no="188/1/2026")


def moves(script: EngineScript, kind: str = "case.due_moved") -> int:
    return Event.objects.filter(subject_id=script.case_id, kind=kind).count()


def due(script: EngineScript) -> str:
    return f"{clock.wib(fresh(script.case_id).due_at):%m-%d}"  # type: ignore[arg-type]


def test_m08_worker_killed_between_cases_loses_none_and_moves_none_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    scripts = [submitted() for _case in range(5)]
    monkeypatch.setattr(recounting, "BATCH", 2)
    declare()
    done, real = [], recounting.move_due_dates

    def until_killed(case_id, *rest, **more):  # type: ignore[no-untyped-def]
        if len(done) == 3:
            raise Killed
        done.append(case_id)
        return real(case_id, *rest, **more)

    monkeypatch.setattr(recounting, "move_due_dates", until_killed)
    with pytest.raises(Killed):
        recounting.work()
    assert sum(moves(script) for script in scripts) == 3
    assert recounting.left() == 2
    monkeypatch.setattr(recounting, "move_due_dates", real)
    assert recounting.work() == 2
    assert recounting.work() == 0
    assert [moves(script) for script in scripts] == [1] * 5
    assert {due(script) for script in scripts} == {"06-17"}
    assert Recount.objects.get().done_at
    assert not list(offenders())


def test_m08_a_lost_ring_costs_until_the_next_tick() -> None:
    script = submitted()
    declare()
    assert due(script) == "06-15"
    with clock.pretend(MONDAY + timedelta(days=1)):
        tick()
    assert due(script) == "06-17"


def test_two_changes_that_wait_together_are_counted_one_after_the_other() -> None:
    apart, together = submitted(), submitted()
    for day in (FRIDAY, NEXT):
        declare(day)
    recounting.work()
    assert due(together) == due(apart) == "06-18"  # the 16th is 1 Muharam
    assert moves(together) == 2


def test_what_began_after_the_change_was_counted_by_the_new_calendar_and_stays() -> None:
    declare()
    with clock.pretend(MONDAY + timedelta(days=1, hours=1)):
        script = played(DOCTOR, *INTAKE, "send_back")
        before = fresh(script.case_id).applicant_due_at
        recounting.work()
    assert fresh(script.case_id).applicant_due_at == before


def test_administrator_reads_how_many_are_left() -> None:
    submitted()
    with clock.pretend(MONDAY + timedelta(days=1)):
        tab = browser(staff(Role.ADMINISTRATOR))
        declare()
        assert "1 permohonan masih dihitung ulang" in text_of(tab.get(PAGE))
        recounting.work()
        assert "masih dihitung ulang" not in text_of(tab.get(PAGE))


def objected(*, appeal: bool = False) -> tuple[EngineScript, Objection]:
    """An objection of that Monday, due ten working days later; or an appeal."""
    script = submitted(*ADVISED, "refuse")
    with clock.pretend(MONDAY):
        one = file_objection(case_id=script.case_id, by=script.who.actor, reason="Denah sudah ada.")
        if appeal:
            said = {"upheld": False, "answer": "Tidak berskala.", "legal_basis": "Perda 1/2020"}
            answer_objection(objection_id=one.pk, by=script.cast.player(Role.HEAD, MALL), **said)  # type: ignore[arg-type]
            one = file_objection(case_id=script.case_id, by=script.who.actor, reason="Denah berskala.")
    return script, one


@pytest.mark.parametrize("appeal", [False, True])
def test_m08_the_time_to_answer_an_objection_or_appeal_moves_once_with_event_and_notice(appeal: bool) -> None:
    script, one = objected(appeal=appeal)
    before = one.due_at
    for _time in range(2):
        declare()
        recounting.work()
    one.refresh_from_db()
    assert one.due_at > before
    [event] = Event.objects.filter(subject_id=script.case_id, kind="objection.due_moved")
    assert [datetime.fromisoformat(event.data[name]) for name in ("old", "new")] == [before, one.due_at]
    keep_promises()
    assert "waktu untuk menjawab keberatan Anda" in Message.objects.get(template="due_moved").body
    assert not list(offenders())


def test_m08_the_last_day_of_filing_moves_and_no_day_moves_back() -> None:
    script = submitted(*ADVISED, "refuse")
    before = open_to(fresh(script.case_id))
    declare()
    after = open_to(fresh(script.case_id))
    assert before
    assert before.until
    assert after
    assert after.until
    assert after.until > before.until


def test_an_objection_that_was_answered_stays_as_it_is() -> None:
    script, one = objected()
    with clock.pretend(MONDAY):
        said = {"upheld": False, "answer": "Tidak berskala.", "legal_basis": "Perda 1/2020"}
        answer_objection(objection_id=one.pk, by=script.cast.player(Role.HEAD, MALL), **said)  # type: ignore[arg-type]
    declare()
    recounting.work()
    assert moves(script, "objection.due_moved") == 0

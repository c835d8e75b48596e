"""The ladder: who hears at 50, 80 and 100 % of a term, when exactly, and once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from agencies import clock
from agencies.clock import WIB
from agencies.models import Role, User
from notifications.models import Message
from tests.cases import browser, text_of
from tests.engine import INTAKE, EngineScript, fresh, played, script_for
from tests.factories import make_membership, make_user
from tests.messages import keep_promises
from workflows.cases.advice import Recommendation
from workflows.clock import ladder, sweep
from workflows.clock.due import Terms
from workflows.clock.escalation import Escalation
from workflows.invariants.check import offenders
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
DOCTOR = "DPMPTSP-SIP-DOKTER"
MONDAY = datetime(2026, 6, 8, 9, 0, tzinfo=WIB)
"""No holiday follows within the term but 16 June (1 Muharam)."""


def wib(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment in June 2026."""
    return datetime(2026, 6, day, hour, minute, tzinfo=WIB)


def submitted(code: str = DOCTOR, *parts: str) -> EngineScript:
    """A case that came in on that Monday."""
    with clock.pretend(MONDAY):
        return played(code, *(parts or INTAKE))


def swept(at: datetime) -> dict[str, int]:
    """What a sweeper does at that moment."""
    with clock.pretend(at):
        return sweep.sweep()


def climbed(script: EngineScript) -> list[tuple[int, list[list[str]]]]:
    """The rungs in the log of the case, in order, each with its readers."""
    events = Event.objects.filter(subject_id=script.case_id, kind="case.escalated").order_by("seq")
    return [(event.data["step"], event.data["readers"]) for event in events]


@pytest.fixture
def leaders() -> dict[str, User]:
    """Somebody in every post of the mall, and the inspectorate."""
    found = {role: make_user(roles=[(role, "DPMPTSP")]) for role in (Role.DEPUTY, Role.HEAD, Role.MANAGER)}
    return found | {Role.INSPECTORATE: make_user(roles=[("inspectorate", "INSPEKTORAT")])}


DEPUTY, HEAD, WATCH = ["deputy", "DPMPTSP"], ["head", "DPMPTSP"], ["inspectorate", ""]


@pytest.mark.usefixtures("leaders")
def test_case_goes_up_at_50_80_and_100_per_cent_of_its_working_time_each_rung_once() -> None:
    script = submitted()
    case = fresh(script.case_id)
    terms, days = Terms.at(case.site_id, MONDAY), case.definition.term.working_days
    assert case.due_at
    half, most = terms.back(case.due_at, days / 2), terms.back(case.due_at, days / 5)
    assert swept(MONDAY + timedelta(minutes=1))["escalations"] == 0
    assert fresh(script.case_id).escalate_at == half
    for moment, expected in (
        (half - timedelta(seconds=1), []),
        (half, [(50, [DEPUTY])]),
        (most, [(50, [DEPUTY]), (80, [DEPUTY, HEAD])]),
        (case.due_at + timedelta(seconds=1), [(50, [DEPUTY]), (80, [DEPUTY, HEAD]), (100, [DEPUTY, HEAD, WATCH])]),
    ):
        swept(moment)
        swept(moment)
        assert climbed(script) == expected
    assert [f"{one.rule}: {one.why}" for one in offenders()] == []


@pytest.mark.parametrize(
    ("days", "back", "moment"),
    [
        (5, 2.5, wib(11, 11)),  # half a day before 14:00 is 11:00
        (5, 1.0, wib(12, 14)),
        (5, 6.0, wib(5, 14)),  # over a weekend
        (10, 0.5, wib(23, 11)),  # 16 June is a holiday, so day 10 is the 23rd
        (10, 5.0, wib(15, 14)),
    ],
)
def test_rungs_are_counted_in_working_time_back_from_the_due_date(days: int, back: float, moment: datetime) -> None:
    terms = Terms.at("MPP", MONDAY)
    assert terms.back(terms.due(MONDAY, days), back) == moment


@pytest.mark.usefixtures("leaders")
def test_sweeper_that_was_down_takes_what_it_missed_in_order() -> None:
    script = submitted()
    due = fresh(script.case_id).due_at
    assert due
    swept(due + timedelta(days=3))
    assert [step for step, _to in climbed(script)] == [50, 80, 100]
    kinds = list(Event.objects.filter(subject_id=script.case_id).order_by("seq").values_list("kind", flat=True))
    assert kinds[-4:] == ["case.escalated"] * 3 + ["case.term_passed"]
    planned = list(Escalation.objects.order_by("planned_at", "id").values_list("step", flat=True))
    assert planned == sorted(planned)


@pytest.mark.usefixtures("leaders")
def test_paused_time_does_not_count() -> None:
    script = submitted(DOCTOR, *INTAKE, "send_back")
    assert swept(MONDAY + timedelta(days=20))["escalations"] == 0
    assert climbed(script) == []
    assert fresh(script.case_id).escalate_at is None


@pytest.mark.usefixtures("leaders")
@pytest.mark.parametrize(("day", "rungs"), [(wib(11, 12), 0), (wib(15, 9), 80)])
def test_new_arrival_starts_at_the_foot_and_a_return_that_pauses_nothing_does_not(day: datetime, rungs: int) -> None:
    script = submitted()
    swept(day)
    assert fresh(script.case_id).escalated >= 50
    with clock.pretend(day):  # on the last day a return needs a second signature, and the term runs on
        script.play(script.send_back)
        script.play(script.submit)
    assert fresh(script.case_id).escalated == rungs


def test_rung_goes_to_the_manager_where_nobody_holds_the_post_and_the_event_says_so() -> None:
    make_user(roles=[("manager", "DPMPTSP")])
    script = submitted()
    swept(datetime(2026, 12, 1, tzinfo=UTC))
    assert climbed(script)[0] == (50, [["manager", "DPMPTSP"]])
    first = Event.objects.filter(subject_id=script.case_id, kind="case.escalated").order_by("seq")[0]
    assert first.data["vacant"] == ["deputy"]
    assert Escalation.objects.filter(step=80).count() == 1  # deputy and head are both vacant: one manager hears once


def test_agency_that_must_be_waited_for_has_its_silence_reported_to_its_own_superiors_once() -> None:
    head = make_user(roles=[("head", "DINKES")])
    make_user(roles=[("deputy", "DINKES")])
    script = submitted(DOCTOR, *INTAKE, "verify")
    advice = Recommendation.objects.get(case_id=script.case_id)
    Recommendation.objects.filter(pk=advice.pk).update(due_at=wib(10, 14))
    assert swept(wib(10, 15))["recommendations"] == 1
    assert swept(wib(10, 16))["recommendations"] == 0
    assert climbed(script) == [(100, [["deputy", "DINKES"], ["head", "DINKES"]])]
    assert Recommendation.objects.get(pk=advice.pk).state == "asked"
    shown = text_of(browser(head).get("/meja/"))
    assert str(fresh(script.case_id).reference) in shown
    assert f"/meja/permohonan/{script.case_id}/" not in shown


def test_leaders_and_applicant_see_where_the_case_went(leaders: dict[str, User]) -> None:
    script = submitted()
    due = fresh(script.case_id).due_at
    assert due
    swept(due + timedelta(hours=1))
    keep_promises()
    told = Message.objects.filter(template="staff/escalated")
    assert told.filter(user=leaders[Role.HEAD]).count() == 2
    assert told.filter(user=leaders[Role.INSPECTORATE]).count() == 1
    assert not told.filter(user=leaders[Role.MANAGER]).exists()
    reference = str(fresh(script.case_id).reference)
    for role in (Role.DEPUTY, Role.HEAD, Role.INSPECTORATE):
        assert text_of(browser(leaders[role]).get("/meja/")).count(reference) == 1, role
    user = fresh(script.case_id).applicant.user
    page = text_of(browser(user).get(f"/permohonan/{script.case_id}/"))
    assert "Diteruskan kepada Wakil kepala instansi" in page


def test_list_of_escalations_costs_the_same_for_one_and_for_many(
    leaders: dict[str, User], django_assert_num_queries: Any
) -> None:
    from workflows.actors import Actor
    from workflows.cases.queries import escalated

    make_membership(leaders[Role.HEAD], Role.DEPUTY)  # who holds two posts reads of a case once
    scripts = [submitted() for _one in range(3)]
    swept(datetime(2026, 12, 1, tzinfo=UTC))
    by = Actor.of(leaders[Role.HEAD])
    with django_assert_num_queries(1):
        first = escalated(by, limit=2)
    assert len(first.items) == 2
    rest = escalated(by, cursor=first.next, limit=2)
    assert {row.case_id for row in (*first.items, *rest.items)} == {script.case_id for script in scripts}


def test_postgresql_refuses_a_rung_twice_and_keeps_every_one() -> None:
    script = submitted()
    swept(datetime(2026, 12, 1, tzinfo=UTC))
    row = Escalation.objects.filter(case_id=script.case_id).first()
    assert row
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation(**{f.attname: getattr(row, f.attname) for f in Escalation._meta.fields if f.name != "id"}).save()
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        row.delete()


def test_same_visit_has_no_rungs_below_the_top() -> None:
    with clock.pretend(MONDAY):
        script = script_for("POLRESTA-SKCK-BARU")
        for part in INTAKE:
            script.play(getattr(script, part))
    assert ladder._below_top(ladder.Work(fresh(script.case_id), ladder.LADDER)) == []
    swept(datetime.combine(date(2026, 6, 9), MONDAY.time(), tzinfo=WIB))
    assert [step for step, _to in climbed(script)] == [100]

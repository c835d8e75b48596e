"""The inspector is drawn by lot; she alone reports; repairs bring another visit; the lot is set aside with a reason."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db.models import Q

from agencies import clock
from agencies.errors import Conflict, Invalid, Refused
from agencies.models import Person, Role, User
from tests.advice import checked, give, of, officer, service
from tests.engine import TestCast, fresh
from tests.factories import make_person
from workflows.cases import inspecting, services
from workflows.cases.models import Duty
from workflows.cases.repair import Repair
from workflows.cases.visits import Inspection
from workflows.invariants.check import offenders
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db

VISITING = {"agency": "DLH", "term_days": 5, "inspects": True}
LOOK = {"kind": "Pemeriksaan lokasi", "lead": "DLH"}
CHI_SQUARE_BOUND = 27.88
"""The 99.9th percentile for nine degrees of freedom: of a fair lot, one run in a thousand lies above it."""
DRAWS = 2000
MONDAY = datetime(2026, 11, 23, 9, tzinfo=clock.WIB)


def visited(officers: int = 3):
    """A case whose visit is to be drawn among so many officers."""
    service(VISITING, inspection=LOOK)
    cast = TestCast()
    script = checked(cast)
    people = [cast.player(Role.OFFICER, "DLH", number) for number in range(1, officers + 1)]
    return script, people


def visit_of(script, number=1):
    return Inspection.objects.get(case_id=script.case_id, number=number)


def draw(script, by):
    return services.draw_inspector(inspection_id=visit_of(script).pk, by=by)


def report(script, by, number=1, **said):
    words = {"held_on": clock.today(), "result": "fit", "findings": "Sesuai."} | said
    return services.report_inspection(inspection_id=visit_of(script, number).pk, by=by, **words)


def parted(script, people):
    """Who was drawn, and one of the others."""
    drawn = visit_of(script).inspector_id
    return (
        next(one for one in people if one.user_id == drawn),
        next(one for one in people if one.user_id != drawn),
    )


def test_idea_31_the_lot_falls_evenly_over_two_thousand_draws(monkeypatch):
    urn = [SimpleNamespace(pk=number) for number in range(10)]
    monkeypatch.setattr(inspecting, "eligible_officers", lambda _agency, _case: urn)
    work = SimpleNamespace(case=SimpleNamespace(lane="real"), record=lambda *_told: None)
    tally = Counter[int]()
    for _time in range(DRAWS):
        visit = Inspection(agency_id="DLH")
        inspecting._draw(work, visit)
        tally[visit.inspector_id] += 1
    expected = DRAWS / len(urn)
    assert sum((tally[one.pk] - expected) ** 2 / expected for one in urn) < CHI_SQUARE_BOUND


def household(script, actor):
    """Let the applicant and that officer live under one family card."""
    make_person(user=User.objects.get(pk=actor.user_id))
    both = Q(user_id=actor.user_id) | Q(pk=fresh(script.case_id).applicant_id)
    Person.objects.filter(both).update(kk_index="0" * 64)


def test_idea_31_officer_of_the_applicants_household_is_never_drawn():
    script, people = visited(officers=2)
    household(script, people[0])
    draw(script, people[1])
    assert (visit_of(script).inspector_id, visit_of(script).drawn_from) == (people[1].user_id, 1)


def test_officer_with_another_duty_in_the_case_is_never_drawn():
    script, people = visited(officers=2)
    Duty.objects.create(case_id=script.case_id, user_id=people[0].user_id, human=people[0].user_id, duty="verifier")
    draw(script, people[1])
    assert visit_of(script).inspector_id == people[1].user_id


def test_without_an_eligible_officer_nobody_is_drawn():
    script, people = visited(officers=1)
    Duty.objects.create(case_id=script.case_id, user_id=people[0].user_id, human=people[0].user_id, duty="verifier")
    with pytest.raises(Conflict):
        draw(script, people[0])


def test_scheduling_draws_and_the_event_says_from_how_many():
    script, people = visited()
    services.schedule_inspection(inspection_id=visit_of(script).pk, by=people[0], day=clock.today())
    visit = visit_of(script)
    assert visit.drawn_from == len(people)
    assert visit.inspector_id in {one.user_id for one in people}
    event = Event.objects.get(subject_id=script.case_id, kind="inspection.drawn")
    assert (event.data["eligible"], event.data["drawn"]) == (len(people), str(visit.inspector_id))


def test_only_who_was_drawn_reports():
    script, people = visited()
    with pytest.raises(Conflict):
        report(script, people[0])
    draw(script, people[0])
    drawn, other = parted(script, people)
    with pytest.raises(Refused):
        report(script, other)
    assert report(script, drawn).state == "held"
    with pytest.raises(Conflict):
        draw(script, people[0])


def test_lot_is_set_aside_only_by_another_with_code_and_reason_and_it_is_counted():
    script, people = visited()
    draw(script, people[0])
    drawn, other = parted(script, people)
    third = next(one for one in people if one not in (drawn, other))
    visit = visit_of(script)

    def appoint(by, user_id, code="absent", reason="Sakit."):
        said = {"user_id": user_id, "code": code, "reason": reason}
        return services.appoint_inspector(inspection_id=visit.pk, by=by, **said)

    with pytest.raises(Refused):
        appoint(drawn, other.user_id)
    with pytest.raises(Refused):
        appoint(officer(script, "DISHUB"), other.user_id)
    for wrong in ({"user_id": other.user_id}, {"code": "whim"}, {"reason": " "}, {"user_id": drawn.user_id}):
        with pytest.raises(Invalid):
            appoint(other, **({"user_id": third.user_id} | wrong))
    assert appoint(other, third.user_id).inspector_id == third.user_id
    event = Event.objects.get(subject_id=script.case_id, kind="inspection.override")
    assert (event.data["code"], event.data["named"]) == ("absent", str(third.user_id))
    assert "Sakit" not in str(event.data)
    report(script, third)


def test_head_of_the_agency_may_set_the_lot_aside():
    script, people = visited()
    draw(script, people[0])
    _drawn, other = parted(script, people)
    head = script.cast.player(Role.HEAD, "DLH")
    said = {"user_id": other.user_id, "code": "skill", "reason": "Perlu ahli geologi."}
    assert services.appoint_inspector(inspection_id=visit_of(script).pk, by=head, **said).override == "skill"


def test_repairs_stop_the_term_for_the_applicant_and_bring_a_second_visit():
    script, people = visited()
    draw(script, people[0])
    drawn, _other = parted(script, people)
    with pytest.raises(Invalid) as told:
        report(script, drawn, result="repair")
    assert "repairs" in told.value.fields
    report(script, drawn, result="repair", repairs=["Pasang alat pemadam."])
    case = fresh(script.case_id)
    assert (case.state, case.paused) == ("awaiting_recommendations", "correcting")
    second = visit_of(script, number=2)
    assert (second.state, second.inspector_id) == ("planned", None)
    services.answer_repair(case_id=script.case_id, by=script.who.actor, answer="Sudah dipasang.")
    with pytest.raises(Invalid):
        give(script, "DLH")
    again = services.draw_inspector(inspection_id=second.pk, by=people[0])
    report(script, next(one for one in people if one.user_id == again.inspector_id), number=2)
    give(script, "DLH")
    assert of(script, "DLH").state == "given"
    assert list(offenders()) == []


@pytest.mark.parametrize(
    ("typed", "kept"), [("-8.2192, 114.3691", True), ("", True), ("di sana", False), ("48.1,2.3", False)]
)
def test_position_is_a_point_in_indonesia_or_refused(typed, kept):
    script, people = visited(officers=1)
    draw(script, people[0])
    if kept:
        assert report(script, people[0], position=typed).state == "held"
        return
    with pytest.raises(Invalid) as told:
        report(script, people[0], position=typed)
    assert "position" in told.value.fields


def repairing(days):
    """A case in which the visit asks for repairs, due in so many calendar days."""
    script, people = visited(officers=1)
    draw(script, people[0])
    until = clock.today() + timedelta(days=days)
    report(script, people[0], result="repair", repairs=["Pasang alat pemadam."], until=until)
    return script, until


def test_inspector_sets_the_day_until_which_the_repair_is_due():
    with clock.pretend(MONDAY):
        script, until = repairing(days=4)
        repair = Repair.objects.get(case_id=script.case_id)
        assert (clock.wib_date(repair.due_at), fresh(script.case_id).applicant_due_at) == (until, repair.due_at)
        assert clock.wib(repair.due_at).hour == 14


@pytest.mark.parametrize("days", [0, -1, 5, 90], ids=["today", "past", "saturday", "beyond the definition"])
def test_day_of_a_repair_outside_the_definition_or_no_working_day_is_refused(days):
    with clock.pretend(MONDAY), pytest.raises(Invalid) as told:
        repairing(days)
    assert list(told.value.fields) == ["until"]
    assert not Repair.objects.exists()


def test_a_day_without_repairs_is_refused():
    script, people = visited(officers=1)
    draw(script, people[0])
    with pytest.raises(Invalid) as told:
        report(script, people[0], until=clock.today() + timedelta(days=1))
    assert list(told.value.fields) == ["until"]


def test_second_account_of_the_drawn_inspector_may_not_set_her_own_lot_aside():
    script, people = visited()
    draw(script, people[0])
    drawn, other = parted(script, people)
    same = replace(other, bonds=replace(other.bonds, accounts=frozenset({drawn.user_id})))
    third = next(one for one in people if one not in (drawn, other))
    said = {"user_id": third.user_id, "code": "absent", "reason": "Sakit."}
    with pytest.raises(Refused):
        services.appoint_inspector(inspection_id=visit_of(script).pk, by=same, **said)

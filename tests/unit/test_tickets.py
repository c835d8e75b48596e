"""Tickets: numbers without gaps, the order of a line, a reason for calling before the turn, and an end for each."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing, Refused
from agencies.ids import new_id
from mall.counter.tickets import nightly, queries, services
from mall.counter.tickets.machine import TicketState
from mall.counter.tickets.models import CounterLine, Ticket
from mall.counter.tickets.tasks import tidy_tickets
from tests import tickets
from tests.cases import at, case_of
from workflows.actors import Actor
from workflows.trail.chain import first_break
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
Do = Callable[[Ticket, Actor], Ticket]
STEPS: dict[str, Do] = {
    "call": lambda one, by: services.call(ticket_id=one.pk, by=by, reason="emergency"),
    "hold": lambda one, by: services.hold(ticket_id=one.pk, by=by),
    "begin": lambda one, by: services.begin(ticket_id=one.pk, by=by),
    "finish": lambda one, by: services.finish(ticket_id=one.pk, by=by, outcome="advised"),
    "leave": lambda one, by: services.leave(ticket_id=one.pk, by=by),
}
ROADS: dict[str, tuple[str, ...]] = {
    "waiting": (),
    "called": ("call",),
    "serving": ("call", "begin"),
    "served": ("call", "begin", "finish"),
    "left": ("leave",),
}
POSSIBLE = {
    "waiting": {"call": "called", "leave": "left"},
    "called": {"hold": "waiting", "begin": "serving", "leave": "left"},
    "serving": {"finish": "served"},
}


def at_state(state: str, by: Actor) -> Ticket:
    """A ticket that has come so far."""
    ticket = tickets.take(by)
    for name in ROADS[state]:
        ticket = STEPS[name](ticket, by)
    return ticket


@pytest.mark.parametrize("state", TicketState.values)
def test_every_step_leads_where_the_machine_says_and_every_other_is_refused(state: str) -> None:
    for name, step in STEPS.items():
        by = tickets.clerk()
        ticket = at_state(state, by)
        if target := POSSIBLE.get(state, {}).get(name):
            assert step(ticket, by).state == target
        else:
            with pytest.raises(Conflict), transaction.atomic():
                step(ticket, by)
        found = Ticket.objects.get(pk=ticket.pk)
        assert found.state == (target or state)
        assert first_break(Event.objects.filter(subject_id=ticket.pk).order_by("seq")) is None


def test_postgresql_refuses_a_ticket_that_is_served_without_outcome_or_jumps_a_state() -> None:
    by = tickets.clerk()
    waiting, serving = tickets.take(by), at_state("serving", tickets.clerk())
    for pk, said in (
        (serving.pk, "state = 'served', ended_at = now()"),
        (serving.pk, "state = 'waiting'"),
        (waiting.pk, "state = 'serving', called_at = now(), began_at = now()"),
        (waiting.pk, "seq = 77"),
        (waiting.pk, "priority = 'elderly'"),
    ):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE counter_ticket SET {said} WHERE id = %s", [pk])  # noqa: S608 - words of ours
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE counter_counterline SET last = last + 2")


def test_numbers_begin_at_one_in_every_line_and_on_every_day_and_a_roll_back_leaves_no_gap() -> None:
    by = tickets.clerk()
    assert [tickets.take(by).number for _one in range(3)] == ["A-001", "A-002", "A-003"]
    assert tickets.take(by, agency="DUKCAPIL").number == "B-001"
    assert tickets.take(by, site="GENTENG").number == "A-001", "every site has lines of its own"
    with transaction.atomic():
        tickets.take(by)
        transaction.set_rollback(True)
    assert tickets.take(by).number == "A-004"
    with clock.pretend(clock.now() + timedelta(days=1)):
        assert tickets.take(by).number == "A-001"


def test_letters_go_on_behind_z() -> None:
    assert [services._letter(place) for place in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]


def test_s06_next_is_who_has_a_class_then_who_came_first_and_who_was_not_there_waits_behind_all() -> None:
    one, two, three, elderly, infant = tickets.taken(3, "elderly", "infant")
    called = []
    for _turn in range(6):
        by = tickets.clerk()
        called.append(services.call_next(line_id=one.line_id, by=by))
        if len(called) in (1, 3):
            services.hold(ticket_id=called[-1].pk, by=by)
    assert called == [elderly, infant, one, two, three, elderly]
    assert [event.data["passed"] for event in tickets.events("ticket.called")] == [3, 3, 0, 0, 0, 0]
    assert {event.data["code"] for event in tickets.events("ticket.called")} == {"priority", ""}


def test_idea_22_calling_another_than_the_next_takes_a_reason_which_is_counted_in_the_log() -> None:
    one, two, three, elderly = tickets.taken(3, "elderly")
    by = tickets.clerk()
    with pytest.raises(services.OutOfTurn) as told:
        services.call(ticket_id=three.pk, by=by)
    assert (told.value.status, told.value.passed) == (409, 3)
    assert "emergency" in told.value.possible
    with pytest.raises(Invalid):
        services.call(ticket_id=three.pk, by=by, reason="teman")
    assert Ticket.objects.get(pk=three.pk).state == "waiting"
    services.call(ticket_id=three.pk, by=by, reason="emergency")
    services.call(ticket_id=elderly.pk, by=tickets.clerk())
    services.call(ticket_id=one.pk, by=tickets.clerk())
    said = [(event.data["passed"], event.data["code"]) for event in tickets.events("ticket.called")]
    assert said == [(3, "emergency"), (2, "priority"), (0, "")]
    assert two in queries.waiting(two.line)


def test_among_those_with_a_class_the_order_is_that_of_their_coming() -> None:
    _one, elderly, pregnant = tickets.taken(1, "elderly", "pregnant")
    with pytest.raises(services.OutOfTurn):
        services.call(ticket_id=pregnant.pk, by=tickets.clerk())
    assert services.call(ticket_id=elderly.pk, by=tickets.clerk()).state == "called"


def test_clerk_has_one_ticket_in_hand_and_nobody_waits_twice() -> None:
    one, two = tickets.taken(2)
    by = tickets.clerk()
    services.call_next(line_id=one.line_id, by=by)
    with pytest.raises(Conflict, match=one.number):
        services.call_next(line_id=one.line_id, by=by)
    with pytest.raises(Conflict):
        services.call(ticket_id=two.pk, by=by)
    services.leave(ticket_id=one.pk, by=by)
    assert services.call_next(line_id=one.line_id, by=by) == two
    assert services.call_next(line_id=one.line_id, by=tickets.clerk()) is None


def test_ticket_ends_with_an_outcome_and_with_the_application_that_was_made() -> None:
    by, case = tickets.clerk(), case_of(at("submitted"))
    ticket = at_state("serving", by)
    for outcome, case_id in (("", None), ("selesai", None), ("case", None), ("case", new_id())):
        with pytest.raises(Invalid):
            services.finish(ticket_id=ticket.pk, by=by, outcome=outcome, case_id=case_id)
    assert services.finish(ticket_id=ticket.pk, by=by, outcome="case", case_id=case.pk).case == case
    [served] = tickets.events("ticket.served")
    assert served.data["case"] == str(case.pk)
    assert list(case.tickets.all()) == [ticket]


def test_draft_is_no_outcome_and_nobody_closes_a_ticket_with_her_own_application() -> None:
    draft, case = case_of(at("drafted")), case_of(at("submitted"))
    by = tickets.clerk()
    ticket = at_state("serving", by)
    with pytest.raises(Invalid):
        services.finish(ticket_id=ticket.pk, by=by, outcome="case", case_id=draft.pk)
    own = Actor(by.kind, user_id=by.user_id, person_id=case.applicant_id, memberships=by.memberships)
    with pytest.raises(Refused):
        services.finish(ticket_id=ticket.pk, by=own, outcome="case", case_id=case.pk)


def test_s13_line_is_worked_by_its_agency_and_at_the_site_where_a_role_counts() -> None:
    ticket = tickets.take()
    for stranger in (tickets.clerk("DUKCAPIL"), tickets.clerk(site="GENTENG"), tickets.clerk(role="verifier")):
        with pytest.raises(Refused):
            services.call(ticket_id=ticket.pk, by=stranger)
        with pytest.raises(Refused):
            services.call_next(line_id=ticket.line_id, by=stranger)
        assert queries.lines_of(stranger) == []
    with pytest.raises(Missing):
        services.call(ticket_id=new_id(), by=tickets.clerk())
    assert services.call(ticket_id=ticket.pk, by=tickets.clerk(site="MPP", role="officer")).state == "called"


def test_any_clerk_gives_out_numbers_where_she_works_and_an_officer_those_of_her_agency() -> None:
    assert tickets.take(tickets.clerk("DUKCAPIL")).line.agency_id == "DPMPTSP"
    assert tickets.take(tickets.clerk("DUKCAPIL", role="officer"), agency="DUKCAPIL").line.agency_id == "DUKCAPIL"
    for by in (
        tickets.clerk("DUKCAPIL", role="officer"),
        tickets.clerk(site="GENTENG"),
        tickets.clerk(role="verifier"),
    ):
        with pytest.raises(Refused):
            tickets.take(by)
    for said in ({"agency": "TIDAKADA"}, {"priority": "penting"}):
        with pytest.raises(Invalid):
            tickets.take(**said)
    assert not CounterLine.objects.filter(agency="TIDAKADA").exists()


def test_no_step_takes_more_than_twelve_statements() -> None:
    taken, by, other = tickets.taken(30), tickets.clerk(), tickets.clerk()
    case = case_of(at("submitted"))
    first, last = taken[0], taken[-1]
    for step in (
        lambda: tickets.take(by),
        lambda: tickets.take(by, site="ROGOJAMPI"),
        lambda: services.call_next(line_id=first.line_id, by=by),
        lambda: services.hold(ticket_id=first.pk, by=by),
        lambda: services.call(ticket_id=last.pk, by=by, reason="emergency"),
        lambda: services.begin(ticket_id=last.pk, by=by),
        lambda: services.finish(ticket_id=last.pk, by=by, outcome="case", case_id=case.pk),
        lambda: services.leave(ticket_id=taken[1].pk, by=other),
    ):
        with CaptureQueriesContext(connection) as asked:
            step()
        told = [one["sql"][:90] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len(told) <= 12, told


def test_night_closes_who_waited_keeps_who_is_served_and_destroys_after_ninety_days() -> None:
    by = tickets.clerk()
    with clock.pretend(clock.now() - timedelta(days=1)):
        waiting, called, serving = tickets.take(by), at_state("called", by), at_state("serving", tickets.clerk())
    today = tickets.take(by)
    with pytest.raises(Conflict):
        services.call(ticket_id=waiting.pk, by=tickets.clerk())
    tidy_tickets()
    states = dict(Ticket.objects.values_list("pk", "state"))
    assert states == {waiting.pk: "left", called.pk: "left", serving.pk: "serving", today.pk: "waiting"}
    assert [event.data["code"] for event in tickets.events("ticket.left")] == ["closed", "closed"]
    before = Event.objects.count()
    with clock.pretend(clock.now() + timedelta(days=nightly.KEPT_DAYS)):
        assert nightly.destroy_old() == 3
    assert list(Ticket.objects.all()) == [today]
    assert Event.objects.count() == before, "what happened stays"

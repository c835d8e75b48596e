"""The machine of a complaint: every edge and no other, who may take it, and what it costs."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import Error, connection, transaction

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing, Refused
from agencies.models import Person
from mall.voice.complaints import queries
from mall.voice.complaints.machine import ComplaintState
from mall.voice.complaints.models import Complaint, ComplaintNote
from mall.voice.complaints.services import handling, replying, sweep, verifying
from notifications.models import Message
from tests import complaints
from tests.factories import make_person, make_user
from workflows.actors import Actor
from workflows.duties.services import declare_relation
from workflows.trail import relay
from workflows.trail.chain import first_break
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
EDGES = {
    ("filed", "forwarded"),
    ("filed", "rejected"),
    ("filed", "rerouted"),
    ("forwarded", "filed"),
    ("forwarded", "followed"),
    ("followed", "answered"),
    ("answered", "followed"),
    ("answered", "closed"),
}
Do = Callable[[Complaint, Actor], Complaint]


def steps() -> dict[str, Do]:
    """Every act on a complaint, with words; `by` is the centre, in whose hands it is."""
    return {
        "forward": lambda one, by: verifying.forward(complaint_id=one.pk, by=by, agency="DINKES", text="x"),
        "reject": lambda one, by: verifying.reject(complaint_id=one.pk, by=by, why="duplicate", text="x"),
        "reroute": lambda one, by: verifying.reroute(complaint_id=one.pk, by=by, text="x"),
        "follow_up": lambda one, by: handling.follow_up(complaint_id=one.pk, by=by, text="x"),
        "answer": lambda one, by: handling.answer(complaint_id=one.pk, by=by, text="x"),
        "hand_back": lambda one, by: handling.hand_back(complaint_id=one.pk, by=by, text="x"),
        "close": lambda one, by: handling.close(complaint_id=one.pk, by=by, text="x"),
        "accept": lambda one, _by: replying.accept(complaint_id=one.pk),
    }


ROADS: dict[str, tuple[str, ...]] = {
    "filed": (),
    "forwarded": ("forward",),
    "followed": ("forward", "follow_up"),
    "answered": ("forward", "follow_up", "answer"),
    "closed": ("forward", "follow_up", "answer", "accept"),
    "rejected": ("reject",),
    "rerouted": ("reroute",),
}
POSSIBLE = {
    "filed": {"forward": "forwarded", "reject": "rejected", "reroute": "rerouted"},
    "forwarded": {"follow_up": "followed", "hand_back": "filed"},
    "followed": {"answer": "answered"},
    "answered": {"accept": "closed"},
}


def at_state(state: str, by: Actor) -> Complaint:
    """A complaint that has come so far."""
    complaint = complaints.file()
    for name in ROADS[state]:
        complaint = steps()[name](complaint, by)
    return complaint


@pytest.mark.parametrize("state", ComplaintState.values)
def test_m13_every_act_leads_where_the_machine_says_and_every_other_is_refused(state: str) -> None:
    centre = Actor.of(complaints.handler())
    complaint = at_state(state, centre)
    for name, do in steps().items():
        point = transaction.savepoint()
        if name in POSSIBLE.get(state, {}):
            do(complaint, centre)
        else:
            with pytest.raises(Conflict):
                do(complaint, centre)
        complaint.refresh_from_db()
        assert complaint.state == POSSIBLE.get(state, {}).get(name, state)
        transaction.savepoint_rollback(point)


def test_m13_machine_has_these_edges_and_no_other() -> None:
    field: Any = Complaint._meta.get_field("state")
    assert {(str(one.source), str(one.target)) for one in field.get_all_transitions(Complaint)} == EDGES


def others() -> Iterator[tuple[str, str]]:
    """Every change of state that is no edge."""
    states = ComplaintState.values
    yield from ((one, two) for one in states for two in states if one != two and (one, two) not in EDGES)


def test_m13_postgresql_refuses_every_other_edge() -> None:
    centre = Actor.of(complaints.handler())
    kept = {state: at_state(state, centre).pk for state in ComplaintState.values}
    for source, target in others():
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE voice_complaint SET state = %s WHERE id = %s", [target, kept[source]])


def test_m13_reporter_opens_it_again_once_and_the_second_answer_is_the_last() -> None:
    centre = Actor.of(complaints.handler())
    complaint = at_state("answered", centre)
    with pytest.raises(Conflict, match="masih dapat membalas"):
        handling.close(complaint_id=complaint.pk, by=centre, text="x")
    complaint = replying.reply(complaint_id=complaint.pk, text="Belum puas.")
    assert (complaint.state, complaint.answered_at, complaint.close_after) == ("followed", None, None)
    complaint = handling.answer(complaint_id=complaint.pk, by=centre, text="Sekali lagi.")
    complaint = replying.reply(complaint_id=complaint.pk, text="Masih belum.")
    assert complaint.state == "answered"
    closed = handling.close(complaint_id=complaint.pk, by=centre, text="Selesai.")
    assert (closed.state, closed.ending) == ("closed", "handler")
    with pytest.raises(Conflict):
        replying.reply(complaint_id=complaint.pk, text="Terlambat.")
    events = list(Event.objects.filter(subject_kind="complaint", subject_id=complaint.pk).order_by("seq"))
    assert first_break(events) is None
    assert complaints.SAID not in str([event.data for event in events])


def test_request_for_information_is_closed_as_rerouted_with_a_way_on() -> None:
    complaint = complaints.file(kind="information")
    assert (complaint.state, complaint.ending, complaint.verified_at) == ("rerouted", "rerouted", None)
    assert ComplaintNote.objects.get(complaint=complaint).kind == "rerouted"


def test_rejection_wants_a_reason_of_the_list_and_words() -> None:
    centre, complaint = Actor.of(complaints.handler()), complaints.file()
    for why, text in (("silent", "x"), ("duplicate", " ")):
        with pytest.raises(Invalid):
            verifying.reject(complaint_id=complaint.pk, by=centre, why=why, text=text)
    with pytest.raises(Invalid):
        verifying.forward(complaint_id=complaint.pk, by=centre, agency="INSPEKTORAT", text="x")
    complaint.refresh_from_db()
    assert complaint.state == "filed"


def test_handler_of_an_agency_sees_only_what_was_forwarded_to_it() -> None:
    centre, field = Actor.of(complaints.handler()), Actor.of(complaints.handler("DPUCKPP"))
    other, officer = Actor.of(complaints.handler("DINKES")), Actor.of(make_user(roles=[("officer", "DPUCKPP")]))
    new, sent = complaints.file(), complaints.forwarded(complaints.file(), centre)
    assert {one.pk for one in queries.readable(centre)} == {new.pk, sent.pk}
    assert {one.pk for one in queries.readable(field)} == {sent.pk}
    assert not queries.readable(other).exists()
    with pytest.raises(Refused):
        queries.readable(officer)
    with pytest.raises(Missing):
        handling.follow_up(complaint_id=new.pk, by=field, text="x")
    with pytest.raises(Refused):
        handling.follow_up(complaint_id=sent.pk, by=centre, text="x")


def test_complaint_about_the_mall_is_seen_by_the_inspectorate_which_may_take_it() -> None:
    centre, inspector = Actor.of(complaints.handler()), Actor.of(complaints.inspector())
    about_mall, other = complaints.file(agency="DPMPTSP"), complaints.file()
    assert {one.pk for one in queries.readable(inspector)} == {about_mall.pk}
    with pytest.raises(Missing):
        verifying.take_over(complaint_id=other.pk, by=inspector)
    taken = verifying.take_over(complaint_id=about_mall.pk, by=inspector)
    assert (taken.state, taken.handler_id) == ("forwarded", "INSPEKTORAT")
    assert not queries.readable(centre).filter(pk=taken.pk).exists(), "nobody reads on about her own office"


def test_oversight_goes_to_the_inspectorate_whatever_the_agency() -> None:
    centre = Actor.of(complaints.handler())
    complaints.handler("DPUCKPP")
    assert complaints.forwarded(complaints.file(kind="oversight"), centre).handler_id == "INSPEKTORAT"
    assert complaints.forwarded(complaints.file(), centre).handler_id == "DPUCKPP"


@pytest.mark.parametrize("tie", ["own", "household", "declared"])
def test_handler_with_a_tie_to_the_reporter_neither_sees_nor_handles(tie: str) -> None:
    user, reporter = complaints.handler(), make_person(user=make_user(), kk="3510160101010001")
    if tie == "own":
        Person.objects.filter(pk=reporter.pk).update(user=user)
    elif tie == "household":
        make_person(user=user, kk="3510160101010001")
    else:
        declare_relation(by=Actor.of(user), kind="sibling", nik=str(reporter.nik))
    by = Actor.of(reporter.user if tie != "own" else user)
    complaint = complaints.file(by=by, manner="named")
    assert complaint.person_id == reporter.pk
    with pytest.raises(Missing):
        complaints.forwarded(complaint, Actor.of(user))
    assert complaints.forwarded(complaint, Actor.of(complaints.handler())).state == "forwarded"


def test_dates_that_pass_are_told_once_to_whom_it_concerns() -> None:
    centre, field = complaints.handler(), complaints.handler("DPUCKPP")
    head = make_user(roles=[("head", "DPUCKPP")])
    complaint = complaints.forwarded(complaints.file(), Actor.of(centre))
    new = complaints.file()
    relay.drain("default")
    assert new.verify_by
    assert complaint.resolve_by
    for _turn in range(2):
        with clock.pretend(complaints.soon(complaint.resolve_by)):
            sweep.sweep()
            relay.drain("default")
    events = Event.objects.filter(kind="complaint.overdue").order_by("at", "seq")
    told = sorted((str(event.subject_id == new.pk), event.data["clock"]) for event in events)
    assert told == [("False", "follow_up"), ("False", "resolve"), ("True", "resolve"), ("True", "verify")]
    late = Message.objects.filter(template="staff/complaint_overdue")
    assert {(one.user_id, complaint.code in one.body) for one in late} == {
        (centre.pk, True), (centre.pk, False), (field.pk, True), (head.pk, True),
    }  # fmt: skip
    assert all(complaints.SAID not in one.body for one in late)


def test_every_transition_costs_few_statements(django_assert_max_num_queries: Any) -> None:
    centre = Actor.of(complaints.handler())
    complaints.handler("DINKES")
    field = Actor.of(complaints.handler("DINKES"))
    with django_assert_max_num_queries(12):
        complaint = complaints.file()
    with django_assert_max_num_queries(12):
        steps()["forward"](complaint, centre)
    for name in ("hand_back", "forward", "follow_up", "answer"):
        by = centre if name == "forward" else field
        with django_assert_max_num_queries(12):
            steps()[name](complaint, by)
    with django_assert_max_num_queries(12):
        replying.reply(complaint_id=complaint.pk, text="Belum.")
    steps()["answer"](complaint, field)
    with django_assert_max_num_queries(12):
        steps()["close"](complaint, field)
    for name in ("reject", "reroute"):
        complaint = complaints.file()
        with django_assert_max_num_queries(12):
            steps()[name](complaint, centre)
    complaint = complaints.file()
    with django_assert_max_num_queries(12):
        verifying.reclassify(complaint_id=complaint.pk, by=centre, kind="oversight")

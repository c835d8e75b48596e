"""Days at a counter as they come: whatever people do, numbers have no gaps and the log tells the same as the table."""

import random
from collections import Counter
from datetime import timedelta
from itertools import count

import pytest
from django.db import transaction

from agencies import clock
from agencies.errors import Conflict, Invalid
from mall.counter.tickets import services
from mall.counter.tickets.machine import Priority, Reason
from mall.counter.tickets.models import Ticket
from tests import tickets
from workflows.actors import Actor
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
STATES = {"ticket.called": "called", "ticket.held": "waiting", "ticket.begun": "serving", "ticket.served": "served"}


def lived(seed: int, steps: int) -> None:
    """Steps of a day in any order; what the machine or the order refuses is refused."""
    dice, seconds = random.Random(seed), count(1)
    clerks, morning = [tickets.clerk() for _one in range(4)], clock.now()
    for _step in range(steps):
        with clock.pretend(morning + timedelta(seconds=next(seconds))):
            try:
                with transaction.atomic():
                    step(dice, dice.choice(clerks))
            except (Conflict, Invalid):
                continue


def step(dice: random.Random, by: Actor) -> None:
    """One of the things that people do at a counter."""
    known = list(Ticket.objects.order_by("seq"))
    if not known or dice.random() < 0.4:
        tickets.take(by, priority=dice.choice([*[Priority.NONE] * 6, *Priority.values]))
        return
    mine = [one for one in known if one.called_by_id == by.user_id and one.state in ("called", "serving")]
    chosen = dice.choice(mine or known).pk
    dice.choice(
        [
            lambda: services.call_next(line_id=known[0].line_id, by=by),
            lambda: services.call(ticket_id=chosen, by=by, reason=dice.choice(["", *Reason.values])),
            lambda: services.hold(ticket_id=chosen, by=by),
            lambda: services.begin(ticket_id=chosen, by=by),
            lambda: services.finish(ticket_id=chosen, by=by, outcome=dice.choice(["", "advised", "collected"])),
            lambda: services.leave(ticket_id=chosen, by=by),
        ]
    )()


def retold() -> tuple[Counter[str], int]:
    """The states by the log alone; every call is recounted: whom would the line have called before, who came before."""
    place: dict[object, tuple[bool, object]] = {}
    states: dict[object, str] = {}
    passed_over = 0
    for event in Event.objects.filter(subject_kind="ticket").order_by("at"):
        who = event.subject_id
        if event.kind == "ticket.issued":
            place[who], states[who] = (event.data["priority"] != "none", event.at), "waiting"
            continue
        if event.kind == "ticket.called":
            others = [place[one] for one, state in states.items() if state == "waiting" and one != who]
            came = sum(at < place[who][1] for _first, at in others)
            ahead = sum((not first, at) < (not place[who][0], place[who][1]) for first, at in others)
            code = event.data["code"]
            assert code in Reason.values if ahead else code == ("priority" if came else "")
            assert event.data["passed"] == (ahead or came)
            passed_over += bool(ahead)
        elif event.kind == "ticket.held":
            place[who] = (False, event.at)
        states[who] = STATES.get(event.kind, "left")
    return Counter(states.values()), passed_over


def check(seed: int, steps: int) -> int:
    """Live a day and compare; how many were called before their turn."""
    lived(seed, steps)
    numbers = list(Ticket.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    states, passed_over = retold()
    assert states == Counter(Ticket.objects.values_list("state", flat=True))
    return passed_over


def test_idea_22_numbers_have_no_gap_and_the_log_counts_as_the_table() -> None:
    assert check(1, 140) > 0


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 12))
def test_idea_22_numbers_have_no_gap_and_the_log_counts_as_the_table_on_many_days(seed: int) -> None:
    check(seed, 400)

"""Several clerks at one moment: each calls another ticket, and no number is given twice or left out."""

from itertools import count

import pytest

from mall.counter.tickets import services
from mall.counter.tickets.models import CounterLine, Ticket
from tests import tickets
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_idea_22_clerks_who_call_at_once_get_different_tickets_and_pass_over_nobody() -> None:
    waiting = tickets.taken(8)
    clerks = [tickets.clerk() for _one in range(8)]

    def call() -> None:
        services.call_next(line_id=waiting[0].line_id, by=clerks.pop())

    at_once(call, threads=8)
    assert Ticket.objects.filter(state="called").values("called_by").distinct().count() == 8
    assert [event.data["passed"] for event in tickets.events("ticket.called")] == [0] * 8


def test_one_ticket_that_two_call_is_called_once() -> None:
    [ticket] = tickets.taken(1)
    clerks, refused = [tickets.clerk() for _one in range(2)], []

    def call() -> None:
        try:
            services.call(ticket_id=ticket.pk, by=clerks.pop())
        except services.Conflict as late:
            refused.append(late)

    at_once(call, threads=2)
    assert len(refused) == 1
    assert len(tickets.events("ticket.called")) == 1


def test_numbers_taken_at_once_have_no_gap_and_lines_opened_at_once_no_letter_twice() -> None:
    by, turn = tickets.clerk(), count()

    def take() -> None:
        for _one in range(4):
            tickets.take(by, agency=("DPMPTSP", "DUKCAPIL", "DINKES", "SAMSAT")[next(turn) % 4])

    at_once(take, threads=6)
    lines = list(CounterLine.objects.order_by("letter"))
    assert [line.letter for line in lines] == ["A", "B", "C", "D"]
    for line in lines:
        numbers = sorted(line.tickets.values_list("seq", flat=True))
        assert numbers == list(range(1, line.last + 1))
    assert Ticket.objects.count() == 24

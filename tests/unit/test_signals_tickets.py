"""The sign "skipped tickets": two who pass over those who wait are found in a month of twenty clerks, and nobody first
who serves many with a class or works twice as much."""

from datetime import timedelta

import pytest

from agencies import clock
from mall.counter.tickets import services
from mall.voice.signals import counting, facts
from mall.voice.signals.kinds import SignalKind
from mall.voice.signals.models import Signal
from mall.voice.signals.said import sentence
from mall.voice.signals.weighing import Finding, find
from tests import tickets
from tests.cases import at, case_of

pytestmark = pytest.mark.django_db


def found(seed: int) -> tuple[tickets.Played, list[Finding]]:
    """The month, and the signals in their order."""
    played = tickets.month(seed)
    return played, find(tickets.MONTH)


def test_idea_7_skipped_tickets_name_both_who_skip_and_no_honest_clerk_before_them() -> None:
    played, signals = found(7)
    assert {one.kind for one in signals} == {SignalKind.SKIPS}
    assert {one.officer for one in signals[:2]} == played.skippers
    assert not {one.officer for one in signals} & played.outliers


@pytest.mark.long
@pytest.mark.parametrize("seed", range(300, 330))
def test_idea_7_skipped_tickets_are_found_in_many_months(seed: int) -> None:
    played, signals = found(seed)
    assert {one.officer for one in signals[:2]} == played.skippers
    assert len(signals) <= 3, "one honest clerk at most stands behind them"
    assert not {one.officer for one in signals} & played.outliers


def test_where_everybody_keeps_the_order_or_nobody_does_nobody_is_named() -> None:
    for skips in (0.0, 0.2):
        tickets.alike(9, skips)
    assert find(tickets.MONTH) == []


def test_what_the_counter_records_is_what_the_sign_counts_and_classes_are_not() -> None:
    by, case = tickets.clerk(), case_of(at("submitted"))
    taken = tickets.taken(3, "elderly")
    for one, reason in ((taken[3], ""), (taken[2], "appointment"), (taken[0], "")):
        tickets.serve(one, by, reason=reason, case=case if reason else None)
    month = counting.window_of(clock.today().replace(day=1))
    [row] = facts.rows(SignalKind.SKIPS, month)
    assert (row.officer, row.agency, row.stratum, row.found, row.of) == (
        by.user_id,
        "DPMPTSP",
        "counter/MPP/DPMPTSP",
        1,
        3,
    )
    assert facts.cases_of(SignalKind.SKIPS, month, officer=by.signing()) == [case.pk]
    assert facts.cases_of(SignalKind.SKIPS, month, officer=tickets.clerk().signing()) == []


def test_who_is_put_back_before_she_could_come_counts_as_passed_over_and_who_was_waited_for_does_not() -> None:
    now = clock.now()
    quick, patient = tickets.clerk(), tickets.clerk()
    for by, ticket, seconds in zip((quick, patient), tickets.taken(2), (10, 120), strict=True):
        with clock.pretend(now):
            services.call_next(line_id=ticket.line_id, by=by)
        with clock.pretend(now + timedelta(seconds=seconds)):
            services.hold(ticket_id=ticket.pk, by=by)
    rows = facts.rows(SignalKind.SKIPS, counting.window_of(clock.today().replace(day=1)))
    assert {row.officer: row.found for row in rows} == {quick.user_id: 1, patient.user_id: 0}


def test_the_month_of_the_skippers_is_kept_with_its_sentence() -> None:
    tickets.month(7)
    run = counting.keep(tickets.LAST, find(tickets.MONTH), lambda _one: [])
    assert not run.sample
    first = Signal.objects.filter(run=run).order_by("place")[0]
    assert f"{first.found} dari {first.of} nomor antrean didahulukan" in sentence(first)

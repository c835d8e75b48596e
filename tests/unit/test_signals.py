"""Signals for the inspectorate: the arithmetic, and a small year in which two officers of each kind cheat."""

import math
from uuid import uuid4

import pytest

from mall.voice.signals import odds
from mall.voice.signals.facts import Row
from mall.voice.signals.kinds import SignalKind
from mall.voice.signals.weighing import ranked, weigh
from tests import signals


def test_tail_is_the_binomial_where_nobody_differs_and_thicker_where_officers_do() -> None:
    assert odds.tail(3, 10, 0.1, math.inf) == pytest.approx(0.0701908264)
    assert odds.tail(0, 10, 0.1, math.inf) == 1
    assert odds.tail(1, 1, 0.3, 5) == pytest.approx(0.3)
    assert odds.tail(2, 3, 0.5, 2) == pytest.approx(0.5), "a uniform rate makes every count as likely"
    assert odds.tail(30, 40, 0.1, 20) > odds.tail(30, 40, 0.1, math.inf) > 0


def test_steadiness_is_infinite_for_chance_alone_and_moved_little_by_a_few_who_cheat() -> None:
    even = [(10, 100, 0.1)] * 20
    assert odds.steadiness(even) == math.inf
    uneven = [(4, 100, 0.1), (16, 100, 0.1)] * 10
    assert odds.steadiness(uneven) == pytest.approx(odds.steadiness([*uneven, (90, 100, 0.1)]), rel=0.3)


def test_only_so_many_are_believed_that_few_are_chance() -> None:
    assert odds.believed([0.04, 0.5, 0.6, 0.9], 0.05) == 0
    assert odds.believed([0.001, 0.02, 0.5, 0.6], 0.05) == 0.02
    assert odds.believed([], 0.05) == 0


def rows(*found: int, of: int = 50, strata: int = 1) -> list[Row]:
    """One officer for each count, all in the same services."""
    return [
        Row(officer, "DPMPTSP", f"deciding/{n}", one, of)
        for one, officer in ((one, uuid4()) for one in found)
        for n in range(strata)
    ]


def test_who_has_no_colleague_is_compared_with_nobody_and_a_few_cases_say_nothing() -> None:
    assert weigh(SignalKind.HOURS, rows(40)) == []
    assert ranked(weigh(SignalKind.HOURS, rows(4, 0, 0, of=30))) == []


def test_one_who_does_it_often_is_told_apart_and_her_colleagues_are_not() -> None:
    seen = rows(20, 2, 1, 0, 2)
    [found] = ranked(weigh(SignalKind.HOURS, seen))
    assert (found.officer, found.found, found.of, found.peers_found, found.peers_of) == (
        seen[0].officer,
        20,
        50,
        5,
        200,
    )


def test_two_who_cheat_do_not_hide_each_other() -> None:
    seen = rows(20, 22, 1, 0, 2)
    assert {one.officer for one in ranked(weigh(SignalKind.HOURS, seen))} == {seen[0].officer, seen[1].officer}


def test_when_everybody_does_it_nobody_is_named() -> None:
    assert ranked(weigh(SignalKind.JUMPS, rows(20, 25, 18, 22, 24))) == []


@pytest.mark.django_db
def test_idea_7_signals_find_schemes_in_a_small_year_and_name_hardly_an_honest_officer() -> None:
    found = signals.found(signals.seeded(8_000, 11, 10))
    assert found.share >= 0.5
    assert found.honest_first <= 1

"""The arithmetic of the satisfaction index: M11, M12, the bands and the sample table."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mall.voice.satisfaction.index import Grade, Survey, grade, index, least_sample, pooled, rounded

PUBLISHED = (105, 101, 100, 116, 102, 105, 106, 105, 115)
"""Sums of the nine elements over 29 respondents, 955 points in all."""


def test_m11_the_published_example_is_91_48_and_an_a() -> None:
    value = rounded(index(PUBLISHED, 29))
    assert (value, grade(value)) == (Decimal("91.48"), Grade.A)


def test_m11_a_perfect_survey_reaches_100() -> None:
    assert rounded(index((4 * 7,) * 9, 7)) == Decimal("100.00")


def test_m11_a_half_is_rounded_up_before_it_is_graded() -> None:
    assert rounded(Fraction("88.305")) == Decimal("88.31")
    assert grade(rounded(Fraction("88.305"))) is Grade.A
    assert grade(rounded(Fraction("88.3049"))) is Grade.B


@pytest.mark.parametrize(
    ("value", "told"),
    [("100", "A"), ("88.31", "A"), ("88.30", "B"), ("76.61", "B"), ("76.60", "C"), ("65.00", "C"), ("64.99", "D"),
     ("25", "D")],
)  # fmt: skip
def test_bands_have_no_gap_between_them(value: str, told: str) -> None:
    assert grade(Decimal(value)) == told


@pytest.mark.parametrize(
    ("closed", "needed"),
    [(0, 0), (1, 1), (10, 10), (20, 19), (50, 44), (100, 80), (200, 132), (500, 217), (1000, 278), (2940, 340),
     (10_000, 370), (100_000, 383)],
)  # fmt: skip
def test_least_sample_is_that_of_the_table(closed: int, needed: int) -> None:
    assert least_sample(closed) == needed


def test_m12_too_few_answers_give_an_index_and_no_grade() -> None:
    short = Survey(100, 79, (79 * 4,) * 9)
    assert (short.needed, short.is_enough, short.index, short.grade) == (80, False, Decimal("100.00"), None)
    assert Survey(100, 80, (80 * 4,) * 9).grade is Grade.A


def test_a_unit_that_nobody_rated_has_neither_index_nor_grade() -> None:
    nobody = Survey(12, 0, (0,) * 9)
    assert (nobody.index, nobody.grade, nobody.silent, nobody.mean(0)) == (None, None, 12, None)


def test_units_pool_their_respondents_and_not_their_indexes() -> None:
    small, large = Survey(1, 1, (1,) * 9), Survey(99, 99, (99 * 4,) * 9)
    assert pooled([small, large]).index == rounded(Fraction(25 * 9 * (1 + 99 * 4), 900)) == Decimal("99.25")


@pytest.mark.parametrize(("totals", "respondents"), [((4,) * 8, 1), ((5,) * 9, 1), ((1,) * 9, 0), ((1,) * 9, 2)])
def test_sums_that_no_answers_give_are_refused(totals: tuple[int, ...], respondents: int) -> None:
    with pytest.raises(ValueError, match=r"sum"):
        index(totals, respondents)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(*[st.integers(1, 4)] * 9), min_size=1, max_size=20))
def test_the_index_lies_between_25_and_100_whatever_is_answered(answers: list[tuple[int, ...]]) -> None:
    totals = [sum(one) for one in zip(*answers, strict=True)]
    by_hand = sum(Fraction(total, len(answers)) * Fraction(1, 9) for total in totals) * 25
    assert index(totals, len(answers)) == by_hand
    assert 25 <= by_hand <= 100

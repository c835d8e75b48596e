"""The arithmetic of the league: like with like, no order where there is none, and the bad one found."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from mall.transparency.league import liga
from tests.leagues import population, release, shuffled

SIZES = {f"AGENSI-{at:02d}": 40 + 30 * at for at in range(20)}
PUNCTUAL = {"R0.1-3": 0.95, "R1.4-7": 0.8, "R2.15": 0.6}
SEEDS = 40


def found(text: str) -> dict[str, liga.Line]:
    """The lines by agency."""
    return {line.agency: line for line in liga.league(text).lines}


def test_idea_12_shuffled_labels_give_no_significant_order() -> None:
    """Of twenty agencies that are alike one in twenty seems apart; of their pairs hardly any."""
    cases = population(Random(1), SIZES, PUNCTUAL, {"AGENSI-03": -0.2, "AGENSI-11": 0.05})
    apart = pairs = told = 0
    for seed in range(SEEDS):
        lines = found(release(shuffled(Random(seed), cases))).values()
        told += len(lines)
        apart += sum(line.group in (liga.ABOVE, liga.BELOW) for line in lines)
        pairs += sum((line.rank or 1) - 1 for line in lines)
    assert told == SEEDS * len(SIZES)
    assert 0.02 <= apart / told <= 0.07
    assert pairs / (told * (len(SIZES) - 1) / 2) <= 0.02


@pytest.mark.long
def test_idea_12_shuffled_labels_give_no_significant_order_in_many_populations() -> None:
    apart = told = 0
    for seed in range(400):
        dice = Random(seed)
        sizes = {f"A{at}": dice.randint(30, 900) for at in range(dice.randint(5, 30))}
        cases = shuffled(dice, population(dice, sizes, PUNCTUAL))
        lines = found(release(cases)).values()
        told += len(lines)
        apart += sum(line.group in (liga.ABOVE, liga.BELOW) for line in lines)
    assert 0.02 <= apart / told <= 0.06


@pytest.mark.parametrize("seed", range(5))
def test_idea_12_the_planted_bad_agency_is_found_and_last(seed: int) -> None:
    lines = found(release(population(Random(seed), SIZES, PUNCTUAL, {"AGENSI-05": -0.3})))
    bad = lines["AGENSI-05"]
    assert bad.group == liga.BELOW
    assert bad.rank == max(line.rank or 0 for line in lines.values())


def test_idea_12_an_agency_with_hard_services_is_not_blamed_for_them() -> None:
    dice = Random(3)
    easy = population(dice, {"MUDAH": 600, "BIASA": 300}, {"R0.1-3": 0.95})
    hard = population(dice, {"SULIT": 600, "BIASA": 300}, {"R2.15": 0.5})
    lines = found(release([*easy, *hard]))
    assert {lines[name].group for name in ("MUDAH", "SULIT", "BIASA")} == {liga.SAME}
    assert {lines[name].rank for name in ("MUDAH", "SULIT", "BIASA")} == {1}


def test_idea_12_a_small_agency_and_one_with_a_hidden_stratum_are_too_few() -> None:
    cases = population(Random(4), {"KECIL": 29, "PAS": 30, "BESAR": 500, "TERTUTUP": 400}, PUNCTUAL)
    lines = found(release(cases, hidden=[("TERTUTUP", "R1.4-7")]))
    assert [lines[name].group for name in ("KECIL", "TERTUTUP")] == [liga.FEW, liga.FEW]
    assert lines["PAS"].group != liga.FEW
    few = lines["KECIL"]
    assert (few.decided, few.figure, few.rank, few.written()[2]) == (None, None, None, "")


def test_an_agency_that_alone_has_its_strata_is_compared_with_nobody() -> None:
    cases = population(Random(5), {"A": 200, "B": 200}, {"R0.1-3": 0.9})
    lines = found(release([*cases, *population(Random(6), {"C": 200}, {"R2.15": 0.2})]))
    assert (lines["C"].group, lines["A"].group) == (liga.ALONE, liga.SAME)


def test_standardised_share_and_its_interval_are_those_of_the_formula() -> None:
    cases = [("A", ("X", at < 80)) for at in range(100)] + [("B", ("X", at < 90)) for at in range(100)]
    text = release(cases)
    overall, lines = liga.league(text).overall, found(text)
    assert overall == Decimal("85.0")
    a = lines["A"]
    assert (a.decided, a.on_time, a.expected, a.figure) == (100, 80, Decimal("85.0"), Decimal("80.0"))
    assert (a.low, a.high) == (Decimal("71.1"), Decimal("86.7"))
    assert liga.decimal(Fraction(1, 3)) == Decimal("0." + "3" * 50)


def test_wilson_of_all_and_of_none_stays_within_bounds() -> None:
    assert liga.wilson(0, 40)[0] == 0
    assert liga.wilson(40, 40)[1] == 1
    low, high = liga.wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (Decimal("0.2553"), Decimal("0.3662"))


def test_nothing_decided_is_a_league_of_too_few() -> None:
    assert liga.league(release([])).lines == []
    assert liga.league(release([("A", ("X", False))] * 40)).overall is None

"""How far offices reached their targets: missing is not zero."""

from decimal import Decimal

import pytest

from mall.regency.performance import achievement, grade, mean


@pytest.mark.parametrize(
    ("target", "reached", "polarity", "told"),
    [
        ("80", "60", "higher", "75.00"),
        ("80", "100", "higher", "125.00"),
        ("10", "8", "lower", "120.00"),
        ("10", "25", "lower", "-50.00"),
        ("3", "1", "higher", "33.33"),
        ("80", "0", "higher", "0.00"),
        ("0", "5", "higher", None),
        (None, "5", "higher", None),
        ("80", None, "lower", None),
    ],
)
def test_achievement_follows_the_polarity(
    target: str | None, reached: str | None, polarity: str, told: str | None
) -> None:
    found = achievement(Decimal(target) if target else None, Decimal(reached) if reached else None, polarity)
    assert found == (Decimal(told) if told else None)


@pytest.mark.parametrize(
    ("value", "name"), [("90.01", "AA"), ("90", "A"), ("80", "BB"), ("70", "B"), ("60", "CC"), ("50", "C"), ("30", "D")]
)
def test_bound_of_a_grade_belongs_to_the_lower_one(value: str, name: str) -> None:
    assert grade(Decimal(value)) == name


def test_mean_leaves_out_what_is_not_known() -> None:
    assert mean([Decimal(100), None, Decimal(50)]) == Decimal("75.00")
    assert mean([None]) is None

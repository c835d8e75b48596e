"""The arithmetic of the budget: M28, the tree of accounts and the SiLPA identity."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mall.regency.budget import Amount, balance, leaves, share, totals, wrong_sums


def lines(*told: tuple[str, str]) -> list[Amount]:
    """Accounts of one office, line by line."""
    return [
        Amount("DINKES", account, Decimal(amount), number) for number, (account, amount) in enumerate(told, start=2)
    ]


PLAN = lines(
    ("4.1.01", "700.50"),
    ("4.2.01", "299.50"),
    ("5.1.01.01", "800"),
    ("5.2.02", "300"),
    ("6.1.01", "150"),
    ("6.2.01", "50"),
)
"""Income 1,000, spending 1,100, financed by 100: comes out even."""


def test_m28_silpa_is_surplus_and_net_financing() -> None:
    posture = balance(totals(PLAN))
    assert (posture.income, posture.spending, posture.surplus) == (Decimal(1000), Decimal(1100), Decimal(-100))
    assert (posture.financing, posture.silpa) == (Decimal(100), Decimal(0))


def test_m28_what_a_year_leaves_is_told_to_the_cent() -> None:
    done = lines(("4.1", "10.10"), ("5.1", "9.99"), ("6.1", "0.02"), ("6.2", "0.01"))
    assert balance(totals(done)).silpa == Decimal("0.12")


def test_sum_that_is_not_that_of_its_parts_is_named_with_its_line() -> None:
    faulty = lines(("5", "300"), ("5.1", "301"), ("5.1.01", "100"), ("5.1.02", "200"))
    assert [line for line, _sentence in wrong_sums(faulty)] == [3]
    assert wrong_sums(lines(("5", "300"), ("5.1.01", "100"), ("5.1.02", "200"))) == []


def test_sums_are_of_one_office_and_never_counted_twice() -> None:
    two = [Amount("A", "5.1", Decimal(10)), Amount("A", "5.1.01", Decimal(10)), Amount("B", "5.1", Decimal(5))]
    assert wrong_sums(two) == []
    assert totals(two) == {"5": 15, "5.1": 15, "5.1.01": 10}
    assert len(leaves(two)) == 2


@pytest.mark.parametrize(
    ("realised", "budget", "told"),
    [("50", "100", "50.0"), ("1200", "1000", "120.0"), ("1", "3", "33.3"), (None, "100", None), ("5", "0", None)],
)
def test_share_is_not_told_where_nothing_was_planned(realised: str | None, budget: str, told: str | None) -> None:
    found = share(Decimal(realised) if realised else None, Decimal(budget))
    assert found == (Decimal(told) if told else None)


@given(
    st.lists(
        st.tuples(st.sampled_from("456"), st.integers(1, 2), st.integers(1, 9), st.integers(0, 10**9)), max_size=20
    )
)
def test_m28_identity_holds_for_every_tree(told: list[tuple[str, int, int, int]]) -> None:
    amounts = {f"{top}.{group}.{kind:02d}": Decimal(cents) / 100 for top, group, kind, cents in told}
    posture = balance(totals([Amount("X", account, amount) for account, amount in amounts.items()]))
    by_hand = sum(
        (amount if account.startswith(("4", "6.1")) else -amount for account, amount in amounts.items()), Decimal(0)
    )
    assert posture.silpa == by_hand

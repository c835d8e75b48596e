"""Suppression in a tree: what is small is hidden, and what would give it away; shares follow."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mall.releases.suppression import Share, Showing, hidden_parts, showings

K = 5
COUNTS = st.dictionaries(st.sampled_from("ABCDEF"), st.integers(0, 14), max_size=6)
SHARES = st.dictionaries(
    st.sampled_from("ABCDEF"),
    st.integers(0, 16).flatmap(lambda of: st.integers(0, of).map(lambda hits: Share(of, hits))),
    max_size=6,
)


@settings(max_examples=300, deadline=None)
@given(COUNTS)
def test_hidden_counts_leave_room_for_more_than_k(counts: dict[str, int]) -> None:
    hidden = hidden_parts(counts, k=K)
    if sum(counts.values()) < K:
        return
    assert all(count >= K for name, count in counts.items() if name not in hidden) or not any(
        0 < count < K for count in counts.values()
    )
    assert not hidden or sum(counts[name] for name in hidden) >= K


def test_a_single_small_part_takes_the_next_smallest_with_it() -> None:
    assert hidden_parts({"A": 3, "B": 40, "C": 7}, k=K) == {"A", "C"}


def test_small_parts_whose_sum_is_small_take_another_with_them() -> None:
    assert hidden_parts({"A": 1, "B": 1, "C": 40, "D": 9}, k=K) == {"A", "B", "D"}


def test_parts_that_are_zero_beside_large_ones_hide_nothing() -> None:
    assert hidden_parts({"A": 0, "B": 9, "C": 12}, k=K) == frozenset()


def test_a_part_of_five_is_shown_and_one_of_four_is_not() -> None:
    assert hidden_parts({"A": 5, "B": 9}, k=K) == frozenset()
    assert hidden_parts({"A": 4, "B": 9}, k=K) == {"A", "B"}


def test_one_late_decision_blurs_its_share_and_that_of_the_smallest_without() -> None:
    shares = {"A": Share(20, 19), "B": Share(19, 14), "C": Share(50, 50), "D": Share(60, 60)}
    told = showings(shares, frozenset(), Showing.EXACT, k=K)
    assert told == {**dict.fromkeys("ABC", Showing.AT_LEAST), "D": Showing.EXACT} or told["A"] is not Showing.EXACT


def test_four_late_in_each_of_two_parts_cannot_be_read_from_their_sum() -> None:
    told = showings({"A": Share(20, 16), "B": Share(9, 5)}, frozenset(), Showing.EXACT, k=K)
    assert set(told.values()) == {Showing.AT_LEAST, Showing.HIDDEN}


def test_shares_of_all_and_of_none_are_shown() -> None:
    told = showings({"A": Share(20, 20), "B": Share(9, 0)}, frozenset(), Showing.EXACT, k=K)
    assert set(told.values()) == {Showing.EXACT}

"""An attacker with exact linear algebra finds no small figure behind the published ones."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from mall.transparency.metrics import K
from mall.transparency.period import Month
from mall.transparency.release import Release, assembled
from mall.transparency.sql import Counted
from mall.transparency.suppression import Share, Showing, hidden_parts, showings

MONTH = Month(2026, 10)
UNTIL = datetime(2026, 10, 31, 17, tzinfo=UTC)
DAYS = Decimal("3.5")
COUNTS = st.dictionaries(st.sampled_from("ABCDEF"), st.integers(0, 14), max_size=6)
SHARES = st.dictionaries(
    st.sampled_from("ABCDEF"),
    st.integers(0, 16).flatmap(lambda of: st.integers(0, of).map(lambda hits: Share(of, hits))),
    max_size=6,
)


def solved(equations: list[tuple[dict[str, int], int]]) -> dict[str, Fraction]:
    """The unknowns that the equations determine, by Gauss and Jordan over the rationals."""
    unknowns = sorted({name for terms, _sum in equations for name in terms})
    rows = [[Fraction(terms.get(name, 0)) for name in unknowns] + [Fraction(total)] for terms, total in equations]
    done = 0
    for column in range(len(unknowns)):
        pivot = next((row for row in range(done, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [value / rows[done][column] for value in rows[done]]
        for other in range(len(rows)):
            if other != done and rows[other][column]:
                factor = rows[other][column]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[done], strict=True)]
        done += 1
    single = [row for row in rows if sum(value != 0 for value in row[:-1]) == 1]
    return {unknowns[next(n for n, value in enumerate(row[:-1]) if value)]: row[-1] for row in single}


def rows_of(tree: dict[str, dict[str, Share]]) -> list[Counted]:
    """What would have been counted: each service's hand-ins and decisions, and the sums over them."""
    leaves = {(agency, service): one for agency, below in tree.items() for service, one in below.items()}
    keys = [("", ""), *((agency, "") for agency in tree), *leaves]
    rows = []
    for agency, service in keys:
        under = [one for (a, s), one in leaves.items() if agency in ("", a) and service in ("", s)]
        of, hits = sum(one.of for one in under), sum(one.hits for one in under)
        row = Counted(MONTH.first, agency, agency and service and f"{agency}{service}", of, of, of, hits, DAYS, DAYS)
        rows.append(row)
    return rows


def attacked(release: Release, rows: list[Counted]) -> tuple[dict[str, int], dict[str, Fraction]]:
    """The decisions that are not shown, and those of them that the shown totals give away."""
    true = {row.service or row.agency: row.decided for row in rows}
    shown = {line.service or line.agency: line.cells["decided"].value for line in release.lines}
    hidden = {name for name in true if shown.get(name) is None}
    equations = []
    for whole in [row for row in rows if not row.service]:
        parts = [row for row in rows if _is_part(row, whole)]
        terms = {row.service or row.agency: 1 for row in parts if (row.service or row.agency) in hidden}
        rest = sum(true[row.service or row.agency] for row in parts) - sum(true[name] for name in terms)
        known = true[whole.agency] if whole.agency not in hidden else 0
        equations.append((terms | ({whole.agency: -1} if whole.agency in hidden else {}), known - rest))
    return {name: true[name] for name in hidden}, solved([one for one in equations if one[0]])


def _is_part(row: Counted, whole: Counted) -> bool:
    """Is it one of the summands of that total?"""
    if whole.agency:
        return row.agency == whole.agency and bool(row.service)
    return bool(row.agency) and not row.service


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from("WXYZ"), SHARES, max_size=4))
def test_no_hidden_count_of_a_release_is_determined(tree: dict[str, dict[str, Share]]) -> None:
    rows = rows_of(tree)
    hidden, found = attacked(assembled(MONTH, UNTIL, rows), rows)
    assert not {name for name in found if hidden[name]}


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from("WXYZ"), SHARES, max_size=4))
def test_no_small_figure_is_shown_anywhere(tree: dict[str, dict[str, Share]]) -> None:
    rows = rows_of(tree)
    truth = {(row.agency, row.service): row for row in rows}
    for line in assembled(MONTH, UNTIL, rows).lines:
        row = truth[line.agency, line.service]
        for code in ("received", "decided"):
            assert line.cells[code].value is None or not 0 < row.decided < K
        if line.cells["on_time"].value is not None:
            assert Share(row.decided, row.on_time).alone() is Showing.EXACT
        if line.cells["p90_days"].value is not None:
            assert row.decided >= 2 * K
        if line.cells["median_days"].value is not None:
            assert row.decided >= K


@settings(max_examples=300, deadline=None)
@given(COUNTS)
def test_hidden_counts_leave_room_for_more_than_k(counts: dict[str, int]) -> None:
    hidden = hidden_parts(counts)
    if sum(counts.values()) < K:
        return
    assert all(count >= K for name, count in counts.items() if name not in hidden) or not any(
        0 < count < K for count in counts.values()
    )
    assert not hidden or sum(counts[name] for name in hidden) >= K


def rooms(shares: dict[str, Share], told: dict[str, Showing], counts_hidden: frozenset[str]) -> dict[str, int]:
    """What a reader knows of each unknown: it lies between nothing and this."""
    found = {name: K - 1 if how is Showing.AT_LEAST else shares[name].of for name, how in told.items()}
    single = {
        name: room for name, room in found.items() if told[name] is not Showing.EXACT and name not in counts_hidden
    }
    return {**single, "together": sum(shares[name].of for name in counts_hidden)}


@settings(max_examples=400, deadline=None)
@given(SHARES)
def test_no_hidden_share_has_one_possible_value(shares: dict[str, Share]) -> None:
    """Every world that fits what is published is counted; a small share differs between at least two of them."""
    whole = Share(sum(one.of for one in shares.values()), sum(one.hits for one in shares.values()))
    counts_hidden = hidden_parts({name: one.of for name, one in shares.items()})
    told = showings(shares, counts_hidden, whole.alone())
    assert all(one.alone() is Showing.EXACT for name, one in shares.items() if told[name] is Showing.EXACT)
    if whole.alone() is not Showing.EXACT:
        assert Showing.EXACT not in told.values()
        return
    room = rooms(shares, told, counts_hidden)
    left = whole.rest - sum(shares[name].rest for name, how in told.items() if how is Showing.EXACT)
    names = list(room)
    worlds = (
        [w for w in product(*(range(room[name] + 1) for name in names)) if sum(w) == left] if len(names) < 5 else []
    )
    for at, name in enumerate(names):
        if worlds and name != "together" and shares[name].of and shares[name].alone() is not Showing.EXACT:
            assert len({world[at] for world in worlds}) > 1, (name, told)


def test_a_single_small_part_takes_the_next_smallest_with_it() -> None:
    assert hidden_parts({"A": 3, "B": 40, "C": 7}) == {"A", "C"}


def test_small_parts_whose_sum_is_small_take_another_with_them() -> None:
    assert hidden_parts({"A": 1, "B": 1, "C": 40, "D": 9}) == {"A", "B", "D"}


def test_parts_that_are_zero_beside_large_ones_hide_nothing() -> None:
    assert hidden_parts({"A": 0, "B": 9, "C": 12}) == frozenset()


def test_a_part_of_five_is_shown_and_one_of_four_is_not() -> None:
    assert hidden_parts({"A": 5, "B": 9}) == frozenset()
    assert hidden_parts({"A": 4, "B": 9}) == {"A", "B"}


def test_one_late_decision_blurs_its_share_and_that_of_the_smallest_without() -> None:
    shares = {"A": Share(20, 19), "B": Share(9, 9), "C": Share(50, 50)}
    told = showings(shares, frozenset(), Showing.EXACT)
    assert told == {"A": Showing.AT_LEAST, "B": Showing.AT_LEAST, "C": Showing.EXACT}


def test_four_late_in_each_of_two_parts_cannot_be_read_from_their_sum() -> None:
    told = showings({"A": Share(20, 16), "B": Share(9, 5)}, frozenset(), Showing.EXACT)
    assert set(told.values()) == {Showing.AT_LEAST, Showing.HIDDEN}


def test_shares_of_all_and_of_none_are_shown() -> None:
    told = showings({"A": Share(20, 20), "B": Share(9, 0)}, frozenset(), Showing.EXACT)
    assert set(told.values()) == {Showing.EXACT}


def test_a_bound_tells_only_that_fewer_than_five_are_late() -> None:
    rows = [Counted(MONTH.first, "", "", 20, 20, 20, hits, DAYS, DAYS) for hits in (16, 17, 18, 19)]
    cells = [assembled(MONTH, UNTIL, [row]).whole.cells["on_time"] for row in rows]
    assert {(cell.value, cell.at_least) for cell in cells} == {(None, 80)}

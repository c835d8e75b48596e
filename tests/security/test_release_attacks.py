"""Attacks on what is published: an attacker with a solver, all files and every earlier release finds no small cell.

Random populations, 20 in the ordinary suite and 500 with MALL_LONG=1. The attacker knows every shown cell, every sum,
that counts are whole and not negative, and that a part is no larger than its whole.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from agencies import clock
from mall.releases import files, guard, publishing
from mall.releases.datasets import Column, Dataset, Kind, Row
from mall.releases.hiding import Cell, Line, _by_place, hidden_in, percent, protected
from mall.releases.models import HeldRelease, Release
from mall.releases.shapes import Flat, Key, Tree, TwoWay, key_of
from tests.long import LONG
from tests.publishing import COUNT, dataset, registered, two_dimensions
from workflows.actors import Actor

POPULATIONS = 500 if LONG else 20
SEEDS = range(POPULATIONS)
LATE = Column("on_time", "Tepat waktu", "%", "Bagian.", Kind.SHARE, of="cases")
REFUSED = Column("refused", "Ditolak", "permohonan", "Bagian.", Kind.COUNT, of="cases")
BY = Actor.system("test")
NOW = datetime(2026, 11, 20, 10, 30, tzinfo=clock.WIB)
Counts = Mapping[Key, int]


def draw(random_: random.Random) -> int:
    """A count as they are: often nothing, often small, now and then large."""
    return random_.choice([0, 0, random_.randint(1, 4), random_.randint(1, 12), random_.randint(5, 60)])


def rows_of(shape: Any, leaves: Counts, random_: random.Random) -> list[Row]:
    """The exact rows of these leaves."""
    return [
        Row(
            dict(zip(shape.dimensions, key, strict=True)),
            {"cases": count, "on_time": part(random_, count), "refused": part(random_, count)},
        )
        for key, count in leaves.items()
    ]


def part(random_: random.Random, count: int) -> int:
    """How many of a count: all, none, nearly all, or any number."""
    near = max(0, count - random_.randint(0, 6))
    return random_.choice([count, 0, near, near, count - near, random_.randint(0, count)])


def tree(seed: int) -> tuple[Any, list[Row]]:
    """The mall, two to five agencies, one to six services each."""
    random_, shape = random.Random(seed), Tree(("agency", "service"), complete=True)
    keys = [(f"A{a}", f"S{a}{s}") for a in range(random_.randint(2, 5)) for s in range(random_.randint(1, 6))]
    return shape, rows_of(shape, {key: draw(random_) for key in keys}, random_)


def flat(seed: int) -> tuple[Any, list[Row]]:
    """Up to 25 kecamatan."""
    random_, shape = random.Random(seed), Flat(("kecamatan",), complete=True)
    keys = [(f"35.10.{n:02d}",) for n in range(1, random_.randint(3, 25))]
    return shape, rows_of(shape, {key: draw(random_) for key in keys}, random_)


def two_way(seed: int) -> tuple[Any, list[Row]]:
    """A table with both margins."""
    random_, shape = random.Random(seed), TwoWay(("age", "kecamatan"), complete=True)
    keys = [(f"U{a}", f"K{b}") for a in range(random_.randint(2, 5)) for b in range(random_.randint(2, 6))]
    return shape, rows_of(shape, {key: draw(random_) for key in keys}, random_)


SHAPES: tuple[Callable[[int], tuple[Any, list[Row]]], ...] = (tree, flat, two_way)


def made(shape: Any, k: int = 5) -> Dataset:
    """The data set of a population."""
    measures = (COUNT,) if isinstance(shape, TwoWay) else (COUNT, LATE, REFUSED)
    return dataset(k=k, measures=measures, **two_dimensions(shape))


@dataclass
class Attack:
    """Everything that is published as linear equations and bounds; the unknowns are the exact counts."""

    one: Dataset
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        dimensions = self.one.shape.dimensions
        self.cells = {key_of(line.dims, dimensions): line.cells for line in self.lines}
        parts = [each for each in self.one.measures if each.of]
        self.names = [(key, code.code) for key in self.cells for code in (COUNT, *parts)]
        self.index = {name: at for at, name in enumerate(self.names)}
        self.bounds = [self.bound(key, code) for key, code in self.names]
        self.equal, self.less = csr_array(list(self.equations())), list(self.wholes())
        self.known = {
            "A_eq": self.equal,
            "b_eq": [0] * self.equal.shape[0],
            "A_ub": csr_array(self.less) if self.less else None,
            "b_ub": [0] * len(self.less) or None,
            "bounds": self.bounds,
        }

    def bound(self, key: Key, code: str) -> tuple[float, float | None]:
        """What is told of one number."""
        cell, of = self.cells[key][code], self.cells[key][COUNT.code]
        if code == "on_time" and of.value is not None:
            return self.share(cell, int(of.value))
        return (0, None) if cell.value is None else (float(cell.value), float(cell.value))

    @staticmethod
    def share(cell: Cell, of: int) -> tuple[float, float | None]:
        """A percentage gives the hits (exactly, in the worst case); a bound gives the least of them."""
        if cell.at_least is not None:
            return float(-(-cell.at_least * of // 100)), float(of)
        if cell.value is None:
            return 0.0, float(of)
        fitting = [hits for hits in range(of + 1) if said(hits, of) == cell.value]
        return float(min(fitting)), float(max(fitting))

    def equations(self) -> Iterator[list[float]]:
        """Each total is the sum of its parts, in every measure."""
        for group in self.one.shape.groups(self.cells):
            for code in {code for _key, code in self.names}:
                row = [0.0] * len(self.names)
                row[self.index[group.total, code]] = -1
                for each in group.parts:
                    row[self.index[each, code]] = 1
                yield row

    def wholes(self) -> Iterator[list[float]]:
        """No part is larger than its whole."""
        for key, code in self.names:
            if code != COUNT.code:
                row = [0.0] * len(self.names)
                row[self.index[key, code]], row[self.index[key, COUNT.code]] = 1, -1
                yield row

    def interval(self, name: tuple[Key, str], less: tuple[Key, str] | None = None) -> tuple[float, float]:
        """The least and the greatest value, or difference of two, that fit everything published."""
        found = []
        for sign in (1, -1):
            goal = [0.0] * len(self.names)
            goal[self.index[name]] = sign
            if less:
                goal[self.index[less]] = -sign
            answer = linprog(goal, **self.known)
            assert answer.status in (0, 3), answer.message
            found.append(sign * answer.fun if answer.status == 0 else sign * float("-inf"))
        return found[0], found[1]


def said(hits: int, of: int) -> int | None:
    """The percentage that would be told."""
    return percent(hits, of) if of else None


def truth_of(one: Dataset, rows: list[Row]) -> dict[tuple[Key, str], int]:
    """The exact numbers, totals summed."""
    placed = _by_place(one, rows)
    return {
        (key, each.code): int(row.values.get(each.code) or 0) for key, row in placed.items() for each in one.measures
    }


def some(attack: Attack, seed: int) -> list[tuple[Key, Mapping[str, Cell]]]:
    """All places in the long suite, a handful of those with something hidden in the ordinary one."""
    places = sorted(attack.cells.items())
    hidden = [one for one in places if any(cell.suppressed for cell in one[1].values())]
    return places if LONG else random.Random(seed).sample(hidden, min(4, len(hidden)))


@pytest.mark.parametrize("make", SHAPES, ids=lambda make: make.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_m16_no_hidden_count_is_known_within_less_than_k(make: Any, seed: int) -> None:
    shape, rows = make(seed)
    one = made(shape, k=10 if seed % 3 == 0 else 5)
    lines = protected(one, rows)
    attack, truth = Attack(one, lines), truth_of(one, rows)
    for key, cells in some(attack, seed):
        value = cells["cases"].value
        assert value is None or value == 0 or value >= one.k, (key, value)
        if cells["cases"].suppressed:
            low, high = attack.interval((key, "cases"))
            assert high - low >= one.k - 1e-6, (key, truth[key, "cases"], low, high)


def test_bounds_below_a_hidden_share_do_not_add_up_to_one_of_it() -> None:
    """Found by the long suite: the bounds of services told the share of their agency, and so that of the smallest."""
    shape, rows = tree(41)
    one = made(shape)
    low, high = Attack(one, protected(one, rows)).interval((("A4", ""), "on_time"))
    assert high - low >= one.k - 1e-6


@pytest.mark.parametrize("make", SHAPES[:2], ids=lambda make: make.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_m16_no_small_part_of_a_count_is_known_within_less_than_k(make: Any, seed: int) -> None:
    shape, rows = make(seed)
    one = made(shape)
    attack, truth = Attack(one, protected(one, rows)), truth_of(one, rows)
    for key, cells in some(attack, seed):
        for code in ("on_time", "refused"):
            hits, rest = truth[key, code], truth[key, "cases"] - truth[key, code]
            if cells[code].suppressed and 0 < hits < one.k:
                low, high = attack.interval((key, code))
                assert high - low >= one.k - 1e-6, (key, code, hits, low, high)
            if cells[code].suppressed and 0 < rest < one.k:
                low, high = attack.interval((key, "cases"), (key, code))
                assert high - low >= one.k - 1e-6, (key, code, rest, low, high)
            assert cells[code].suppressed or not (0 < hits < one.k or 0 < rest < one.k)


@pytest.mark.parametrize("make", SHAPES, ids=lambda make: make.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_two_revisions_that_differ_by_few_are_never_both_published(make: Any, seed: int) -> None:
    """One to four persons come or go; what both releases show together differs by nothing or by k and more."""
    shape, rows = make(seed)
    random_, one = random.Random(-seed - 1), made(shape)
    chosen = random_.randrange(len(rows))
    few = random_.randint(1, one.k - 1)
    changed = [
        Row(row.dims, {code: int(value or 0) + (few if at == chosen else 0) for code, value in row.values.items()})
        for at, row in enumerate(rows)
    ]
    before = protected(one, rows)
    after = protected(one, changed, hidden_in(before, shape.dimensions))
    if guard.against_before(one, before, after):
        return
    then, now = (guard.shown(lines, one, "cases") for lines in (before, after))
    assert all(not 0 < abs(now[key] - then[key]) < one.k for key in then.keys() & now.keys())
    assert not before[0].cells["cases"].value, "a total that is shown has changed by a few"


@pytest.mark.parametrize("seed", SEEDS)
def test_overlapping_groups_under_one_total_tell_no_more_than_each_alone(seed: int) -> None:
    """By service and by kecamatan: only the total is common, and both decide alike whether it is shown."""
    shape, rows = tree(seed)
    by_service = protected(made(shape), rows)
    total, random_ = sum(int(row.values["cases"] or 0) for row in rows), random.Random(seed)
    cuts = sorted(random_.randint(0, total) for _one in range(6))
    parts = [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]
    other = Flat(("kecamatan",), complete=True)
    places = [Row({"kecamatan": f"{at}"}, {"cases": count}) for at, count in enumerate(parts)]
    by_place = protected(dataset(**two_dimensions(other)), places)
    assert by_service[0].cells["cases"] == by_place[0].cells["cases"]


@pytest.mark.parametrize("counts", [[0, 0, 0], [0, 0, 3], [4, 0, 0], [5, 0, 0], [7, 7, 7], [1, 1, 1], [2, 3, 0]])
def test_empty_and_full_cells_tell_nothing_of_a_few(counts: list[int]) -> None:
    shape = Flat(("kecamatan",), complete=True)
    rows = [Row({"kecamatan": f"{at}"}, {"cases": n, "on_time": n, "refused": 0}) for at, n in enumerate(counts)]
    for line in protected(made(shape), rows):
        for cell in line.cells.values():
            assert cell.value is None or cell.value in (0, 100) or cell.value >= 5


@pytest.mark.django_db
def test_every_file_and_chart_holds_the_hidden_cells_as_hidden() -> None:
    shape, rows = flat(7)
    one = made(shape)
    with registered(replace(one, rows=lambda _period: rows)), clock.pretend(NOW):
        release = publishing.publish("uji", "2026-10", BY)
    hidden = [line for line in release.lines if line.cells["cases"].suppressed]
    assert hidden
    for line in hidden:
        assert all(cell.value is None for cell in line.cells.values())
    assert files.as_csv(release, one).count("true") == sum(
        c.suppressed for row in release.lines for c in row.cells.values()
    )
    assert Release.objects.count() == 1
    assert not HeldRelease.objects.exists()

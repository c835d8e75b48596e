"""The quarter of the league beside its months: an attacker with a solver and all of them finds no small cell.

She knows every shown cell of three months of services and of the quarter by agency and stratum, which service is of
which stratum, that counts are whole and not negative, and that who was on time was decided.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from mall.releases.datasets import Dataset, Row
from mall.releases.hiding import Line, protected
from mall.releases.models import Release
from mall.releases.publishing import _body
from mall.releases.shapes import Tree
from mall.transparency.declared import _services
from mall.transparency.league.counting import Counted
from mall.transparency.league.declared import DECIDED, ON_TIME
from mall.transparency.league.overlap import forbidden
from mall.transparency.metrics import ON_TIME as SHARE
from tests.publishing import dataset, two_dimensions

MONTHS = ("2026-07", "2026-08", "2026-09")
K = 5
STRATA = Tree(("agency", "stratum"), complete=True)
FEW, MANY = range(8), range(8, 300)


def months(found: list[Counted]) -> dict[str, tuple[Line, ...]]:
    """What is published of each month, by service."""
    return {
        month: protected(
            monthly(),
            [
                Row({"agency": one.agency, "service": one.service}, {"decided": one.decided, "on_time": one.on_time})
                for one in found
                if one.month == month
            ],
        )
        for month in MONTHS
    }


def monthly() -> Dataset:
    """The two measures of `layanan` that the league shares."""
    shape = Tree(("agency", "service"))
    assert SHARE in _services().measures
    return dataset("bulan", k=K, measures=(DECIDED, SHARE), **two_dimensions(shape))


def quarterly() -> Dataset:
    """The data set of the league."""
    return dataset(
        "liga", k=K, measures=(DECIDED, ON_TIME), **two_dimensions(Tree(("agency", "stratum"), complete=True))
    )


def quarter(found: list[Counted], shown: dict[str, tuple[Line, ...]]) -> tuple[Line, ...]:
    """What is published of the quarter beside these months."""
    sums: dict[tuple[str, str], list[int]] = {}
    for one in found:
        into = sums.setdefault((one.agency, one.stratum), [0, 0])
        into[0], into[1] = into[0] + one.decided, into[1] + one.on_time
    rows = [
        Row({"agency": agency, "stratum": stratum}, {"decided": told[0], "on_time": told[1]})
        for (agency, stratum), told in sums.items()
    ]
    releases = [Release(dataset="bulan", period=month, body=_body(monthly(), lines)) for month, lines in shown.items()]
    return protected(quarterly(), rows, forbidden(found, releases, K))


def made(seed: int) -> list[Counted]:
    """Two to four agencies with one to five services in one to three strata, over three months."""
    dice, found = random.Random(seed), []
    for a in range(dice.randint(2, 4)):
        strata = dice.randint(1, 3)
        for s in range(dice.randint(1, 5)):
            stratum = f"R{dice.randrange(strata)}"
            for month in MONTHS:
                decided = dice.choice([0, dice.randint(1, 4), dice.randint(1, 12), dice.randint(5, 60)])
                late = min(decided, dice.choice([0, dice.randint(0, 4), dice.randint(0, 20), decided]))
                found.append(Counted(month, f"A{a}", f"S{a}{s}", stratum, decided, decided - late))
    return found


@dataclass
class Attack:
    """Every shown cell as an equation over the services of the months: first all decisions, then those on time."""

    found: list[Counted]
    equal: list[list[float]] = field(default_factory=list)
    sums: list[float] = field(default_factory=list)
    least: list[list[float]] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)

    def row(self, chosen: Callable[[Counted], bool], of: int) -> list[float]:
        """The sum of the chosen leaves, of decisions (0) or of those on time (1)."""
        empty = [0.0] * len(self.found)
        picked = [float(chosen(one)) for one in self.found]
        return picked + empty if of == 0 else empty + picked

    def learn(self, lines: tuple[Line, ...], chosen: Callable[[Line], Callable[[Counted], bool]]) -> None:
        """What one release tells."""
        for line in lines:
            of = chosen(line)
            decided, hits = line.cells["decided"], line.cells["on_time"]
            if decided.value is not None:
                self.equal.append(self.row(of, 0))
                self.sums.append(float(decided.value))
            true = sum(one.on_time for one in self.found if of(one))
            if hits.value is not None:
                self.equal.append(self.row(of, 1))
                self.sums.append(float(true))
            elif hits.at_least is not None and decided.value is not None:
                self.least.append([-one for one in self.row(of, 1)])
                self.limits.append(-float(-(-hits.at_least * int(decided.value) // 100)))

    def width(self, goal: list[float]) -> float:
        """How far apart the least and the greatest value lie that fit everything."""
        size = len(self.found)
        parts = [
            [-float(at == one) for one in range(size)] + [float(at == one) for one in range(size)] for at in range(size)
        ]
        known = {
            "A_eq": csr_array(self.equal),
            "b_eq": self.sums,
            "A_ub": csr_array([*self.least, *parts]),
            "b_ub": [*self.limits, *[0.0] * size],
            "bounds": (0, None),
        }
        ends = []
        for sign in (1, -1):
            answer = linprog([sign * one for one in goal], **known)
            assert answer.status in (0, 3), answer.message
            ends.append(sign * answer.fun if answer.status == 0 else sign * float("-inf"))
        return ends[1] - ends[0]


def attack(seed: int) -> tuple[Attack, dict[str, tuple[Line, ...]], tuple[Line, ...]]:
    """A population, and all that is told of it."""
    found = made(seed)
    shown = months(found)
    told = quarter(found, shown)
    one = Attack(found)
    for month, lines in shown.items():
        one.learn(lines, lambda line, month=month: lambda leaf: leaf.month == month and matches(leaf, line, "service"))
    one.learn(told, lambda line: lambda leaf: matches(leaf, line, "stratum"))
    return one, shown, told


def matches(leaf: Counted, line: Line, part: str) -> bool:
    """Is this leaf counted in that line?"""
    agency, name = line.dims["agency"], line.dims[part]
    return agency in ("", leaf.agency) and name in ("", getattr(leaf, part))


def secrets(found: list[Counted], shown: dict[str, tuple[Line, ...]]) -> Iterator[tuple[int, str]]:
    """The leaves that are small in some way and hidden in their month."""
    told = {(month, line.dims["service"]): line.cells for month, lines in shown.items() for line in lines}
    for at, one in enumerate(found):
        cells: Any = told.get((one.month, one.service))
        if 0 < one.decided < K:
            yield at, "decided"
        elif cells is None or cells["on_time"].value is None:
            if 0 < one.on_time < K:
                yield at, "on_time"
            if 0 < one.decided - one.on_time < K:
                yield at, "late"


def nobody_is_found(seed: int, most: int) -> None:
    """Every small hidden leaf keeps room for k."""
    one, shown, _told = attack(seed)
    size, chosen = len(one.found), list(secrets(one.found, shown))
    for at, what in random.Random(seed).sample(chosen, min(most, len(chosen))):
        decided, hits = [0.0] * (2 * size), [0.0] * (2 * size)
        decided[at], hits[size + at] = 1, 1
        goal = {"decided": decided, "on_time": hits, "late": [a - b for a, b in zip(decided, hits, strict=True)]}[what]
        assert one.width(goal) >= K - 1e-6, (seed, one.found[at], what)


@pytest.mark.parametrize("seed", FEW)
def test_m16_the_quarter_gives_away_no_small_cell_of_its_months(seed: int) -> None:
    nobody_is_found(seed, 6)


@pytest.mark.long
@pytest.mark.parametrize("seed", MANY)
def test_m16_no_quarter_of_many_gives_away_a_small_cell_of_its_months(seed: int) -> None:
    nobody_is_found(seed, 100)


def test_m16_without_the_protection_a_quarter_gives_a_month_away() -> None:
    """The attack works: a stratum that is one service tells the month that was hidden."""
    numbers = {"S1": (40, 3, 40), "S2": (30, 12, 30), "S3": (50, 50, 50)}
    strata = {"S1": "R1", "S2": "R2", "S3": "R3"}
    found = [
        Counted(month, "A", service, strata[service], count, count)
        for service, counts in numbers.items()
        for month, count in zip(MONTHS, counts, strict=True)
    ]
    shown = months(found)
    told = quarter(found, shown)
    gone = {line.dims["stratum"] for line in told if line.cells["decided"].suppressed}
    assert {"R1", "R2"} <= gone
    assert told[0].cells["decided"].value == sum(one.decided for one in found)

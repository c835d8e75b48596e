"""The survey's data set under attack: no small number of answers is found, and no mean is of fewer than k.

Random surveys, 10 in the ordinary suite and 300 with --long. The attacker of `test_release_attacks` knows every shown
count; here she also subtracts the shown sums of scores from those of a total.
"""

import random
from collections.abc import Iterator

import pytest

from mall.releases import datasets
from mall.releases.datasets import Row
from mall.releases.hiding import Line, protected
from mall.releases.shapes import Tree, key_of
from mall.voice.satisfaction.index import Survey, pooled
from mall.voice.satisfaction.published.columns import GRADE, INDEX, MARGIN, MEANS, SUMS, K
from mall.voice.satisfaction.published.declared import SERVICES, _row
from tests.publishing import COUNT, dataset, two_dimensions
from tests.security.test_release_attacks import REFUSED, Attack, some

FEW, MANY = range(10), range(10, 300)
SHAPE = Tree(("agency", "service"), complete=True)


def surveys(seed: int) -> dict[tuple[str, str], Survey]:
    """Two to five agencies, one to six services each, most of them with few answers."""
    dice, found = random.Random(seed), {}
    for a in range(dice.randint(2, 5)):
        for s in range(dice.randint(1, 6)):
            closed = dice.choice([0, dice.randint(1, 4), dice.randint(1, 12), dice.randint(5, 90)])
            rows = [[dice.randint(1, 4) for _one in range(9)] for _row in range(dice.randint(0, closed))]
            totals = tuple(sum(row[at] for row in rows) for at in range(9))
            found[f"A{a}", f"S{a}{s}"] = Survey(closed, len(rows), totals, sum(sum(row) ** 2 for row in rows))
    return found


def rows(found: dict[tuple[str, str], Survey]) -> Iterator[Row]:
    """The exact rows, as publishing is given them."""
    yield _row({"agency": "", "service": ""}, pooled(list(found.values())))
    for agency in sorted({key[0] for key in found}):
        own = [one for key, one in found.items() if key[0] == agency]
        yield _row({"agency": agency, "service": ""}, pooled(own))
    for (agency, service), one in found.items():
        yield _row({"agency": agency, "service": service}, one)


def published(seed: int) -> tuple[dict[tuple[str, str], Survey], dict[tuple[str, ...], Line]]:
    """The surveys, and what is published of them, by place."""
    found = surveys(seed)
    lines = protected(datasets.find(SERVICES), list(rows(found)))
    return found, {key_of(line.dims, SHAPE.dimensions): line for line in lines}


def nothing_is_told_of_few(seed: int) -> None:
    """Means and grades hang on answers that are shown; what is left of a shown total is nothing or of k and more."""
    found, lines = published(seed)
    for line in lines.values():
        answered = line.cells["answered"].value
        for one in (*MEANS, *SUMS, INDEX, GRADE, MARGIN):
            told = line.cells[one.code].value is not None
            assert not told or (answered is not None and int(answered) >= K), (line.dims, one.code)
            assert not told or one is not MARGIN or int(answered or 0) >= 2 * K
    for total in [key for key in lines if not key[1]]:
        if lines[total].cells["answered"].value is not None:
            assert left(found, lines, total) not in range(1, K), total


def left(found: dict[tuple[str, str], Survey], lines: dict[tuple[str, ...], Line], total: tuple[str, ...]) -> int:
    """How many answered in what is hidden together below a shown total: agencies of the mall, or services of one."""
    agency = total[0]
    parts = {key if agency else (key[0], "") for key in found if agency in ("", key[0])}
    shut = [key for key in parts if key not in lines or lines[key].cells["answered"].value is None]
    return sum(one.answered for key, one in found.items() if key in shut or (key[0], "") in shut)


def no_count_is_found(seed: int) -> None:
    """The attacker with a solver, on the counts of the same survey; who did not answer is protected as well."""
    found, lines = published(seed)
    plain = [
        Row(dict(zip(SHAPE.dimensions, key, strict=True)), {"cases": one.closed, "refused": one.answered})
        for key, one in found.items()
    ]
    same = dataset(k=K, measures=(COUNT, REFUSED), **two_dimensions(SHAPE))
    attack = Attack(same, protected(same, plain))
    for key, cells in some(attack, seed):
        real = lines.get(key)
        assert not real or real.cells["answered"].value == cells["refused"].value
        if key not in found or not cells["refused"].suppressed:
            continue
        if 0 < found[key].answered < K:
            low, high = attack.interval((key, "refused"))
            assert high - low >= K - 1e-6, key
        if 0 < found[key].silent < K:
            low, high = attack.interval((key, "cases"), (key, "refused"))
            assert high - low >= K - 1e-6, key


@pytest.mark.parametrize("seed", FEW)
def test_m16_no_figure_of_the_survey_is_of_fewer_than_k_answers(seed: int) -> None:
    nothing_is_told_of_few(seed)
    no_count_is_found(seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", MANY)
def test_m16_no_figure_of_many_surveys_is_of_fewer_than_k_answers(seed: int) -> None:
    nothing_is_told_of_few(seed)
    no_count_is_found(seed)

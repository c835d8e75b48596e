"""The guard against differencing: two releases side by side must not show what one alone hides.

A revision is held back while anything that a reader can compute from both would differ by 1 to k - 1: a shown count,
what is hidden together under a shown total, the hits of a share, or the total that another data set shows as well;
and while a total that was shown would be hidden. A period that shares months with another one is held back as well.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from mall.releases.datasets import Column, Dataset, Kind
from mall.releases.hiding import Line
from mall.releases.periods import Period
from mall.releases.shapes import Key, Open, key_of
from mall.releases.suppression import is_small

Counts = Mapping[Key, int]


@dataclass(frozen=True, slots=True)
class Reason:
    """Where two releases would tell too much, and by which rule; never a figure."""

    measure: str
    place: tuple[str, ...]
    rule: str

    def as_data(self) -> dict[str, object]:
        """As it is recorded."""
        return asdict(self)


def against_before(dataset: Dataset, before: Sequence[Line], after: Sequence[Line]) -> list[Reason]:
    """Why a revision must not follow the one before; empty when it may."""
    if isinstance(dataset.shape, Open):
        return []
    found: list[Reason] = []
    for one in dataset.measures:
        if one.kind is Kind.COUNT:
            found += _count(dataset, one.code, *(shown(lines, dataset, one.code) for lines in (before, after)))
        elif one.kind is Kind.SHARE:
            found += _share(dataset, one, before, after)
    return found


def against_sibling(dataset: Dataset, other: Dataset, theirs: Sequence[Line], ours: Sequence[Line]) -> list[Reason]:
    """Why a release must not stand beside one of another data set that shares its total and its period."""
    k = max(dataset.k, other.k)
    found = []
    for one in dataset.measures:
        if one.kind is Kind.COUNT and any(their.code == one.code for their in other.measures):
            mine, its = _whole(ours, one.code), _whole(theirs, one.code)
            if mine is not None and its is not None and is_small(abs(mine - its), k):
                found.append(Reason(one.code, (), "sibling"))
    return found


def against_overlap(period: Period, others: Iterable[Period]) -> list[Reason]:
    """Why a period must not stand beside others of its data set: a year minus its half tells what the other hides."""
    return [Reason("", (other.code,), "overlap") for other in others if other != period and other.overlaps(period)]


def shown(lines: Iterable[Line], dataset: Dataset, code: str) -> dict[Key, int]:
    """The shown values of a count by place."""
    values = ((key_of(line.dims, dataset.shape.dimensions), line.cells[code].value) for line in lines)
    return {key: int(value) for key, value in values if value is not None}


def _whole(lines: Sequence[Line], code: str) -> int | None:
    cell = lines[0].cells.get(code) if lines else None
    return int(cell.value) if cell and cell.value is not None else None


def _count(dataset: Dataset, code: str, before: Counts, after: Counts) -> Iterator[Reason]:
    for key in sorted(before.keys() & after.keys()):
        if is_small(abs(after[key] - before[key]), dataset.k):
            yield Reason(code, key, "cell")
    for group in dataset.shape.groups(before.keys() | after.keys()):
        if group.total in before and group.total not in after:
            yield Reason(code, group.total, "gone")
        elif group.total in before and group.total in after:
            seen = [key for key in group.parts if key in after and key in before]
            then, now = (one[group.total] - sum(one[key] for key in seen) for one in (before, after))
            if is_small(abs(now - then), dataset.k):
                yield Reason(code, group.total, "rest")


def _share(dataset: Dataset, one: Column, before: Sequence[Line], after: Sequence[Line]) -> Iterator[Reason]:
    """A percentage and its count give the hits, nearly."""
    (of_then, of_now), (then, now) = (
        [shown(lines, dataset, code) for lines in (before, after)] for code in (one.of, one.code)
    )
    for key in sorted(then.keys() & now.keys() & of_then.keys() & of_now.keys()):
        hits = [round(part[key] * of[key] / 100) for part, of in ((then, of_then), (now, of_now))]
        rests = [of_then[key] - hits[0], of_now[key] - hits[1]]
        if any(is_small(abs(b - a), dataset.k) for a, b in (hits, rests)):
            yield Reason(one.code, key, "share")

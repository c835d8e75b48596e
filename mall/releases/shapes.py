"""How the rows of a data set add up: that decides which of them anybody can compute from the others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Dims = Mapping[str, str]
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that add up to a total."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """Each level is the sum of the next: the mall of its agencies, an agency of its services.

    `complete`: the rows are the whole domain whatever happened, so that a row's being there tells nothing;
    else rows in which nothing can be seen are left out.
    """

    dimensions: tuple[str, ...]
    complete: bool = False

    def groups(self, keys: Iterable[Key]) -> Iterator[Group]:
        """Every total with its parts, from the top."""
        below: dict[Key, list[Key]] = {}
        for key in keys:
            if any(key):
                below.setdefault(parent(key), []).append(key)
        for total in sorted(below, key=lambda one: (depth(one), one)):
            yield Group(total, tuple(sorted(below[total])))


@dataclass(frozen=True, slots=True)
class Flat(Tree):
    """The total and its parts, such as the kecamatan; one dimension."""


@dataclass(frozen=True, slots=True)
class TwoWay:
    """A table of two dimensions with both margins and the total."""

    dimensions: tuple[str, ...]
    complete: bool = False

    def groups(self, keys: Iterable[Key]) -> Iterator[Group]:
        """Both margins under the total, and the cells of every row and column."""
        below: dict[Key, list[Key]] = {}
        for key in keys:
            for total in _lines_of(key):
                below.setdefault(total, []).append(key)
        for total in sorted(below):
            yield from _apart(total, below[total])


@dataclass(frozen=True, slots=True)
class Open:
    """Nothing about persons, such as the budget: nothing is hidden."""

    dimensions: tuple[str, ...] = ()
    complete: bool = True

    def groups(self, _keys: Iterable[Key]) -> Iterator[Group]:
        """None: nothing of it is protected."""
        yield from ()


Shape = Tree | Flat | TwoWay | Open


def depth(key: Key) -> int:
    """How many dimensions are fixed."""
    return sum(1 for one in key if one)


def parent(key: Key) -> Key:
    """The total of which it is a part: the same with its last dimension open."""
    last = max(at for at, one in enumerate(key) if one)
    return (*key[:last], "", *key[last + 1 :])


def key_of(dims: Dims, dimensions: Sequence[str]) -> Key:
    """The place of a row within its shape."""
    return tuple(dims.get(one, "") for one in dimensions)


def _lines_of(key: Key) -> Iterator[Key]:
    """The totals of which a cell or a margin of a table is a summand."""
    row, column = key
    if row and column:
        yield from ((row, ""), ("", column))
    elif row or column:
        yield ("", "")


def _apart(total: Key, parts: Sequence[Key]) -> Iterator[Group]:
    """The parts as groups: those under the grand total are two, the rows and the columns."""
    for side in (0, 1) if not any(total) else (None,):
        chosen = [key for key in parts if side is None or key[side]]
        if chosen:
            yield Group(total, tuple(sorted(chosen)))


def totals_of(key: Key, shape: Shape) -> Iterator[Key]:
    """Every other row that a row is counted in."""
    if isinstance(shape, TwoWay):
        first, second = key
        yield from {(first, ""), ("", second), ("", "")} - {key}
    elif isinstance(shape, Tree):
        while any(key):
            key = parent(key)
            yield key

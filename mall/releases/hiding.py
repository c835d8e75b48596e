"""From exact rows to what is published of them: every cell with its value, or hidden. The one place that hides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from mall.releases.datasets import Column, Dataset, Kind, Row, Value
from mall.releases.network import Table
from mall.releases.shapes import Key, Open, TwoWay, depth, key_of, totals_of
from mall.releases.suppression import Share, Showing, hidden_parts, is_small, showings

Hidden = Mapping[str, frozenset[Key]]
"""By measure, the places that were hidden in the release before, and therefore stay so."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, or None: hidden to protect people, or there is nothing to compute it from.

    Of a hidden share a lower bound may be told.
    """

    value: Decimal | int | float | str | None
    suppressed: bool = False
    at_least: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One published row: its dimensions and its cells by measure."""

    dims: Mapping[str, str]
    cells: Mapping[str, Cell]

    @property
    def is_shown(self) -> bool:
        """Is there anything to see in it?"""
        return any(cell.value or cell.at_least is not None for cell in self.cells.values())


HIDDEN = Cell(None, suppressed=True)
NOTHING = Cell(None)


def protected(dataset: Dataset, rows: Iterable[Row], before: Hidden | None = None) -> tuple[Line, ...]:
    """What is published of these rows, the total first. No query."""
    work = _Work(dataset, _by_place(dataset, rows), before or {})
    if isinstance(dataset.shape, Open):
        return tuple(Line(row.dims, {one.code: _plain(one, row) for one in dataset.measures}) for row in rows)
    lines = [work.line(key) for key in sorted(work.rows, key=lambda key: (depth(key), key))]
    return tuple(line for line in lines if dataset.shape.complete or line.is_shown or not any(line.dims.values()))


def _by_place(dataset: Dataset, rows: Iterable[Row]) -> dict[Key, Row]:
    """The rows by their place, with every total that was not given summed up."""
    shape = dataset.shape
    found = {key_of(row.dims, shape.dimensions): row for row in rows}
    adding = [one.code for one in dataset.measures if one.kind in (Kind.COUNT, Kind.AMOUNT, Kind.SHARE)]
    sums: dict[Key, dict[str, int]] = {}
    for key, row in found.items():
        if all(key):
            for total in totals_of(key, shape):
                into = sums.setdefault(total, dict.fromkeys(adding, 0))
                for code in adding:
                    into[code] += _int(row.values.get(code))
    given = {key: Row(dict(zip(shape.dimensions, key, strict=True)), values) for key, values in sums.items()}
    whole = tuple("" for _one in shape.dimensions)
    nothing = Row(dict.fromkeys(shape.dimensions, ""), dict.fromkeys(adding, 0))
    return {whole: nothing} | given | found


def _int(value: Value) -> int:
    return int(value) if value else 0


@dataclass
class _Work:
    """One release being made."""

    dataset: Dataset
    rows: Mapping[Key, Row]
    before: Hidden
    hidden: dict[str, frozenset[Key]] = field(default_factory=dict)
    told: dict[str, Mapping[Key, Showing]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if isinstance(self.dataset.shape, Open):
            return
        for one in self.dataset.measures:
            if one.kind is Kind.COUNT and not one.of:
                self.hidden[one.code] = self._hidden(one.code)
        for one in self.dataset.measures:
            if one.kind in (Kind.COUNT, Kind.SHARE) and one.of and not one.rest:
                self.told[one.code] = self._told(one)

    def count(self, key: Key, code: str) -> int:
        """An exact count."""
        return _int(self.rows[key].values.get(code))

    def _hidden(self, code: str) -> frozenset[Key]:
        """Places at which a count is hidden."""
        shape, k, must = self.dataset.shape, self.dataset.k, self.before.get(code, frozenset())
        counts = {key: self.count(key, code) for key in self.rows}
        if isinstance(shape, TwoWay):
            return Table(counts, k).protect(must & set(counts))
        gone = {key for key in counts if not any(key) and (is_small(counts[key], k) or key in must)}
        for group in shape.groups(counts):
            parts = {key: counts[key] for key in group.parts}
            gone |= set(parts) if group.total in gone else hidden_parts(parts, k=k, must=must & set(parts))
        return frozenset(gone)

    def _told(self, one: Column) -> Mapping[Key, Showing]:
        """How much of the share of each place is told."""
        shape, k, bounds = self.dataset.shape, self.dataset.k, one.kind is Kind.SHARE
        if isinstance(shape, Open | TwoWay):
            return {}
        hidden, must = self.hidden[one.of], self.before.get(one.code, frozenset())
        whole = tuple("" for _dimension in shape.dimensions)
        shares = {key: Share(self.count(key, one.of), self.count(key, one.code)) for key in self.rows}
        start = shares[whole].alone(k, bounds=bounds)
        softer = whole in must and start is Showing.EXACT
        told = {whole: shares[whole].blurred(k, bounds=bounds) if softer else start}
        for group in shape.groups(self.rows):
            parts = {key: shares[key] for key in group.parts}
            if group.total in hidden:
                told |= dict.fromkeys(parts, Showing.HIDDEN)
            else:
                told |= showings(parts, hidden & set(parts), told[group.total], k=k, bounds=bounds, must=must)
        return told

    def line(self, key: Key) -> Line:
        """What is published of one row."""
        row = self.rows[key]
        return Line(row.dims, {one.code: self._cell(one, key, row) for one in self.dataset.measures})

    def _cell(self, one: Column, key: Key, row: Row) -> Cell:
        if not one.of:
            return HIDDEN if key in self.hidden[one.code] else _plain(one, row)
        base = self.dataset.measure(one.of)
        if base.of and self._cell(base, key, row).value is None:
            return HIDDEN
        if key in self.hidden[base.of or one.of]:
            return HIDDEN
        if one.rest:
            part = self._cell(self.dataset.measure(one.rest), key, row)
            return part if part.value is None else Cell(self.count(key, one.of) - self.count(key, one.rest))
        if one.code in self.told:
            return self._share(one, key)
        few = is_small(self.count(key, one.of), max(self.dataset.k, one.least))
        return HIDDEN if few else _plain(one, row)

    def _share(self, one: Column, key: Key) -> Cell:
        """A part of a count, as a number or as a percentage, or what may be told instead."""
        of, hits, showing = self.count(key, one.of), self.count(key, one.code), self.told[one.code][key]
        if not of:
            return Cell(0) if one.kind is Kind.COUNT else NOTHING
        if showing is Showing.AT_LEAST:
            return replace(HIDDEN, at_least=100 * (of - self.dataset.k) // of)
        if showing is Showing.HIDDEN:
            return HIDDEN
        return Cell(hits if one.kind is Kind.COUNT else percent(hits, of))


def percent(hits: int, of: int) -> int:
    """A whole percentage; 100 and 0 only when it is all or none."""
    rounded = round(100 * hits / of)
    return min(99, max(1, rounded)) if 0 < hits < of else rounded


def _plain(one: Column, row: Row) -> Cell:
    """A value as it is shown, rounded as its column says."""
    value = row.values.get(one.code)
    if value is None or isinstance(value, str):
        return Cell(value)
    if one.grain > 1:
        return Cell(int((Decimal(value) / one.grain).quantize(Decimal(1), ROUND_HALF_UP)) * one.grain)
    if one.places:
        return Cell(Decimal(value).quantize(Decimal(1).scaleb(-one.places), ROUND_HALF_UP))
    return Cell(int(value) if value == int(value) else value)


def hidden_in(lines: Iterable[Line], dimensions: Sequence[str]) -> dict[str, frozenset[Key]]:
    """By measure, the places that are hidden in a release."""
    found: dict[str, set[Key]] = {}
    for line in lines:
        for code, cell in line.cells.items():
            if cell.suppressed:
                found.setdefault(code, set()).add(key_of(line.dims, dimensions))
    return {code: frozenset(keys) for code, keys in found.items()}

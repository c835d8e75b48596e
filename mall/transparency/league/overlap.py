"""What a quarter must not tell because its months were published already.

The cells of the league add up services and months that `layanan` publishes one by one. Whoever subtracts what is shown
there from a cell here learns the sum of what is hidden there. For the mall (agencies by month) and for each agency
(strata by month) the hidden figures are a table with both margins: of the months, the rest below the shown total; of
the quarter, the rest below a shown cell. As in `mall.releases.network`, how far a hidden figure may vary is a flow;
cells of the quarter are hidden, one after the other, until every one that is not nothing has room for `k`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mall.releases.hiding import Cell
from mall.releases.models import Release
from mall.releases.network import ENDLESS, TOTAL, Node, Table, ends_of
from mall.releases.shapes import Key
from mall.transparency.league.counting import Counted


@dataclass
class Bounded(Table):
    """A table in which a figure is part of another, and so has a greatest value."""

    tops: Mapping[Key, int] = field(default_factory=dict)

    def width(self, key: Key) -> int:
        """How far apart the least and the greatest value lie that a reader can think of."""
        start, end = ends_of(key)
        up = self._flow(end, start, key, self.tops.get(key, ENDLESS) - self.values[key])
        return up + self._flow(start, end, key, self.values[key])

    def _residual(self, without: Key) -> dict[Node, dict[Node, int]]:
        room = super()._residual(without)
        for key in self.hidden - {without}:
            if key in self.tops:
                start, end = ends_of(key)
                room[start][end] += self.tops[key] - self.values[key] - ENDLESS
        return room


@dataclass(frozen=True, slots=True)
class Rest:
    """What the months hide of one part (an agency, or a stratum of one) in one month, and what it is part of."""

    month: str
    part: str
    value: int
    top: int = ENDLESS


def too_much(rests: Iterable[Rest], months: Mapping[str, int | None], k: int) -> frozenset[str]:
    """The parts of which the quarter must not be shown.

    `months` are those whose total of these rests is not known, with the most that it can be, or None.
    """
    values, tops = _margins(rests)
    inner = sorted(key for key in values if all(key))
    unknown = {(month, ""): most for month, most in months.items() if (month, "") in values}
    tops |= {key: most for key, most in unknown.items() if most is not None}
    table = Bounded(values, k, {*inner, *unknown}, tops)
    gone: set[str] = set()
    while weak := next((key for key in inner if values[key] and table.width(key) < k), None):
        left = sorted((values["", part], part) for _month, part in inner if part not in gone)
        if not left:
            break
        part = left[0][1] if weak[1] in gone else weak[1]
        gone.add(part)
        table.hidden.add(("", part))
    return frozenset(gone)


def _margins(rests: Iterable[Rest]) -> tuple[dict[Key, int], dict[Key, int]]:
    """The sums of all rests: of each cell, each month, each part and all; and the greatest values of the cells."""
    values: dict[Key, int] = defaultdict(int)
    tops: dict[Key, int] = defaultdict(int)
    for one in rests:
        for key in ((one.month, one.part), (one.month, ""), ("", one.part), TOTAL):
            values[key] += one.value
        tops[one.month, one.part] += one.top
    return dict(values), {key: top for key, top in tops.items() if top < ENDLESS}


def forbidden(found: Collection[Counted], months: Collection[Release], k: int) -> dict[str, frozenset[Key]]:
    """By measure of the league the places that must be hidden, given the releases of the months of services."""
    seen = {
        one.period: {(line.dims["agency"], line.dims["service"]): line.cells for line in one.lines} for one in months
    }
    decided = frozenset(Level(seen, k, "decided").places(found))
    on_time = frozenset(Level(seen, k, "on_time").places(found))
    return {"decided": decided, "on_time": on_time | decided}


def _cells(release: Release) -> dict[tuple[str, str], Mapping[str, Cell]]:
    return {(line.dims["agency"], line.dims["service"]): line.cells for line in release.lines}


Seen = Mapping[str, Mapping[tuple[str, str], Mapping[str, Cell]]]
"""By month and place the published cells."""


@dataclass(frozen=True, slots=True)
class Level:
    """One measure of the quarter beside its months."""

    seen: Seen
    k: int
    code: str

    def places(self, found: Collection[Counted]) -> Iterator[Key]:
        """What must be hidden: all where the mall of a month is not told; agencies; the strata of each agency."""
        if not all(self.is_told(month, "", "") for month in self.seen):
            yield ("", "")
            return
        whole = summed(found)
        yield from (
            (agency, "") for agency in self._hidden("", [one for one in whole if not self._told(one)], whole, "agency")
        )
        for agency in sorted({one.agency for one in found}):
            own = [one for one in found if one.agency == agency]
            rest = [one for one in own if not self._told(one)]
            yield from ((agency, stratum) for stratum in self._hidden(agency, rest, own, "stratum"))

    def is_told(self, month: str, agency: str, service: str) -> bool:
        """Is the figure told exactly?"""
        cells = self.seen[month].get((agency, service))
        return cells is not None and cells[self.code].value is not None

    def _told(self, one: Counted) -> bool:
        return self.is_told(one.month, one.agency, one.service)

    def _hidden(self, agency: str, rest: Collection[Counted], own: Collection[Counted], part: str) -> frozenset[str]:
        """Of a share both ends say something: those on time, and those late."""
        untold = [month for month in self.seen if not self.is_told(month, agency, "")]
        if self.code == "decided":
            return too_much(
                (Rest(one.month, getattr(one, part), one.decided) for one in rest), dict.fromkeys(untold), self.k
            )
        hits = [Rest(one.month, getattr(one, part), one.on_time, one.decided) for one in rest]
        late = [Rest(one.month, getattr(one, part), one.decided - one.on_time, self._latest(one)) for one in rest]
        most = {month: self._most_late(month, agency, [one for one in own if one.month == month]) for month in untold}
        return too_much(hits, dict.fromkeys(untold), self.k) | too_much(late, most, self.k)

    def _latest(self, one: Counted) -> int:
        """The most that can have been late of a service in a month."""
        least = self._least(one.month, one.agency, one.service)
        return one.decided if least is None else one.decided - -(-least * one.decided // 100)

    def _least(self, month: str, agency: str, service: str) -> int | None:
        cells = self.seen[month].get((agency, service))
        return cells[self.code].at_least if cells else None

    def _most_late(self, month: str, agency: str, own: Collection[Counted]) -> int | None:
        """The most that can have been late in what a month hides of an agency, where a bound of the agency is told."""
        least, of = self._least(month, agency, ""), sum(one.decided for one in own)
        if least is None:
            return None
        known = sum(one.decided - one.on_time for one in own if self._told(one))
        return of - -(-least * of // 100) - known


def summed(found: Iterable[Counted]) -> list[Counted]:
    """The months of whole agencies."""
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for one in found:
        decided, on_time = sums.get((one.month, one.agency), (0, 0))
        sums[one.month, one.agency] = (decided + one.decided, on_time + one.on_time)
    return [Counted(month, agency, "", "", *both) for (month, agency), both in sums.items()]

"""The exact rows behind the public figures of services, from the roll-ups. They go to publishing and nowhere else."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Min

from mall.releases.datasets import NotReady, Row, Value
from mall.releases.periods import Period
from mall.releases.shapes import Key
from mall.transparency.metrics import PARTIES
from mall.transparency.names import UNKNOWN, kecamatan
from mall.transparency.period import Month
from mall.transparency.rollups import folding
from mall.transparency.rollups.histogram import percentile
from mall.transparency.rollups.measures import Measure
from mall.transparency.rollups.models import Cell
from mall.transparency.rollups.queries import Sums, is_grey, sums
from workflows.trail.models import OutboxRow, OutboxState

MINUTES_OF_A_DAY = 24 * 60
_COUNTED = (Measure.RECEIVED, Measure.DECIDED, Measure.REFUSED, Measure.ON_TIME, Measure.RETURNED, Measure.DEEMED)


def since() -> date | None:
    """The first month in which anything was counted. One query."""
    found: date | None = Cell.objects.aggregate(first=Min("month"))["first"]
    return found


def by_service(period: Period) -> list[Row]:
    """The mall, its agencies and their services. One query for each month, and two to be sure."""
    return _rows(period, ("agency", "service"))


def by_kecamatan(period: Period) -> list[Row]:
    """Every kecamatan, also those in which nothing happened."""
    found = {row.dims["kecamatan"]: row for row in _rows(period, ("kecamatan",))}
    nothing = dict.fromkeys(_Line().values(), 0)
    return [found[""], *(found.get(one) or Row({"kecamatan": one}, nothing) for one in kecamatan())]


def ready(period: Period) -> None:
    """Raise `NotReady` while an event of the period waits to be counted, or a figure was found wrong."""
    months = [Month.of(one.first) for one in period.in_months()]
    waiting = OutboxRow.objects.filter(
        consumer=folding.NAME, state=OutboxState.PENDING, created_at__lt=period.end
    ).exists()
    if waiting or any(is_grey(one) for one in months):
        raise NotReady


def _rows(period: Period, dimensions: Sequence[str]) -> list[Row]:
    ready(period)
    months = [Month.of(one.first) for one in period.in_months()]
    lines: dict[Key, _Line] = defaultdict(_Line)
    lines[tuple("" for _one in dimensions)] = _Line()
    known = kecamatan() if "kecamatan" in dimensions else {}
    wanted = [*_COUNTED, Measure.DAYS, Measure.MINUTES, Measure.FEES]
    for one in sums(wanted, months[0], months[-1], (*dimensions, "part")):
        place = tuple(_code(name, str(getattr(one, name)), known) for name in dimensions)
        for key in _levels(place):
            lines[key].add(one)
    return [Row(dict(zip(dimensions, key, strict=True)), line.values()) for key, line in sorted(lines.items())]


def _code(dimension: str, code: str, known: dict[str, str]) -> str:
    return code if dimension != "kecamatan" or code in known else UNKNOWN


def _levels(place: Key) -> Iterator[Key]:
    """The lines that a cell counts in: its own and every total above."""
    for fixed in range(len(place) + 1):
        yield place[:fixed] + ("",) * (len(place) - fixed)


@dataclass
class _Line:
    """The sums of one line."""

    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    days: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    minutes: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    fees: Decimal = Decimal(0)

    def add(self, one: Sums) -> None:
        """Count one sum of cells in."""
        if one.measure == Measure.DAYS:
            self.days[int(one.part)] += one.count
        elif one.measure == Measure.MINUTES:
            self.minutes[one.part] += one.amount
        else:
            self.counts[one.measure] += one.count
            self.fees += one.amount if one.measure == Measure.FEES else 0

    def values(self) -> dict[str, Value]:
        """The exact values of a row."""
        found: dict[str, Value] = {one.value: self.counts[one] for one in _COUNTED}
        found |= {"median_days": percentile(self.days, 0.5), "p90_days": percentile(self.days, 0.9)}
        found |= {"paid": self.counts[Measure.FEES], "fees": int(self.fees)}
        return found | {one.code: self._mean(one.code.removeprefix("days_")) for one in PARTIES}

    def _mean(self, party: str) -> Decimal | None:
        decided = self.counts[Measure.DECIDED]
        return self.minutes[party] / MINUTES_OF_A_DAY / decided if decided else None

"""One month as it is published: every cell with its value, or hidden. Pages and files show nothing else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from mall.transparency import sql
from mall.transparency.metrics import APPROVED, DECIDED, MEDIAN, ON_TIME, P90, P90_LEAST, RECEIVED, REFUSED, K
from mall.transparency.period import Month, midnight
from mall.transparency.sql import Counted
from mall.transparency.suppression import Share, Showing, hidden_parts, showings

MONTHS = 12
MALL, AGENCY, SERVICE = "mall", "agency", "service"


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, or None: hidden to protect people, or there is nothing to compute it from.

    Of a hidden share a lower bound may be told.
    """

    value: Decimal | int | None
    hidden: bool = False
    at_least: int | None = None

    @property
    def showing(self) -> Showing:
        """How much of it is told."""
        if self.at_least is not None:
            return Showing.AT_LEAST
        return Showing.HIDDEN if self.hidden else Showing.EXACT


HIDDEN = Cell(None, hidden=True)
NOTHING = Cell(None)


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of the mall, an agency or a service in one month, by the code of the metric."""

    level: str
    month: Month
    agency: str
    service: str
    cells: Mapping[str, Cell]

    @property
    def is_shown(self) -> bool:
        """Is there anything to see in it?"""
        return any(cell.value is not None for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Release:
    """What is published of one month: it, the eleven before, and its agencies and services."""

    month: Month
    until: datetime
    months: tuple[Line, ...]
    agencies: tuple[Line, ...]
    services: tuple[Line, ...]

    @property
    def whole(self) -> Line:
        """The month itself, over the whole mall."""
        return self.months[-1]

    @property
    def is_final(self) -> bool:
        """Is the month over?"""
        return self.until == midnight(self.month.later(1).first)

    @property
    def last_day(self) -> datetime:
        """A moment of the last day that is counted."""
        return self.until - timedelta(minutes=1)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything, as the files list it."""
        return (*self.months, *self.agencies, *self.services)


def build(month: Month, until: datetime) -> Release:
    """The release of a month with what happened before `until`. Two queries."""
    end = min(midnight(month.later(1).first), until)
    begin = midnight(month.later(1 - MONTHS).first)
    return assembled(month, end, [*sql.received(begin, end), *sql.decided(begin, end)])


def assembled(month: Month, until: datetime, rows: Iterable[Counted]) -> Release:
    """The release of a month from what was counted; the place where figures are hidden. No query."""
    counted = _together(rows)
    months = tuple(_whole(one, counted.get((one, "", ""))) for one in _months(counted, month))
    agencies, services = _parts(month, counted, months[-1])
    return Release(month, until, months, agencies, services)


Key = tuple[Month, str, str]


def _months(counted: Mapping[Key, Counted], last: Month) -> list[Month]:
    """The last twelve months, from the first in which anything happened."""
    first = min((month for month, _agency, _service in counted), default=last)
    return [month for step in range(1 - MONTHS, 1) if (month := last.later(step)) >= first]


def _together(rows: Iterable[Counted]) -> dict[Key, Counted]:
    """Hand-ins and decisions of the same line in one."""
    found: dict[Key, Counted] = {}
    for row in rows:
        key = (Month.of(row.month), row.agency, row.service)
        known = found.get(key)
        found[key] = replace(row, received=known.received) if known else row
    return found


def _whole(month: Month, counted: Counted | None) -> Line:
    """The mall as a whole: a month is a total of its own, so its own smallness is all that hides it."""
    one = counted or Counted(month.first, "", "")
    small = 0 < one.decided < K
    cells = _cells(one, 0 < one.received < K, small, Share(one.decided, one.on_time).alone())
    refused = one.decided - one.approved
    apart = small or 0 < one.approved < K or 0 < refused < K
    cells[APPROVED.code] = HIDDEN if apart else Cell(one.approved)
    cells[REFUSED.code] = HIDDEN if apart else Cell(refused)
    return Line(MALL, month, "", "", cells)


def _cells(one: Counted, no_received: bool, no_decided: bool, share: Showing) -> dict[str, Cell]:
    """The cells of a line, given what of it is hidden."""
    if not one.decided and not no_decided:
        times = {MEDIAN.code: NOTHING, P90.code: NOTHING, ON_TIME.code: NOTHING}
    else:
        times = {
            MEDIAN.code: HIDDEN if no_decided else Cell(_tenth(one.median)),
            P90.code: HIDDEN if no_decided or one.decided < P90_LEAST else Cell(_tenth(one.p90)),
            ON_TIME.code: _share(one, share),
        }
    return {
        RECEIVED.code: HIDDEN if no_received else Cell(one.received),
        DECIDED.code: HIDDEN if no_decided else Cell(one.decided),
        **times,
    }


def _share(one: Counted, showing: Showing) -> Cell:
    """The share on time; at least what it would be if as many as may be kept silent were late."""
    if showing is Showing.AT_LEAST:
        return Cell(None, hidden=True, at_least=100 * (one.decided - K + 1) // one.decided)
    return Cell(_percent(one.on_time, one.decided)) if showing is Showing.EXACT else HIDDEN


def _tenth(days: Decimal | None) -> Decimal | None:
    """Days to one place, as every page and file shows them."""
    return days.quantize(Decimal("0.1"), ROUND_HALF_UP) if days is not None else None


def _percent(hits: int, of: int) -> int:
    """A whole percentage; 100 and 0 only when it is all or none."""
    rounded = round(100 * hits / of)
    return min(99, max(1, rounded)) if 0 < hits < of else rounded


def _parts(month: Month, counted: Mapping[Key, Counted], whole: Line) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The agencies of the month, and the services below each, with all that must be hidden hidden."""
    of_month = [row for (when, _agency, _service), row in counted.items() if when == month]
    agencies = _group(AGENCY, [row for row in of_month if row.agency and not row.service], whole, _agency_of)
    services: list[Line] = []
    for line in agencies:
        below = [row for row in of_month if row.agency == line.agency and row.service]
        services += _group(SERVICE, below, line, _service_of)
    return _shown(agencies), _shown(services)


def _agency_of(row: Counted) -> str:
    return row.agency


def _service_of(row: Counted) -> str:
    return row.service


def _group(level: str, rows: Iterable[Counted], total: Line, name: Callable[[Counted], str]) -> list[Line]:
    """The parts of one total; where a figure of the total is hidden, so is that of every part."""
    parts = {name(row): row for row in rows}
    received = {one: row.received for one, row in parts.items()}
    decided = {one: row.decided for one, row in parts.items()}
    shares = {one: Share(row.decided, row.on_time) for one, row in parts.items()}
    no_received = frozenset(parts) if total.cells[RECEIVED.code].hidden else hidden_parts(received)
    no_decided = frozenset(parts) if total.cells[DECIDED.code].hidden else hidden_parts(decided)
    told = showings(shares, no_decided, total.cells[ON_TIME.code].showing)
    return [
        Line(level, total.month, row.agency, row.service, _cells(row, one in no_received, one in no_decided, told[one]))
        for one, row in sorted(parts.items())
    ]


def _shown(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.is_shown)

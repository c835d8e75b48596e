"""Releases for people: words of a figure, tables, charts, and the line that says where a figure comes from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mall.design import formats
from mall.design.charts import Chart, Series, Value
from mall.design.maps import Area, AreaMap
from mall.design.parts import Column as Head
from mall.design.parts import Table
from mall.releases import datasets, offered
from mall.releases.datasets import Column, Dataset, Kind
from mall.releases.hiding import Cell, Line
from mall.releases.models import Release

SHUT = "–"
NUMERIC = (Kind.COUNT, Kind.AMOUNT, Kind.SHARE, Kind.NUMBER, Kind.DAYS)


def words(one: Column, cell: Cell | None) -> str:
    """A figure for people: a dash where there is none to show, a bound where only that is told."""
    if cell is None or (cell.value is None and cell.at_least is None):
        return SHUT
    if cell.at_least is not None:
        return f"≥ {cell.at_least}%"
    if isinstance(cell.value, str) or cell.value is None:
        return str(cell.value)
    if one.kind is Kind.AMOUNT:
        return formats.rupiah(round(cell.value))
    places = one.places if cell.value % 1 else 0
    return f"{formats.number(cell.value, places)}{'%' if one.kind is Kind.SHARE else ''}"


def with_unit(one: Column, cell: Cell | None) -> str:
    """A figure with its unit, or in words why there is none."""
    if cell is None or (cell.value is None and cell.at_least is None):
        return _("tidak ditampilkan") if cell and cell.suppressed else _("belum ada")
    said = words(one, cell)
    if one.kind in (Kind.SHARE, Kind.AMOUNT):
        return said
    return f"{said}%" if one.unit == "%" else f"{said} {one.unit}"


def place(release: Release, one: Column, code: str) -> str:
    """A place in a dimension as people read it."""
    name = release.label(one.code, code) if code else _("semua")
    return f"{code} {name}" if one.coded and code and name != code else name


def head(one: Column) -> Head:
    """A column of a table; a percentage says so where its figures do not."""
    bare = one.kind is Kind.NUMBER and one.unit == "%" and "%" not in str(one.name)
    return Head(f"{one.name} (%)" if bare else one.name, numeric=one.kind in NUMERIC)


def table(
    release: Release,
    dataset: Dataset,
    *,
    caption: str | Promise,
    by: str,
    measures: Sequence[str] = (),
    lines: Iterable[Line] | None = None,
    link: Callable[[Line], object] | None = None,
) -> Table:
    """One line for each row of the dimension `by`, in the order of the release."""
    chosen = [one for one in dataset.measures if not measures or one.code in measures]
    first = next(one for one in dataset.dimensions if one.code == by)
    columns = [Head(first.name), *(head(one) for one in chosen)]
    shown = lines if lines is not None else level(release, by)
    rows = [
        [
            link(line) if link else formats.indonesian(place(release, first, line.dims[by])),
            *(words(one, line.cells.get(one.code)) for one in chosen),
        ]
        for line in shown
    ]
    return Table(caption, columns, rows)


def level(release: Release, by: str) -> list[Line]:
    """The rows in which `by` is the last dimension that is fixed, and in which there is anything to see."""
    order = [one.code for one in datasets.find(release.dataset).dimensions]
    after = order[order.index(by) + 1 :]
    return [
        line
        for line in release.lines
        if line.dims.get(by) and line.is_shown and not any(line.dims.get(one) for one in after)
    ]


def number(cell: Cell | None) -> Value:
    """The value as a chart takes it; None is a gap."""
    return cell.value if cell and isinstance(cell.value, int | float) else None


def line_chart(releases: Sequence[Release], measures: Sequence[Column], title: str | Promise, desc: str) -> Chart:
    """Totals over time, one line a measure."""
    series = [Series(one.name, [number(release.total.get(one.code)) for release in releases]) for one in measures]
    first = measures[0]
    unit = "" if first.kind is Kind.COUNT else first.unit
    labels = [release.over.short for release in releases]
    return Chart(title, desc, _("Periode"), labels, series, unit=unit, places=first.places)


def bar_chart(release: Release, dataset: Dataset, by: str, code: str, desc: str) -> Chart:
    """One measure of each row of a level, the greatest first; what is hidden is left to the table."""
    one = dataset.measure(code)
    found = [(number(line.cells.get(code)), release.label(by, line.dims[by])) for line in level(release, by)]
    bars = sorted(((value, name) for value, name in found if value), key=lambda pair: (-float(pair[0]), pair[1]))
    first = next(column for column in dataset.dimensions if column.code == by)
    title = _("%(measure)s menurut %(by)s") % {"measure": one.name, "by": str(first.name).lower()}
    series = Series(one.name, [value for value, _name in bars])
    return Chart(title, desc, first.name, [name for _value, name in bars], [series], places=one.places)


def area_map(release: Release, dataset: Dataset, code: str) -> AreaMap:
    """One measure of every kecamatan; what is hidden in the table is hidden here."""
    one = dataset.measure(code)
    lines = [line for line in release.lines if line.dims.get("kecamatan")]
    areas = [
        Area(place, release.label("kecamatan", place), number(cell), with_unit(one, cell))
        for place, cell in ((line.dims["kecamatan"], line.cells.get(code)) for line in lines)
    ]
    told = sorted((area for area in areas if area.value is not None), key=lambda area: float(area.value or 0))
    desc = _("Belum ada angka yang dapat ditampilkan.")
    if told:
        ends = {"least": f"{told[0].name} ({told[0].words})", "most": f"{told[-1].name} ({told[-1].words})"}
        desc = _("Terendah %(least)s, tertinggi %(most)s.") % ends
    said = {"measure": head(one).label, "period": release.over.name}
    title = _("%(measure)s menurut kecamatan, %(period)s") % said
    places = one.places if any(float(area.value or 0) % 1 for area in told) else 0
    return AreaMap(title, desc, areas, places)


@dataclass(frozen=True, slots=True)
class Source:
    """The line under every figure: source, period, how it is computed, download.

    `title` names the data set for who hears the links without the table above them.
    """

    title: str
    text: str
    period: str
    until: str
    page: str
    files: dict[str, str]


def source(release: Release, dataset: Dataset) -> Source:
    """What `{% include "releases/source.html" %}` shows of a release."""
    return Source(
        title=str(dataset.title),
        text=str(dataset.source),
        period=release.over.name,
        until=formats.day(release.until),
        page=reverse("data:period", args=[release.dataset, release.period]),
        files={
            kind.upper(): reverse(f"data:{kind}", args=[release.dataset, release.period]) for kind in offered.formats()
        },
    )

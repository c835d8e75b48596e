"""Releases of the survey as tables and charts."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mall.design.charts import Chart, Series
from mall.design.parts import Row, Table
from mall.releases import datasets, show
from mall.releases.datasets import Column
from mall.releases.hiding import Cell, Line
from mall.releases.models import Release
from mall.voice.satisfaction.elements import elements
from mall.voice.satisfaction.index import BEST
from mall.voice.satisfaction.published.columns import ANSWERED, GRADE, HEAD, INDEX, MEANS

GRADES = {
    "A": gettext_lazy("sangat baik"),
    "B": gettext_lazy("baik"),
    "C": gettext_lazy("kurang baik"),
    "D": gettext_lazy("tidak baik"),
}
"""Quality of the service in words (PermenPANRB 14/2017)."""
FULL = 100
"""The greatest index."""
SHOWN = tuple(one.code for one in HEAD)


def headline(cells: dict[str, Cell] | Line) -> list[Row]:
    """The figures of one unit, each with its unit of measure."""
    found = cells.cells if isinstance(cells, Line) else cells
    return [Row(one.name, _said(one, found.get(one.code))) for one in HEAD]


def _said(one: Column, cell: Cell | None) -> str:
    """With its unit; the letter of a grade with its word."""
    if one is GRADE and cell is not None and isinstance(cell.value, str):
        word = GRADES.get(cell.value)
        return f"{cell.value} ({word})" if word else cell.value
    return show.with_unit(one, cell)


def units(release: Release, by: str, caption: str, lines: Sequence[Line], link: Callable[[Line], object]) -> Table:
    """One row a unit."""
    dataset = datasets.find(release.dataset)
    return show.table(release, dataset, caption=caption, by=by, measures=SHOWN, lines=lines, link=link)


def means(release: Release, lines: Sequence[Line], by: str) -> Table:
    """The nine elements of each unit; the letters are explained below the table."""
    dataset = datasets.find(release.dataset)
    codes = tuple(one.code for one in MEANS)
    told = [line for line in lines if line.cells[ANSWERED.code].value]
    return show.table(release, dataset, caption=_("Nilai rata-rata unsur"), by=by, measures=codes, lines=told)


def elements_chart(cells: dict[str, Cell], whose: str) -> Chart | None:
    """The nine means of one unit as bars; None where they are not told."""
    values = [show.number(cells.get(one.code)) for one in MEANS]
    if any(value is None for value in values):
        return None
    lowest = min(range(len(values)), key=lambda at: float(values[at] or 0))
    desc = _("%(whose)s: unsur dengan nilai terendah adalah %(name)s, %(value)s dari 4.") % {
        "whose": whose,
        "name": elements()[lowest].name,
        "value": show.words(MEANS[lowest], cells[MEANS[lowest].code]),
    }
    labels = [f"{one.code.upper()} {one.name}" for one in elements()]
    title, series = _("Nilai rata-rata sembilan unsur"), [Series(_("Nilai"), values)]
    return Chart(title, desc, _("Unsur"), labels, series, places=2, most=BEST)


def agencies_chart(release: Release) -> Chart | None:
    """The indexes of the agencies, best first; None where fewer than two are told."""
    desc = _("Indeks kepuasan menurut instansi pada %(period)s, yang tertinggi di atas.")
    dataset = datasets.find(release.dataset)
    chart = show.bar_chart(release, dataset, "agency", INDEX.code, desc % {"period": release.over.name})
    return replace(chart, most=FULL) if len(chart.labels) > 1 else None

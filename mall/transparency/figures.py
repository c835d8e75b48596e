"""The published cells as charts and tables of the design system."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from mall.design import formats
from mall.design.charts import Chart, Series
from mall.design.parts import Cell as LinkCell
from mall.design.parts import Column, Row, Table, Text
from mall.transparency.metrics import DECIDED, MEDIAN, ON_TIME, P90, RECEIVED, TABLE, WHOLE, Metric
from mall.transparency.period import Month
from mall.transparency.release import Cell, Line, Release

SHUT = "–"


def words(metric: Metric, cell: Cell) -> str:
    """A figure for people; a dash where there is none to show."""
    if cell.at_least is not None:
        return f"≥ {cell.at_least}%"
    if cell.value is None:
        return SHUT
    places = metric.places if cell.value % 1 else 0
    return f"{formats.number(cell.value, places)}{'%' if metric is ON_TIME else ''}"


def headline(line: Line) -> list[Row]:
    """The figures of the whole mall in one month."""
    return [Row(metric.name, _with_unit(metric, line.cells[metric.code])) for metric in WHOLE]


def _with_unit(metric: Metric, cell: Cell) -> str:
    if cell.value is None and cell.at_least is None:
        return _("tidak ditampilkan") if cell.hidden else _("belum ada")
    return words(metric, cell) if metric is ON_TIME else f"{words(metric, cell)} {metric.unit}"


def months_table(release: Release) -> Table:
    """Month by month, the latest first, each with its own address."""
    columns = [Column(_("Bulan")), *(Column(metric.name, numeric=True) for metric in WHOLE)]
    rows = [
        [LinkCell(line.month.name, address(line.month)), *(words(metric, line.cells[metric.code]) for metric in WHOLE)]
        for line in reversed(release.months)
    ]
    return Table(_("Angka bulanan"), columns, rows)


def agencies_table(release: Release, names: Mapping[str, str]) -> Table:
    """One line an agency."""
    columns = [Column(_("Instansi")), *(Column(metric.name, numeric=True) for metric in TABLE)]
    rows = [[_name(line, names), *_figures(line)] for line in release.agencies]
    return Table(_("Angka menurut instansi"), columns, rows)


def services_table(release: Release, names: Mapping[str, str]) -> Table:
    """One line a service, with the agency that answers for it."""
    columns = [Column(_("Layanan")), Column(_("Instansi")), *(Column(metric.name, numeric=True) for metric in TABLE)]
    rows = [[_name(line, names), line.agency, *_figures(line)] for line in release.services]
    return Table(_("Angka menurut layanan"), columns, rows)


def _figures(line: Line) -> list[str]:
    return [words(metric, line.cells[metric.code]) for metric in TABLE]


def _name(line: Line, names: Mapping[str, str]) -> str:
    code = line.service or line.agency
    return names.get(code, code)


def charts(release: Release) -> list[Chart]:
    """The charts over time in which there is anything to see."""
    drawn = (volume_chart(release), time_chart(release), on_time_chart(release))
    return [chart for chart in drawn if any(value is not None for one in chart.series for value in one.values)]


def volume_chart(release: Release) -> Chart:
    """What came in and what was decided, month by month."""
    whole = release.whole
    desc = _("Pada %(month)s: %(received)s permohonan masuk dan %(decided)s keputusan.") % {
        "month": release.month.name,
        "received": words(RECEIVED, whole.cells[RECEIVED.code]),
        "decided": words(DECIDED, whole.cells[DECIDED.code]),
    }
    return _over_time(release, _("Permohonan masuk dan keputusan"), desc, (RECEIVED, DECIDED))


def time_chart(release: Release) -> Chart:
    """How long it took, month by month."""
    desc = _("Pada %(month)s separuh keputusan selesai dalam %(median)s hari kerja.") % {
        "month": release.month.name,
        "median": words(MEDIAN, release.whole.cells[MEDIAN.code]),
    }
    return _over_time(release, _("Lama proses"), desc, (MEDIAN, P90), _("hari kerja"), 1)


def on_time_chart(release: Release) -> Chart:
    """The share on time, month by month."""
    desc = _("Pada %(month)s keputusan yang tepat waktu: %(share)s.") % {
        "month": release.month.name,
        "share": words(ON_TIME, release.whole.cells[ON_TIME.code]),
    }
    return _over_time(release, _("Keputusan tepat waktu"), desc, (ON_TIME,), "%")


def _over_time(
    release: Release, title: str, desc: str, metrics: Sequence[Metric], unit: Text = "", places: int = 0
) -> Chart:
    labels = [line.month.short for line in release.months]
    series = [Series(metric.name, [line.cells[metric.code].value for line in release.months]) for metric in metrics]
    return Chart(title, desc, _("Bulan"), labels, series, unit=unit, places=places)


def agencies_chart(release: Release, names: Mapping[str, str]) -> Chart:
    """The decisions of each agency, most first; hidden ones are left to the table."""
    shown = sorted(
        ((line.cells[DECIDED.code].value, _name(line, names)) for line in release.agencies),
        key=lambda one: (-(one[0] or 0), one[1]),
    )
    bars = [(value, name) for value, name in shown if value]
    desc = _("Keputusan menurut instansi pada %(month)s, yang terbanyak di atas.") % {"month": release.month.name}
    series = Series(DECIDED.name, [value for value, _agency in bars])
    return Chart(_("Keputusan menurut instansi"), desc, _("Instansi"), [name for _value, name in bars], [series])


def address(month: Month) -> str:
    """Where a month's figures stand for good."""
    return reverse("transparency:month", args=[f"{month.year:04d}", f"{month.month:02d}"])

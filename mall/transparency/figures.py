"""The published cells as charts and tables of the design system."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mall.design.charts import Chart
from mall.design.parts import Cell as LinkCell
from mall.design.parts import Column, Row, Table
from mall.releases import show
from mall.releases.datasets import Column as Measure
from mall.releases.datasets import Dataset
from mall.releases.models import Release
from mall.releases.periods import Period
from mall.releases.show import SHUT, words
from mall.transparency.metrics import DECIDED, MEDIAN, ON_TIME, OUTCOMES, P90, PARTIES, RECEIVED, TABLE, WHOLE

__all__ = ("SHUT", "address", "agencies_chart", "by", "charts", "headline", "months_table")
MONTHLY = (RECEIVED, DECIDED, *OUTCOMES[:2], MEDIAN, P90, ON_TIME)


def headline(release: Release) -> list[Row]:
    """The figures of the whole mall in one month."""
    return [Row(one.name, show.with_unit(one, release.total.get(one.code))) for one in WHOLE]


def months_table(releases: Sequence[Release]) -> Table:
    """Month by month, the latest first, each with its own address."""
    columns = [Column(_("Bulan")), *(Column(one.name, numeric=True) for one in MONTHLY)]
    rows = [
        [LinkCell(one.over.name, address(one.over)), *(words(each, one.total.get(each.code)) for each in MONTHLY)]
        for one in reversed(releases)
    ]
    return Table(_("Angka bulanan"), columns, rows)


def by(release: Release, dataset: Dataset, dimension: str, captions: Sequence[str | Promise]) -> list[Table]:
    """Three tables of a level: volume and time, outcomes, time by party."""
    chosen = (TABLE, OUTCOMES, PARTIES)
    return [
        show.table(release, dataset, caption=caption, by=dimension, measures=[one.code for one in measures])
        for caption, measures in zip(captions, chosen, strict=True)
    ]


def charts(releases: Sequence[Release]) -> list[Chart]:
    """The charts over time in which there is anything to see."""
    last = releases[-1]

    def said(one: Measure) -> str:
        return words(one, last.total.get(one.code))

    month = last.over.name
    volume = _("Pada %(month)s: %(received)s permohonan masuk dan %(decided)s keputusan.")
    time = _("Pada %(month)s separuh keputusan selesai dalam %(median)s hari kerja.")
    share = _("Pada %(month)s keputusan yang tepat waktu: %(share)s.")
    drawn = (
        show.line_chart(
            releases,
            (RECEIVED, DECIDED),
            _("Permohonan masuk dan keputusan"),
            volume % {"month": month, "received": said(RECEIVED), "decided": said(DECIDED)},
        ),
        show.line_chart(releases, (MEDIAN, P90), _("Lama proses"), time % {"month": month, "median": said(MEDIAN)}),
        show.line_chart(
            releases, (ON_TIME,), _("Keputusan tepat waktu"), share % {"month": month, "share": said(ON_TIME)}
        ),
    )
    return [chart for chart in drawn if any(value is not None for one in chart.series for value in one.values)]


def agencies_chart(release: Release, dataset: Dataset) -> Chart:
    """The decisions of each agency, most first; hidden ones are left to the table."""
    desc = _("Keputusan menurut instansi pada %(month)s, yang terbanyak di atas.") % {"month": release.over.name}
    return show.bar_chart(release, dataset, "agency", DECIDED.code, desc)


def address(month: Period) -> str:
    """Where a month's figures stand for good."""
    return reverse("transparency:month", args=[f"{month.first.year:04d}", f"{month.first.month:02d}"])

"""The public figures of complaints, from frozen releases only. No log-in, no personal data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mall.design.parts import Cell, Column, Row, Table
from mall.doors import public
from mall.releases import datasets, queries, show
from mall.releases.declaring import K
from mall.releases.models import Release
from mall.releases.periods import Period
from mall.voice.complaints.published import AUTO_CLOSED, MEASURES, MEDIAN, RECEIVED, RESOLVED, SLUG

MONTHS = 12


@public
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """One closed month, by agency and class, and the eleven before it. Three queries."""
    period = request.GET.get("bulan", "")
    release = queries.of(SLUG, Period.parse(period).code) if period else queries.latest(SLUG)
    if release is None:
        return render(request, "voice/complaints/no_figures.html")
    months = queries.codes(SLUG)
    at = months.index(release.period)
    series = queries.series(SLUG, months[at : at + MONTHS])
    dataset = datasets.find(SLUG)
    context = {
        "release": release,
        "k": K,
        "measures": MEASURES,
        "headline": [Row(one.name, show.with_unit(one, release.total.get(one.code))) for one in MEASURES],
        "chart": show.line_chart(series, (RECEIVED, RESOLVED), _("Pengaduan diterima dan selesai"), _said(release)),
        "months": _months(series),
        "agencies": show.table(release, dataset, caption=_("Menurut instansi"), by="agency"),
        "kinds": _kinds(release),
        "source": show.source(release, dataset),
    }
    return render(request, "voice/complaints/figures.html", context)


def _said(release: Release) -> str:
    words = {one.code: show.words(one, release.total.get(one.code)) for one in (RECEIVED, RESOLVED)}
    said = _("Pada %(month)s: %(received)s pengaduan diterima dan %(resolved)s selesai.")
    return said % {"month": release.over.name, **words}


def _months(series: list[Release]) -> Table:
    """Month by month, the latest first, each with its own address."""
    columns = [Column(_("Bulan")), *(Column(one.name, numeric=True) for one in MEASURES)]
    rows = [
        [
            Cell(one.over.name, f"?bulan={one.period}"),
            *(show.words(each, one.total.get(each.code)) for each in MEASURES),
        ]
        for one in reversed(series)
    ]
    return Table(_("Dari bulan ke bulan"), columns, rows)


def _kinds(release: Release) -> Table:
    """Each agency's classes."""
    chosen = (RECEIVED, RESOLVED, AUTO_CLOSED, MEDIAN)
    columns = [Column(_("Instansi")), Column(_("Golongan")), *(Column(one.name, numeric=True) for one in chosen)]
    rows = [
        [
            release.label("agency", line.dims["agency"]),
            release.label("kind", line.dims["kind"]),
            *(show.words(one, line.cells.get(one.code)) for one in chosen),
        ]
        for line in show.level(release, "kind")
    ]
    return Table(_("Menurut golongan"), columns, rows)

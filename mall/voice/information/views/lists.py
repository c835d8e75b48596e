"""For everybody: which information there is by class, what stays closed and why, and how requests are answered."""

from collections.abc import Mapping
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from agencies import clock
from agencies.models import Agency
from mall.design import formats
from mall.design.parts import Cell, Column, Row, Table
from mall.doors import public
from mall.releases import datasets, promises, show
from mall.releases import queries as releases
from mall.releases.datasets import Dataset, Frequency, KipClass
from mall.releases.declaring import K
from mall.releases.hiding import Line
from mall.releases.models import Release
from mall.voice.information import present, queries
from mall.voice.information.published import MEASURES, SLUG

MONTHS = 12
_GOVERNMENT: dict[str, str | Promise] = {"BANYUWANGI": gettext_lazy("Pemerintah Kabupaten Banyuwangi")}
"""Owners that are no agency of the mall."""
ABOUT: dict[KipClass, tuple[str | Promise, str | Promise]] = {
    KipClass.BERKALA: (
        KipClass.BERKALA.label,
        gettext_lazy("Diumumkan teratur tanpa diminta, paling lama enam bulan sekali (UU 14/2008 pasal 9)."),
    ),
    KipClass.SERTA_MERTA: (
        KipClass.SERTA_MERTA.label,
        gettext_lazy("Diumumkan seketika bila menyangkut hajat hidup orang banyak (UU 14/2008 pasal 10)."),
    ),
    KipClass.SETIAP_SAAT: (
        KipClass.SETIAP_SAAT.label,
        gettext_lazy("Tersedia dan diberikan bila diminta (UU 14/2008 pasal 11)."),
    ),
}


@public
@require_safe
def classes(request: HttpRequest) -> HttpResponse:
    """Every data set by its class, with its owner, and when it came and comes again. Three queries."""
    newest, owners = releases.newest_of_all(), dict(Agency.objects.values_list("code", "name_id"))
    promised = promises.promised()
    parts = [
        {"title": title, "lead": lead, "table": _listed(one, newest, promised, owners, str(title))}
        for one, (title, lead) in ABOUT.items()
    ]
    return render(request, "information/classes.html", {"parts": parts})


def _listed(
    kind: KipClass,
    newest: Mapping[str, Release],
    promised: Mapping[str, date],
    owners: Mapping[str, str],
    caption: str,
) -> Table | None:
    columns = [
        Column(_("Informasi")),
        Column(_("Pemilik")),
        Column(_("Terbit")),
        Column(_("Terakhir")),
        Column(_("Berikutnya paling lambat")),
    ]
    rows = [
        [
            Cell(one.title, reverse("data:dataset", args=[one.slug])),
            owners.get(one.producer, _GOVERNMENT.get(one.producer, one.producer)),
            one.frequency.label,
            formats.day(newest[one.slug].published_at) if one.slug in newest else _("belum terbit"),
            _next(one, newest.get(one.slug), promised.get(one.slug)),
        ]
        for one in datasets.all_datasets()
        if one.kip_class is kind
    ]
    return Table(caption, columns, rows) if rows else None


def _next(one: Dataset, last: Release | None, promised: date | None) -> str:
    """The day that its owner has named, or the end of the period after the last one; nothing where there is no rule."""
    if promised:
        day = formats.day(promised)
        return _("%(day)s (terlewat)") % {"day": day} if promised < clock.today() else day
    if one.frequency is Frequency.IRREGULAR or last is None:
        return show.SHUT
    return formats.day(last.over.later(1).end)


@public
@require_safe
def exempt(request: HttpRequest) -> HttpResponse:
    """The register of consequence tests, without persons. One query."""
    page = queries.exemption_register(cursor=request.GET.get("after", ""))
    table = present.exemptions(page.items) if page.items else None
    return render(request, "information/exemptions.html", {"table": table, "next": page.next})


@public
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The latest month that was published, by agency and by answer, and the months before. Three queries."""
    release = releases.latest(SLUG)
    if release is None:
        return render(request, "information/figures.html", {"release": None})
    dataset = datasets.find(SLUG)
    series = releases.series(SLUG, releases.codes(SLUG)[:MONTHS])
    context = {
        "release": release,
        "k": K,
        "headline": [Row(one.name, show.with_unit(one, release.total.get(one.code))) for one in MEASURES],
        "agencies": show.table(release, dataset, caption=_("Menurut instansi"), by="agency"),
        "outcomes": _outcomes(release, dataset),
        "months": _months(series),
        "source": show.source(release, dataset),
        "columns": MEASURES,
    }
    return render(request, "information/figures.html", context)


def _outcomes(release: Release, dataset: Dataset) -> Table | None:
    """How each agency answered; what is hidden is a dash, and None where all of it is."""
    lines = show.level(release, "outcome")
    if not lines:
        return None
    shown = ("answered", "in_time", "median_days")

    def named(line: Line) -> str:
        agency, outcome = line.dims["agency"], line.dims["outcome"]
        return f"{release.label('agency', agency)}: {release.label('outcome', outcome)}"

    caption = _("Menurut jawaban, tiap instansi")
    return show.table(release, dataset, caption=caption, by="outcome", measures=shown, lines=lines, link=named)


def _months(series: list[Release]) -> Table:
    columns = [Column(_("Bulan")), *(Column(one.name, numeric=True) for one in MEASURES)]
    rows = [
        [
            Cell(one.over.name, reverse("data:period", args=[SLUG, one.period])),
            *(show.words(each, one.total.get(each.code)) for each in MEASURES),
        ]
        for one in reversed(series)
    ]
    return Table(_("Bulan demi bulan"), columns, rows)

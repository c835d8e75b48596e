"""The catalogue for people: what there is, what it means, every period and its files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mall.design import formats
from mall.design.parts import Cell, Column, Row, Table
from mall.doors import public
from mall.releases import datasets, offered, queries, show
from mall.releases.datasets import Dataset
from mall.releases.models import Release


@public
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every data set. One query."""
    newest = queries.newest_of_all()
    columns = [Column(_("Himpunan data")), Column(_("Terbit")), Column(_("Periode terakhir"))]
    rows = [
        [
            Cell(one.title, reverse("data:dataset", args=[one.slug])),
            one.frequency.label,
            newest[one.slug].over.name if one.slug in newest else show.SHUT,
        ]
        for one in datasets.all_datasets()
    ]
    return render(request, "data/catalogue.html", {"table": Table(_("Himpunan data"), columns, rows)})


@public
@require_safe
def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """One data set: metadata, variables, all periods. One query."""
    one = datasets.find(slug)
    releases = queries.periods(slug)
    context = {"dataset": one, "about": _about(one), "variables": _variables(one), "periods": _periods(releases)}
    return render(request, "data/dataset.html", context)


@public
@require_safe
def period(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """One release as a table: the cells of its files. One query."""
    one = datasets.find(slug)
    release = queries.of(slug, period)
    context = {
        "dataset": one,
        "release": release,
        "table": _table(one, release),
        "about": _of_release(release),
        "variables": _variables(one),
        "files": [(kind.upper(), reverse(f"data:{kind}", args=[slug, release.period])) for kind in offered.formats()],
    }
    return render(request, "data/period.html", context)


def _about(one: Dataset) -> list[Row]:
    return [
        Row(pgettext("pengertian", "Konsep"), one.concept),
        Row(_("Definisi"), one.definition),
        Row(_("Produsen data"), one.producer),
        Row(_("Walidata"), one.custodian),
        Row(_("Kontak"), one.contact),
        Row(_("Sumber"), one.source),
        Row(_("Terbit"), one.frequency.label),
        Row(_("Lisensi"), one.licence),
        Row(_("Klasifikasi informasi publik"), one.kip_class.label),
        Row(_("Kode wilayah"), one.region_codes or _("tidak memuat wilayah")),
        Row(_("Perlindungan"), _protection(one)),
        Row(_("Versi cara menghitung"), one.method),
    ]


def _protection(one: Dataset) -> str:
    if not one.k:
        return _("Tidak memuat angka tentang orang.")
    text = _("Angka di bawah %(k)s, dan angka lain yang dapat dipakai untuk menghitungnya, tidak ditampilkan.")
    return text % {"k": one.k}


def _of_release(release: Release) -> list[Row]:
    return [
        Row(_("Periode"), release.over.name),
        Row(_("Revisi"), release.revision),
        Row(_("Diterbitkan"), formats.moment(release.published_at)),
        Row(_("Sidik (SHA-256)"), release.sha256),
    ]


def _variables(one: Dataset) -> Table:
    columns = [Column(_("Kode")), Column(_("Nama")), Column(_("Satuan")), Column(_("Cara menghitung"))]
    rows = [[each.code, each.name, each.unit or show.SHUT, each.how] for each in (*one.dimensions, *one.measures)]
    return Table(_("Variabel"), columns, rows)


def _periods(releases: list[Release]) -> Table | None:
    columns = [Column(_("Periode")), Column(_("Diterbitkan")), Column(_("Revisi"), numeric=True)]
    rows = [
        [
            Cell(one.over.name, reverse("data:period", args=[one.dataset, one.period])),
            formats.day(one.published_at),
            one.revision,
        ]
        for one in releases
    ]
    return Table(_("Semua periode"), columns, rows) if rows else None


def _table(one: Dataset, release: Release) -> Table:
    columns = [Column(each.name) for each in one.dimensions]
    columns += [show.head(each) for each in one.measures]
    rows = [
        [
            *(show.place(release, each, line.dims.get(each.code, "")) for each in one.dimensions),
            *(show.words(each, line.cells.get(each.code)) for each in one.measures),
        ]
        for line in release.lines
    ]
    return Table(f"{one.title}, {release.over.name}", columns, rows)

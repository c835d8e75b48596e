"""The regency's figures for everybody; every one of them is in a frozen release."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mall.design import formats
from mall.design.maps import AreaMap
from mall.design.parts import Column, Row, Table
from mall.doors import public
from mall.regency import provenance
from mall.regency.budget import Balance, Version, balance
from mall.regency.kinds import PROGRAMMES
from mall.regency.models import Batch, Kind
from mall.regency.published import areas
from mall.regency.views import origin
from mall.releases import datasets, show
from mall.releases import queries as releases
from mall.releases.hiding import Line
from mall.releases.models import Release

TOPICS = {
    "regency:budget": gettext_lazy("Anggaran (APBD)"),
    "regency:programmes": gettext_lazy("Program daerah"),
    "regency:districts": gettext_lazy("Kecamatan: pembangunan, kemiskinan, kesehatan, pendidikan"),
    "regency:performance": gettext_lazy("Kinerja perangkat daerah"),
}
LEVELS = 3
"""Levels of the tree of accounts that the page shows; the file holds all."""
NEWEST_FIRST = (
    Version.AUDITED,
    Version.YEAR,
    Version.HALF,
    Version.CHANGED,
    Version.SHIFTED,
    Version.ORIGINAL,
)


def part(slug: str, by: str) -> dict[str, object] | None:
    """A release as a part of a page: its table and its source; None when nothing was published. Two queries."""
    release = releases.latest(slug)
    if release is None:
        return None
    dataset, batch = datasets.find(slug), provenance.of(release)
    title = f"{dataset.title}, {release.over.name}"
    return {
        "title": title,
        "map": _mapped(release, dataset),
        "tables": _by_office(release) if by == "indikator" else [show.table(release, dataset, caption=title, by=by)],
        "source": show.source(release, dataset),
        "sample": _is_sample(release, batch),
        "origin": origin.panel(release, batch),
        "columns": dataset.measures,
    }


def _is_sample(release: Release, batch: Batch | None) -> bool:
    """Is it made up? The release says so, or the file that it came from."""
    return release.is_sample or bool(batch and batch.sample)


def _mapped(release: Release, dataset: datasets.Dataset) -> AreaMap | None:
    """The first measure on a map, where rows are kecamatan."""
    if dataset.dimensions[0].code != "kecamatan":
        return None
    return show.area_map(release, dataset, dataset.measures[0].code)


def _page(request: HttpRequest, title: str | Promise, parts: Iterable[dict[str, object] | None]) -> HttpResponse:
    return render(request, "regency/topic.html", {"title": title, "parts": [one for one in parts if one]})


@public
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """What there is."""
    return render(request, "regency/topics.html", {"topics": TOPICS})


@public
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """Plan and realisation by kecamatan, a table a programme."""
    parts = (part(f"program-{code}", _last(code)) for code in PROGRAMMES)
    return _page(request, TOPICS["regency:programmes"], parts)


def _last(programme: str) -> str:
    return datasets.find(f"program-{programme}").dimensions[-1].code


@public
@require_safe
def districts(request: HttpRequest) -> HttpResponse:
    """Development, poverty, illness and education of the kecamatan."""
    slugs = (areas.DISTRICTS, Kind.POVERTY.value, Kind.ILLNESS.value, Kind.EDUCATION.value)
    return _page(request, TOPICS["regency:districts"], (part(slug, "kecamatan") for slug in slugs))


@public
@require_safe
def performance(request: HttpRequest) -> HttpResponse:
    """Targets and results, a table an office."""
    return _page(request, TOPICS["regency:performance"], [part("kinerja", "indikator")])


def _by_office(release: Release) -> list[Table]:
    dataset, offices = datasets.find("kinerja"), dict.fromkeys(line.dims["skpd"] for line in release.lines)
    return [
        show.table(
            release,
            dataset,
            caption=release.label("skpd", office),
            by="indikator",
            measures=("target", "capaian", "satuan", "arah", "persen"),
            lines=[line for line in release.lines if line.dims["skpd"] == office],
        )
        for office in offices
    ]


@public
@require_safe
def budget(request: HttpRequest) -> HttpResponse:
    """The posture and the upper levels of every version of the budget."""
    found = [releases.latest(f"apbd-{version}") for version in NEWEST_FIRST]
    parts = [_budget(release) for release in found if release]
    return _page(request, TOPICS["regency:budget"], parts)


def _budget(release: Release) -> dict[str, object]:
    dataset = datasets.find(release.dataset)
    version = release.dataset.removeprefix("apbd-")
    whole = [line for line in release.lines if not line.dims["skpd"]]
    upper = [line for line in whole if line.dims["akun"].count(".") < LEVELS - 1]
    batch = provenance.of(release)
    title = f"{Version(version).label}, {release.over.name}"
    caption = f"{_('Menurut akun')}: {title}"
    return {
        "title": title,
        "facts": _facts(version, batch),
        "posture": _posture(whole, title),
        "tables": [show.table(release, dataset, caption=caption, by="akun", lines=upper)],
        "source": show.source(release, dataset),
        "sample": _is_sample(release, batch),
        "origin": origin.panel(release, batch),
        "columns": dataset.measures,
    }


def _facts(version: str, found: Batch | None) -> list[Row]:
    """Version, last day and document: no figure of the budget stands without them."""
    said = [Row(_("Versi"), Version(version).label)]
    if found:
        said += [Row(_("Tanggal batas"), formats.day(found.cut_off)), Row(_("Dokumen sumber"), found.source)]
    return said


def _posture(lines: Sequence[Line], title: str) -> Table:
    """Surplus, financing and what is left, planned and done: the identity that anybody can add up."""
    planned, done = _balance(lines, "anggaran"), _balance(lines, "realisasi")
    rows = [
        [name, _rupiah(planned, part), _rupiah(done, part)]
        for name, part in (
            (_("Pendapatan"), "income"),
            (_("Belanja"), "spending"),
            (_("Surplus atau defisit"), "surplus"),
            (_("Pembiayaan neto"), "financing"),
            (_("SiLPA"), "silpa"),
        )
    ]
    heads = [Column(_("Postur")), Column(_("Anggaran"), numeric=True), Column(_("Realisasi"), numeric=True)]
    return Table(f"{_('Postur anggaran')}: {title}", heads, rows)


def _balance(lines: Sequence[Line], measure: str) -> Balance | None:
    """The posture in one measure; None where nothing of it is told."""
    sums = {line.dims["akun"]: line.cells[measure].value for line in lines}
    told = {account: Decimal(str(value)) for account, value in sums.items() if value is not None}
    return balance(told) if told else None


def _rupiah(of: Balance | None, part: str) -> str:
    return formats.rupiah(round(getattr(of, part))) if of else "–"

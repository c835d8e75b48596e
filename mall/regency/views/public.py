"""The regency's figures for everybody; every one of them is in a frozen release."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mall.design import formats
from mall.design.parts import Row, Table
from mall.doors import public
from mall.regency import queries
from mall.regency.budget import Balance, Version
from mall.regency.kinds import PROGRAMMES
from mall.regency.models import Kind
from mall.regency.published import areas
from mall.releases import datasets, show
from mall.releases import queries as releases
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


def part(slug: str, by: str, kind: str) -> dict[str, object] | None:
    """A release as a part of a page: its table, and where it comes from; None when nothing was published."""
    release = releases.latest(slug)
    if release is None:
        return None
    dataset = datasets.find(slug)
    return {
        "title": dataset.title,
        "table": show.table(release, dataset, caption=dataset.title, by=by),
        "source": show.source(release, dataset),
        "sample": queries.is_sample(kind),
        "columns": dataset.measures,
    }


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
    parts = (part(f"program-{code}", _last(code), Kind.PROGRAMMES) for code in PROGRAMMES)
    return _page(request, TOPICS["regency:programmes"], parts)


def _last(programme: str) -> str:
    return datasets.find(f"program-{programme}").dimensions[-1].code


@public
@require_safe
def districts(request: HttpRequest) -> HttpResponse:
    """Development, poverty, illness and education of the kecamatan."""
    slugs = {
        areas.DISTRICTS: Kind.DISTRICTS,
        **{one.value: one for one in (Kind.POVERTY, Kind.ILLNESS, Kind.EDUCATION)},
    }
    return _page(request, TOPICS["regency:districts"], (part(slug, "kecamatan", kind) for slug, kind in slugs.items()))


@public
@require_safe
def performance(request: HttpRequest) -> HttpResponse:
    """Targets and results of every office."""
    return _page(request, TOPICS["regency:performance"], [part("kinerja", "indikator", Kind.PERFORMANCE)])


@public
@require_safe
def budget(request: HttpRequest) -> HttpResponse:
    """The posture and the upper levels of every version of the budget."""
    found = [releases.latest(f"apbd-{version}") for version in NEWEST_FIRST]
    parts = [_budget(release) for release in found if release]
    return _page(request, TOPICS["regency:budget"], parts)


def _budget(release: Release) -> dict[str, object]:
    dataset = datasets.find(release.dataset)
    whole = [line for line in release.lines if not line.dims["skpd"]]
    upper = [line for line in whole if line.dims["akun"].count(".") < LEVELS - 1]
    return {
        "title": f"{dataset.title}, {release.over.name}",
        "facts": _posture(release),
        "table": _accounts(release, upper),
        "source": show.source(release, dataset),
        "sample": queries.is_sample(Kind.BUDGET),
        "columns": dataset.measures,
    }


def _accounts(release: Release, lines: Iterable[object]) -> Table:
    dataset = datasets.find(release.dataset)

    def named(line: object) -> str:
        code = line.dims["akun"]  # type: ignore[attr-defined]
        return f"{code} {release.label('akun', code)}" if release.label("akun", code) != code else code

    return show.table(release, dataset, caption=dataset.title, by="akun", lines=lines, link=named)  # type: ignore[arg-type]


def _posture(release: Release) -> list[Row]:
    """Surplus, financing and what is left: the identity that anybody can add up."""
    sums = {line.dims["akun"]: line.cells["anggaran"].value or 0 for line in release.lines if not line.dims["skpd"]}
    balance = Balance(*(sums.get(account, 0) for account in ("4", "5", "6.1", "6.2")))  # type: ignore[arg-type]
    told = (
        (_("Pendapatan"), balance.income),
        (_("Belanja"), balance.spending),
        (_("Surplus atau defisit"), balance.surplus),
        (_("Pembiayaan neto"), balance.financing),
        (_("SiLPA"), balance.silpa),
    )
    return [Row(name, formats.rupiah(round(value))) for name, value in told]

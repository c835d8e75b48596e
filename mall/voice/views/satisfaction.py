"""The survey for everybody: half a year of the mall and of each agency, and the report of a year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.errors import Missing
from mall.design.parts import Cell, Row
from mall.doors import public
from mall.releases import datasets, printing, queries, show
from mall.releases.answers import printed
from mall.releases.hiding import Line
from mall.releases.models import Release
from mall.voice.satisfaction.published import tables, yearly
from mall.voice.satisfaction.published.columns import HEAD, MEANS, K
from mall.voice.satisfaction.published.declared import SERVICES, SITES

FRESH = 300
"""Seconds for which a shared cache may answer with a report."""


@public
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The latest half year that was published. Three queries."""
    release = queries.latest(SERVICES)
    if release is None:
        return render(request, "voice/satisfaction/none.html")
    return _half(request, release)


@public
@require_safe
def half(request: HttpRequest, half: str) -> HttpResponse:
    """One half year; its address stays. Three queries."""
    return _half(request, queries.of(SERVICES, half))


def _half(request: HttpRequest, release: Release) -> HttpResponse:
    sites = queries.standing(SITES, release.period)
    lines = show.level(release, "agency")
    context = _common(release) | {
        "headline": tables.headline(dict(release.total)),
        "elements": tables.elements_chart(dict(release.total), _("Seluruh mal")),
        "bars": tables.agencies_chart(release),
        "agencies": tables.units(release, "agency", _("Menurut instansi"), lines, lambda line: _link(release, line)),
        "means": tables.means(release, lines, "agency"),
        "periods": _periods(release),
        "years": [(str(one), reverse("voice:satisfaction_report", args=[one])) for one in yearly.years()],
    }
    if sites and (placed := show.level(sites, "site")):
        names = tables.units(sites, "site", _("Menurut lokasi"), placed, lambda line: sites.label("site", _at(line)))
        context |= {"sites": names, "sites_source": show.source(sites, datasets.find(SITES))}
    return render(request, "voice/satisfaction/half.html", context)


def _at(line: Line) -> str:
    return line.dims["site"]


def _link(release: Release, line: Line) -> Cell:
    code = line.dims["agency"]
    return Cell(release.label("agency", code), reverse("voice:satisfaction_agency", args=[release.period, code]))


def _common(release: Release) -> dict[str, object]:
    return {
        "release": release,
        "k": K,
        "source": show.source(release, datasets.find(SERVICES)),
        "how": [*(Row(one.name, one.how) for one in HEAD), Row(_("U1 sampai U9"), MEANS[0].how)],
    }


def _periods(shown: Release) -> list[tuple[str, str]]:
    """The other half years, the latest first. One query."""
    found = queries.periods(SERVICES)
    return [
        (one.over.name, reverse("voice:satisfaction_half", args=[one.period]))
        for one in found
        if one.period != shown.period
    ]


@public
@require_safe
def agency(request: HttpRequest, half: str, agency: str) -> HttpResponse:
    """One agency in half a year, with its services; `Missing` where nothing of it is told. One query."""
    release = queries.of(SERVICES, half)
    own = [line for line in release.lines if line.dims["agency"] == agency and line.is_shown]
    found = next((line for line in own if not line.dims["service"]), None)
    if found is None:
        raise Missing
    services = [line for line in own if line.dims["service"]]
    name = release.label("agency", agency)
    context = _common(release) | {
        "name": name,
        "headline": tables.headline(found),
        "elements": tables.elements_chart(dict(found.cells), name),
        "services": tables.units(
            release, "service", _("Menurut layanan"), services, lambda line: release.label("service", _of(line))
        ),
        "means": tables.means(release, services, "service"),
    }
    return render(request, "voice/satisfaction/agency.html", context)


@public
@require_safe
def report(_request: HttpRequest, calendar: int) -> HttpResponse:
    """The report of a year as PDF, as a worker has rendered it. Three queries."""
    halves = yearly.halves_of(calendar)
    if halves is None:
        raise Missing
    found = printing.found(yearly.name_of(calendar), printing.source_of(*halves))
    response = printed(found, f"laporan-kepuasan-{calendar}.pdf")
    patch_cache_control(response, public=True, max_age=FRESH if found else 0)
    return response


def _of(line: Line) -> str:
    return line.dims["service"]

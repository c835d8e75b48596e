"""The public figures: a page for each closed month, and the same cells as files. No log-in, no personal data."""

import functools
import hashlib
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.errors import Missing
from mall.doors import public
from mall.releases import datasets, files, queries, show
from mall.releases.declaring import K
from mall.releases.models import Release
from mall.releases.periods import Period
from mall.transparency import figures
from mall.transparency.declared import DISTRICTS, SERVICES
from mall.transparency.metrics import WHOLE

FRESH = 300
"""Seconds for which a shared cache may answer with a file."""
MONTHS = 12


def wanted(year: str, month: str) -> Release | None:
    """The release of the month of the address; the latest one where it names none. One query."""
    if not year:
        return queries.latest(SERVICES)
    return queries.of(SERVICES, Period.parse(f"{year}-{month}").code)


@functools.cache
def _program() -> str:
    """Digest of this package, so that no browser keeps a page of an older one."""
    found = sorted(Path(__file__).parent.rglob("*.py")) + sorted(Path(__file__).parent.rglob("*.html"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in found)).hexdigest()


def etag(release: Release, *variants: object) -> str:
    """A strong tag of one rendering of a release."""
    text = " ".join([_program(), release.sha256, str(release.revision), *map(str, variants)])
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


@public
@require_safe
def page(request: HttpRequest, year: str = "", month: str = "") -> HttpResponse:
    """The figures of a closed month, of the eleven before it, and of its agencies, services and kecamatan.

    Five queries: the release, that by kecamatan, the months, their totals, the outlines of the map.
    """
    release = wanted(year, month)
    if release is None:
        return render(request, "transparency/none.html")
    districts = queries.standing(DISTRICTS, release.period)
    months = queries.codes(SERVICES)
    at = months.index(release.period)
    tag = etag(release, districts and districts.sha256, months, get_language(), request.user.pk)
    if known := get_conditional_response(request, etag=tag):
        return HttpResponse(status=known.status_code, headers={"ETag": tag})
    series = queries.series(SERVICES, months[at : at + MONTHS])
    context = _context(release, series) | _by_kecamatan(districts) | _neighbours(months, at)
    response = render(request, "transparency/month.html", context)
    response["ETag"] = tag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _context(release: Release, series: list[Release]) -> dict[str, object]:
    dataset = datasets.find(SERVICES)
    agencies = (_("Angka menurut instansi"), _("Hasil menurut instansi"), _("Waktu menurut pihak, tiap instansi"))
    services = (_("Angka menurut layanan"), _("Hasil menurut layanan"), _("Waktu menurut pihak, tiap layanan"))
    return {
        "release": release,
        "k": K,
        "metrics": WHOLE,
        "headline": figures.headline(release),
        "charts": figures.charts(series),
        "months": figures.months_table(series),
        "bars": figures.agencies_chart(release, dataset),
        "agencies": figures.by(release, dataset, "agency", agencies),
        "services": figures.by(release, dataset, "service", services),
        "source": show.source(release, dataset),
    }


def _by_kecamatan(release: Release | None) -> dict[str, object]:
    if release is None or not show.level(release, "kecamatan"):
        return {}
    dataset = datasets.find(DISTRICTS)
    captions = (_("Angka menurut kecamatan"), _("Hasil menurut kecamatan"), _("Waktu menurut pihak, tiap kecamatan"))
    tables = figures.by(release, dataset, "kecamatan", captions)
    drawn = show.area_map(release, dataset, "decided")
    return {"districts": tables, "districts_map": drawn, "districts_source": show.source(release, dataset)}


def _neighbours(months: list[str], at: int) -> dict[str, object]:
    """The published months before and after; `months` has the latest first."""
    return {
        "earlier": Period.parse(months[at + 1]) if at + 1 < len(months) else None,
        "later": Period.parse(months[at - 1]) if at else None,
    }


@public
@require_safe
def data_csv(request: HttpRequest, year: str = "", month: str = "") -> HttpResponse:
    """The figures of a month as CSV. One query."""
    release = _standing(year, month)
    with override("id"):
        text = files.as_csv(release, datasets.find(SERVICES))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="transparansi-{release.period}.csv"'
    return _file(request, response)


@public
@require_safe
def data_json(request: HttpRequest, year: str = "", month: str = "") -> HttpResponse:
    """The figures of a month as JSON. One query."""
    with override("id"):
        text = files.as_json(_standing(year, month), datasets.find(SERVICES))
    return _file(request, HttpResponse(text, content_type="application/json"))


def _standing(year: str, month: str) -> Release:
    found = wanted(year, month)
    if found is None:
        raise Missing
    return found


def _file(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A file that shared caches may keep for a while, or the news that nothing has changed."""
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    patch_cache_control(response, public=True, max_age=FRESH)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response

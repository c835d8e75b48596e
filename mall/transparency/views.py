"""The public figures: a page a month, and the same cells as files. No log-in, no personal data."""

import hashlib
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from agencies.errors import Missing
from mall.doors import public
from mall.transparency import exports, figures, period, publishing
from mall.transparency.metrics import WHOLE, K
from mall.transparency.period import Month
from mall.transparency.publishing import Basis
from mall.transparency.release import Release

FRESH = 300
"""Seconds for which a shared cache may answer with a file."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The month that a request asks for, and what its figures stand on."""

    month: Month
    basis: Basis

    @classmethod
    def by(cls, year: str, month: str) -> "Wanted":
        """The month of the address; the latest one where it names none."""
        if not year:
            return cls(period.latest(), publishing.basis())
        if not 1 <= int(month) <= 12:
            raise Missing
        return cls(Month(int(year), int(month)), publishing.basis())

    def etag(self, *variants: object) -> str:
        """A strong tag of one rendering of the content."""
        text = " ".join([self.basis.version(self.month), *map(str, variants)])
        return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'

    def release(self) -> Release:
        """What is published of it."""
        return publishing.published(self.month, self.basis)


@public
@require_safe
def page(request: HttpRequest, year: str = "", month: str = "") -> HttpResponse:
    """The figures of a month, of the eleven before it, and of its agencies and services."""
    wanted = Wanted.by(year, month)
    release = wanted.release()
    etag = wanted.etag("page", get_language(), request.user.pk)
    if known := get_conditional_response(request, etag=etag):
        return HttpResponse(status=known.status_code, headers={"ETag": etag})
    names = publishing.names()
    response = render(request, "transparency/month.html", _context(wanted, release, names))
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _context(wanted: Wanted, release: Release, names: dict[str, str]) -> dict[str, object]:
    at = release.month
    return {
        "release": release,
        "k": K,
        "metrics": WHOLE,
        "headline": figures.headline(release.whole),
        "charts": figures.charts(release),
        "months": figures.months_table(release),
        "bars": figures.agencies_chart(release, names),
        "agencies": figures.agencies_table(release, names),
        "services": figures.services_table(release, names),
        "earlier": at.later(-1) if at > wanted.basis.first else None,
        "later": at.later(1) if at < period.latest() else None,
        "files": {kind: reverse(f"transparency:month_{kind}", args=_parts(at)) for kind in ("csv", "json")},
    }


def _parts(month: Month) -> list[str]:
    return [f"{month.year:04d}", f"{month.month:02d}"]


@public
@require_safe
def data_csv(request: HttpRequest, year: str = "", month: str = "") -> HttpResponse:
    """The figures of a month as CSV."""
    wanted = Wanted.by(year, month)
    release = wanted.release()
    with override("id"):
        text = exports.as_csv(release, publishing.names())
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="transparansi-{release.month.code}.csv"'
    return _file(request, response)


@public
@require_safe
def data_json(request: HttpRequest, year: str = "", month: str = "") -> HttpResponse:
    """The figures of a month as JSON."""
    wanted = Wanted.by(year, month)
    with override("id"):
        found = exports.as_json(wanted.release(), publishing.names())
    return _file(request, JsonResponse(found, json_dumps_params={"ensure_ascii": False}))


def _file(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A file that shared caches may keep for a while, or the news that nothing has changed."""
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    patch_cache_control(response, public=True, max_age=FRESH)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response

"""The league for everybody: a quarter, its script, its result as a file."""

import hashlib
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from mall.doors import public
from mall.releases import datasets, queries, show
from mall.releases.models import Release
from mall.transparency.league import liga, present, rounds
from mall.transparency.league.declared import SLUG
from mall.transparency.opendata.machines import FRESH

SCRIPT = Path(liga.__file__)


@public
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The latest league. Four queries."""
    release = queries.latest(SLUG)
    return _page(request, release) if release else render(request, "transparency/league/none.html")


@public
@require_safe
def quarter(request: HttpRequest, quarter: str) -> HttpResponse:
    """The league of a quarter; its address stays. Four queries."""
    return _page(request, queries.of(SLUG, quarter))


def _page(request: HttpRequest, release: Release) -> HttpResponse:
    found = present.league_of(release)
    round_ = rounds.published(release.period)
    others = [one for one in queries.codes(SLUG) if one != release.period]
    context = {
        "release": release,
        "league": found,
        "table": present.table(found),
        "chart": present.chart(found, release.over.name),
        "moments": present.moments(rounds.contests_of(round_)) if round_ else [],
        "changed": round_ is not None and round_.sha256 != release.sha256,
        "source": show.source(release, datasets.find(SLUG)),
        "others": [(one, reverse("transparency:league_quarter", args=[one])) for one in others],
        "least": liga.LEAST,
    }
    return render(request, "transparency/league/page.html", context)


@public
@require_safe
def result(request: HttpRequest, quarter: str) -> HttpResponse:
    """The league of a quarter as the script writes it. One query."""
    text = liga.as_csv(present.league_of(queries.of(SLUG, quarter)))
    return _file(request, text.encode(), "text/csv; charset=utf-8; header=present", f"liga-{quarter}.csv")


@public
@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """The program that computes the league, as it runs here."""
    return _file(request, SCRIPT.read_bytes(), "text/x-python; charset=utf-8", "liga.py")


def _file(request: HttpRequest, content: bytes, kind: str, name: str) -> HttpResponse:
    """A download that shared caches may keep for a while, or the news that nothing has changed."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    patch_cache_control(response, public=True, max_age=FRESH)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response

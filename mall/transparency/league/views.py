"""The league for everybody: a quarter, its script, its result as a file."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mall.doors import public
from mall.releases import datasets, queries, show
from mall.releases.models import Release
from mall.transparency.league import liga, present, rounds
from mall.transparency.league.declared import SLUG
from mall.transparency.opendata.machines import for_machines

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


@for_machines
def result(_request: HttpRequest, quarter: str) -> HttpResponse:
    """The league of a quarter as the script writes it. One query."""
    text = liga.as_csv(present.league_of(queries.of(SLUG, quarter)))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="liga-{quarter}.csv"'
    return response


@for_machines
def script(_request: HttpRequest) -> HttpResponse:
    """The program that computes the league, as it runs here."""
    response = HttpResponse(SCRIPT.read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="liga.py"'
    return response

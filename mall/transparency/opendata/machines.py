"""What machines fetch: files of releases, the DCAT catalogue, the read API in the shape of CKAN."""

import functools
import hashlib
import json as text
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import override
from django.views.decorators.http import require_safe

from agencies.errors import Missing
from mall.doors import public
from mall.releases import datasets, files, offered, parquet, printing, queries
from mall.releases.answers import printed
from mall.releases.datasets import Dataset
from mall.releases.models import Release
from mall.transparency.opendata import catalogue

FRESH = 300
"""Seconds for which a shared cache may answer."""
MOST = 1000
"""Results of one search, as CKAN has it."""
Answer = Callable[..., HttpResponse]
Make = Callable[[Release, Dataset], str | bytes]


def for_machines(view: Answer) -> Answer:
    """Indonesian for everybody, readable from every site, kept by caches until the content changes."""

    @public
    @require_safe
    @functools.wraps(view)
    def answer(request: HttpRequest, **said: str) -> HttpResponse:
        with override("id"):
            response = view(request, **said)
        if "ETag" not in response:
            response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["Access-Control-Allow-Origin"] = "*"
        patch_cache_control(response, public=True, max_age=FRESH)
        return get_conditional_response(request, etag=response["ETag"], response=response) or response

    return answer


def _file(slug: str, period: str, kind: str, content_type: str, make: Make) -> HttpResponse:
    """One file of the standing release; its tag is the digest of the release. One query."""
    dataset = datasets.find(slug)
    release = queries.of(slug, period)
    response = HttpResponse(make(release, dataset), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{slug}-{period}.{kind}"'
    response["ETag"] = f'"{release.sha256[:32]}-{release.revision}-{kind}"'
    return response


@for_machines
def csv(_request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """A release as CSV."""
    return _file(slug, period, "csv", "text/csv; charset=utf-8; header=present", files.as_csv)


@for_machines
def json(_request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """A release as JSON."""
    return _file(slug, period, "json", "application/json", files.as_json)


@for_machines
def xlsx(_request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """A release as a workbook."""
    return _file(slug, period, "xlsx", offered.ALWAYS["xlsx"], files.as_xlsx)


@for_machines
def as_parquet(_request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """A release as Parquet; `Missing` where `pyarrow` is not installed."""
    if "parquet" not in offered.formats():
        raise Missing
    return _file(slug, period, "parquet", offered.PARQUET["parquet"], parquet.as_parquet)


@for_machines
def pdf(_request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """A release as PDF, as a worker has rendered it. Two queries."""
    datasets.find(slug)
    release = queries.of(slug, period)
    found = printing.found(printing.name_of(release), printing.source_of(release))
    return printed(found, f"{slug}-{period}.pdf")


def _data(data: object, content_type: str = "application/json", status: int = 200) -> HttpResponse:
    return HttpResponse(text.dumps(data, ensure_ascii=False), content_type=content_type, status=status)


@for_machines
def dcat(request: HttpRequest) -> HttpResponse:
    """The catalogue in DCAT 3, as JSON-LD. One query."""
    return _data(catalogue.dcat(queries.newest_of_all(), request.build_absolute_uri), "application/ld+json")


@for_machines
def package_list(request: HttpRequest) -> HttpResponse:
    """The names of all data sets."""
    return _result(request, [one.slug for one in datasets.all_datasets()])


@for_machines
def package_show(request: HttpRequest) -> HttpResponse:
    """One data set with the files of all its periods. One query."""
    try:
        dataset = datasets.find(request.GET.get("id", ""))
    except Missing:
        fault = {"message": "Not found", "__type": "Not Found Error"}
        return _data({"help": request.path, "success": False, "error": fault}, status=404)
    found = catalogue.package(dataset, queries.periods(dataset.slug), request.build_absolute_uri)
    return _result(request, found)


@for_machines
def package_search(request: HttpRequest) -> HttpResponse:
    """Data sets whose texts hold every word that is asked for. One query for each data set shown."""
    found = [one for one in datasets.all_datasets() if catalogue.matches(one, request.GET.get("q", ""))]
    start, rows = _number(request, "start", 0), min(_number(request, "rows", 10), MOST)
    shown = [
        catalogue.package(one, queries.periods(one.slug), request.build_absolute_uri)
        for one in found[start : start + rows]
    ]
    return _result(request, {"count": len(found), "sort": "name asc", "results": shown})


def _number(request: HttpRequest, name: str, usual: int) -> int:
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else usual


def _result(request: HttpRequest, result: object) -> HttpResponse:
    return _data({"help": request.path, "success": True, "result": result})

"""The registers: for everybody without a person, for the PPID whole, and as files."""

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mall.doors import actor_of, public
from mall.releases import xlsx
from mall.releases.files import harmless
from mall.voice.information import queries
from mall.voice.information.register import OBJECTIONS, REQUESTS, public_entries, whole_entries
from mall.voice.information.services import exporting
from mall.voice.information.views.desk import only_ppid

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@public
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """The register of requests without persons. Two queries."""
    page = queries.register(cursor=request.GET.get("after", ""))
    context = {"entries": public_entries(REQUESTS, page.items), "next": page.next, "which": "requests"}
    return render(request, "information/register.html", context)


@public
@require_safe
def objections(request: HttpRequest) -> HttpResponse:
    """The register of objections without persons. One query."""
    page = queries.objection_register(cursor=request.GET.get("after", ""))
    context = {"entries": public_entries(OBJECTIONS, page.items), "next": page.next, "which": "objections"}
    return render(request, "information/register.html", context)


@never_cache
@only_ppid
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Both registers whole, of the agencies of this PPID. Three queries."""
    actor = actor_of(request)
    asked = queries.register(actor, cursor=request.GET.get("after", ""))
    objected = queries.objection_register(actor)
    context = {
        "requests": whole_entries(REQUESTS, asked.items),
        "objections": whole_entries(OBJECTIONS, objected.items),
        "next": asked.next,
    }
    return render(request, "information/own_register.html", context)


@never_cache
@only_ppid
@require_safe
def as_csv(request: HttpRequest, kind: str) -> HttpResponse:
    """A register as CSV; no cell of it is run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in exporting.export_register(by=actor_of(request), kind=kind):
        writer.writerow([harmless(cell) for cell in line])
    return _file(out.getvalue(), "text/csv; charset=utf-8", f"register-{kind}.csv")


@never_cache
@only_ppid
@require_safe
def as_xlsx(request: HttpRequest, kind: str) -> HttpResponse:
    """A register as a workbook of texts."""
    lines = exporting.export_register(by=actor_of(request), kind=kind)
    return _file(xlsx.workbook({kind: lines}), SHEET, f"register-{kind}.xlsx")


def _file(content: str | bytes, mime: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

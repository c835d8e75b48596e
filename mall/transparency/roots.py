"""The daily roots of the audit log, for everybody: who keeps one can tell later whether the past was changed."""

import csv
import io
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mall.design import formats
from mall.design.parts import Column, Table
from mall.doors import public
from mall.transparency import verifier
from workflows.trail.roots import DayRoot

SHOWN = 30
"""Days on the page; the file has all."""


@public
@require_safe
def roots(request: HttpRequest) -> HttpResponse:
    """The latest days, newest first, and how anybody checks them. One query."""
    columns = [Column(_("Hari")), Column(_("Akar")), Column(_("Mata rantai"))]
    rows = [[formats.day(one.day), one.root, one.link] for one in DayRoot.objects.order_by("-day")[:SHOWN]]
    table = Table(_("Akar harian"), columns, rows) if rows else None
    return render(request, "transparency/roots.html", {"table": table})


@public
@require_safe
def roots_csv(_request: HttpRequest) -> HttpResponse:
    """All days as CSV, the earliest first. One query."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["day", "root", "previous", "link"])
    writer.writerows(DayRoot.objects.order_by("day").values_list("day", "root", "previous", "link"))
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="akar-harian.csv"'
    return response


@public
@require_safe
def roots_verifier(_request: HttpRequest) -> HttpResponse:
    """The program that checks the file, as it stands here. No query."""
    text = Path(verifier.__file__).read_text("utf-8")
    response = HttpResponse(text, content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="periksa_akar.py"'
    return response

"""Out of turn and against the lot, for everybody: how often an order that nobody chooses was set aside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mall.design import formats
from mall.design.parts import Column, Table
from mall.doors import public
from mall.transparency.metrics import K
from workflows.cases.visits import Inspection
from workflows.duties.figures import overridden, told


@public
@require_safe
def turns(request: HttpRequest) -> HttpResponse:
    """One row a month and service; a small count is not told exactly, and there is no total. One query."""
    columns = [Column(_("Bulan")), Column(_("Layanan")), Column(_("Didahulukan"), numeric=True)]
    rows = [[one.month, one.service, _count(one.count)] for one in told()]
    table = Table(_("Didahulukan di luar urutan"), columns, rows) if rows else None
    return render(request, "transparency/turns.html", {"table": table})


@public
@require_safe
def lots(request: HttpRequest) -> HttpResponse:
    """One row an agency and reason; a small count is not told exactly, and there is no total. One query."""
    columns = [Column(_("Instansi")), Column(_("Alasan")), Column(_("Diganti"), numeric=True)]
    rows = [[one.agency, str(Inspection.Override(one.code).label), _count(one.count)] for one in overridden()]
    table = Table(_("Petugas terundi yang diganti"), columns, rows) if rows else None
    return render(request, "transparency/lots.html", {"table": table})


def _count(count: int) -> str:
    return formats.number(count) if count >= K else f"<{K}"

"""Out of turn and against the lot, for everybody: how often an order that nobody chooses was set aside.

Periods that are over only: of the running one two looks would differ by one case.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies import clock
from mall.design import formats
from mall.design.parts import Column, Table
from mall.doors import public
from mall.releases.declaring import K
from mall.releases.periods import Period, last_closed
from workflows.cases.visits import Inspection
from workflows.duties.figures import overridden, told


@public
@require_safe
def turns(request: HttpRequest) -> HttpResponse:
    """One row a service and month of the last twelve that are over; no small count, and no total. One query."""
    columns = [Column(_("Bulan")), Column(_("Layanan")), Column(_("Didahulukan"), numeric=True)]
    this = Period.month(clock.today())
    found = told(since=this.later(-12).begin, until=this.begin)
    rows = [[Period.parse(one.month).name, one.service, _count(one.count)] for one in found]
    table = Table(_("Didahulukan di luar urutan"), columns, rows) if rows else None
    return render(request, "transparency/turns.html", {"table": table})


@public
@require_safe
def lots(request: HttpRequest) -> HttpResponse:
    """One row a whole quarter, agency and reason; a small count is not told exactly, and there is no total. One query.

    A sum since the mall draws would tell by its growth what happened to one visit.
    """
    columns = [Column(_("Triwulan")), Column(_("Instansi")), Column(_("Alasan")), Column(_("Diganti"), numeric=True)]
    rows = [
        [Period(one.quarter, 3).name, one.agency, str(Inspection.Override(one.code).label), _count(one.count)]
        for one in overridden(until=last_closed(3).later(1).first)
    ]
    table = Table(_("Petugas terundi yang diganti"), columns, rows) if rows else None
    return render(request, "transparency/lots.html", {"table": table})


def _count(count: int) -> str:
    return formats.number(count) if count >= K else f"<{K}"

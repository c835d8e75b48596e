"""The public register of what the law granted because an office stayed silent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mall.design import formats
from mall.design.parts import Column, Table
from mall.doors import public
from workflows.cases.machine import CaseState
from workflows.deemed import queries
from workflows.deemed.models import DeemedGrant


@public
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every deemed grant, newest first, and whether the decision has followed. No person. One query."""
    page = queries.register(cursor=request.GET.get("after", ""))
    columns = [
        Column(_("Nomor pernyataan")),
        Column(_("Permohonan")),
        Column(_("Layanan")),
        Column(_("Instansi")),
        Column(_("Batas waktu")),
        Column(_("Dinyatakan")),
        Column(_("Keputusan tertulis")),
    ]
    rows = [_line(one) for one in page.items]
    table = Table(_("Dianggap dikabulkan"), columns, rows) if rows else None
    return render(request, "transparency/deemed.html", {"table": table, "next": page.next})


def _line(one: DeemedGrant) -> list[object]:
    case = one.case
    return [
        one.number,
        case.reference,
        case.service.name_id,
        case.agency.name,
        formats.day(one.term_end),
        formats.day(one.at),
        _("Belum terbit") if case.state == CaseState.DEEMED_GRANTED else _("Sudah terbit"),
    ]

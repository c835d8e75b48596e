"""The outages of national systems, for everybody to read: what did not work, from when until when."""

from collections.abc import Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mall import doors
from mall.design import formats
from mall.design.parts import Column, Table
from workflows import paging
from workflows.clock.pause import Outage

MOST: Final = 50


@doors.public
@require_safe
def outages(request: HttpRequest) -> HttpResponse:
    """Newest first. One query."""
    found = paging.page(
        Outage.objects.all(), order=("-begins_at", "-id"), cursor=request.GET.get("after", ""), limit=MOST
    )
    context = {
        "lasting": [one for one in found.items if one.is_lasting],
        "table": _table(found.items),
        "next": found.next,
    }
    return render(request, "portal/outages.html", context)


def _table(rows: Sequence[Outage]) -> Table | None:
    columns = [Column(_("Sistem")), Column(_("Apa yang terganggu")), Column(_("Sejak")), Column(_("Sampai"))]
    cells = [
        [one.system, one.title, formats.moment(one.begins_at), formats.moment(one.ends_at) or _("masih berlangsung")]
        for one in rows
    ]
    return Table(_("Gangguan sistem nasional"), columns, cells) if cells else None

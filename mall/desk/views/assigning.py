"""Work is given out by the queue: the next in order, and back into it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from agencies.errors import Missing
from mall import doors
from mall.desk import queues
from mall.desk.facts import STAFF, find_case
from mall.doors import actor_of
from workflows.duties import services
from workflows.duties.lines import Line


@doors.staff(*STAFF)
def take_next(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the first in order of a worklist in hand and open it. Opened as a page, it is the worklist."""
    actor = actor_of(request)
    found = queues.find(actor, slug)
    if found is None or found.line is None:
        raise Missing
    if request.method != "POST":
        return redirect("desk:queue", slug)
    case = services.take_next(line=found.line, by=actor)
    if case is None:
        messages.info(request, _("Tidak ada lagi yang menunggu untuk Anda dalam antrean ini."))
        return redirect("desk:queue", slug)
    return redirect("desk:case", case.pk)


@doors.staff(*STAFF)
def release(request: HttpRequest, case_id: UUID, line: str) -> HttpResponse:
    """Give a case back to its queue. Opened as a page, it is the case's page."""
    found = find_case(request, case_id)
    if line not in Line.values:
        raise Missing
    if request.method == "POST":
        services.release(case_id=found.pk, line=Line(line), by=actor_of(request))
        messages.success(request, _("Permohonan kembali ke antrean."))
    return redirect("desk:case", found.pk)

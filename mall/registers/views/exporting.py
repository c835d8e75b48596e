"""For registrars: a file with many people, by two."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agencies.errors import Invalid
from agencies.models import User
from documents.downloads import attachment
from mall.design import formats
from mall.design.parts import Cell, Column, Row, Table
from mall.doors import actor_of
from mall.forms import faults
from mall.registers import queries
from mall.registers.choices import ExportState
from mall.registers.forms import ReasonForm
from mall.registers.kinds import PROGRAMMES, regions
from mall.registers.models import Export
from mall.registers.services import exporting
from mall.registers.views.importing import FAULTY, registrars
from mall.registers.views.own import place
from workflows.actors import Actor


@registrars
@require_POST
def ask(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """Ask for the people of a purpose as a file."""
    whole = request.POST.get("whole_nik") == "1"
    made = exporting.ask(viewing_id=viewing_id, whole_nik=whole, by=actor_of(request))
    messages.success(request, _("Permintaan tercatat. Rekan Anda di instansi yang sama memutuskannya."))
    return redirect("registers:export", made.pk)


@never_cache
@registrars
@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """Every wish of her agencies, newest first. One query."""
    page = queries.exports(actor_of(request), cursor=request.GET.get("after", ""))
    columns = [Column(_("Permintaan")), Column(_("Tujuan")), Column(_("Diminta")), Column(_("Keadaan"))]
    rows = [
        [
            Cell(one.get_register_display(), reverse("registers:export", args=[one.pk])),
            one.get_purpose_display(),
            formats.moment(one.asked_at),
            one.get_state_display(),
        ]
        for one in page.items
    ]
    context = {"table": Table(_("Berkas keluar"), columns, rows) if rows else None, "next": page.next}
    return render(request, "registers/exports.html", context)


@never_cache
@registrars
@require_safe
def export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """One wish, and what its reader may do: decide it, or take the file."""
    actor = actor_of(request)
    return _page(request, queries.export_for(actor, export_id), actor, ReasonForm())


def _page(request: HttpRequest, found: Export, actor: Actor, form: ReasonForm) -> HttpResponse:
    hers = actor.is_also(found.asked_by)
    context = {
        "export": found,
        "facts": _facts(found),
        "form": form,
        "decides": found.state == ExportState.ASKED and not hers,
        "takes": found.state == ExportState.APPROVED and found.asked_by == actor.user_id,
    }
    return render(request, "registers/export.html", context, status=FAULTY if form.errors else 200)


def _facts(found: Export) -> list[Row]:
    asked = [one for one in (found.asked_by, found.decided_by) if one]
    names = {one.pk: one.name or one.email for one in User.objects.filter(pk__in=asked)}
    count = found.rows if found.rows is not None else queries.people_in(found)
    decided = names.get(found.decided_by, "–") if found.decided_by else ""
    return [
        Row(_("Data"), found.get_register_display()),
        Row(_("Tujuan"), found.get_purpose_display()),
        Row(_("Alasan"), found.reason),
        Row(_("Wilayah"), place(found.region, regions()) if found.region else _("Seluruh kabupaten")),
        *([Row(_("Program"), PROGRAMMES[found.programme])] if found.programme else []),
        Row(_("NIK"), _("utuh") if found.whole_nik else _("disamarkan")),
        Row(_("Banyaknya orang"), formats.number(count)),
        Row(_("Diminta oleh"), f"{names.get(found.asked_by, '–')}, {formats.moment(found.asked_at)}"),
        *([Row(_("Diputuskan oleh"), f"{decided}, {formats.moment(found.decided_at)}")] if decided else []),
        *([Row(_("Alasan penolakan"), found.refusal)] if found.refusal else []),
        *([Row(_("Diunduh"), formats.moment(found.taken_at))] if found.taken_at else []),
        Row(_("Berlaku sampai"), formats.moment(found.expires_at)),
        Row(_("Keadaan"), found.get_state_display()),
    ]


@registrars
@require_POST
def approve(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Allow it."""
    exporting.approve(export_id=export_id, by=actor_of(request))
    messages.success(request, _("Disetujui. Hanya peminta yang dapat mengunduhnya, satu kali."))
    return redirect("registers:exports")


@never_cache
@registrars
@require_POST
def refuse(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Say why not."""
    actor = actor_of(request)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            exporting.refuse(export_id=export_id, reason=form.cleaned_data["reason"], by=actor)
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _("Ditolak. Peminta membaca alasan Anda."))
            return redirect("registers:exports")
    return _page(request, queries.export_for(actor, export_id), actor, form)


@registrars
@require_POST
def take(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """The file, once."""
    taken = exporting.take(export_id=export_id, by=actor_of(request))
    name = f"{taken.export.register}-{taken.export.pk.hex[-6:]}.csv"
    return attachment(taken.content, mime="text/csv", name=name)

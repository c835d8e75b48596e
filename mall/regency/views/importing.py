"""For stewards of data: what each file must look like, upload, a look at what was read, publish or throw away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agencies import clock
from agencies.choices import Role
from agencies.errors import Invalid
from mall import doors
from mall.design import formats
from mall.design.parts import Cell, Column, Row, Table
from mall.doors import actor_of
from mall.forms import faults
from mall.importing.checking import Row as FileRow
from mall.regency import published, queries, services
from mall.regency.forms import UploadForm
from mall.regency.kinds import KINDS, Told
from mall.regency.models import Batch, BatchState
from mall.regency.provenance import ACCEPTED
from mall.regency.views.origin import fed

FAULTY = 422
SHOWN = 20
"""Rows of a file that are shown before it is published."""
stewards = doors.staff(Role.STEWARD)


@never_cache
@stewards
@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """Every kind of file, its latest batch, and which is overdue. One query."""
    latest, today = queries.latest(), clock.today()
    columns = [Column(_("Data")), Column(_("Periode terakhir")), Column(_("Pemilik")), Column(_("Berikutnya"))]
    rows = [_kind_row(told, latest.get(slug), today > latest[slug].next_due if slug in latest else False)
            for slug, told in KINDS.items()]  # fmt: skip
    waiting = [_batch_row(one) for one in queries.waiting()]
    heads = [Column(_("Berkas")), Column(_("Baris"), numeric=True), Column(_("Diunggah"))]
    context = {
        "table": Table(_("Data daerah"), columns, rows),
        "waiting": Table(_("Menunggu diterbitkan"), heads, waiting) if waiting else None,
    }
    return render(request, "regency/kinds.html", context)


def _kind_row(told: Told, batch: Batch | None, overdue: bool) -> list[object]:
    name = Cell(told.kind.label, reverse("regency:kind", args=[told.kind.value]))
    if batch is None:
        return [name, _("belum ada"), "–", "–"]
    due = formats.day(batch.next_due)
    return [name, str(batch.period), batch.owner, _("%(day)s (terlewat)") % {"day": due} if overdue else due]


def _batch_row(batch: Batch) -> list[object]:
    link = reverse("regency:batch", args=[batch.pk])
    return [Cell(f"{batch.get_kind_display()} {batch.period}", link), batch.lines, formats.moment(batch.uploaded_at)]


@never_cache
@stewards
def kind(request: HttpRequest, kind: str) -> HttpResponse:
    """How the file of a kind is written, and a form to upload it."""
    told = services.kind_of(kind)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(told, *bound)
    if form.is_bound and form.is_valid():
        try:
            content = form.cleaned_data["file"].read()
            made = services.upload(kind=kind, content=content, about=form.about, by=actor_of(request))
        except Invalid as fault:
            faults.show(form, fault)
        else:
            return redirect("regency:batch", made.pk)
    columns = [Column(_("Kolom")), Column(_("Isi")), Column(_("Cara menulis")), Column(_("Boleh kosong"))]
    written = told.form(told.versions[0][0] if told.versions else "").columns
    rows = [[one.name, str(one.what), str(one.written), _("ya") if one.optional else _("tidak")] for one in written]
    context = {"told": told, "form": form, "columns": Table(_("Kolom berkas"), columns, rows)}
    return render(request, "regency/kind.html", context, status=FAULTY if form.errors else 200)


@stewards
@require_safe
def template(_request: HttpRequest, kind: str) -> HttpResponse:
    """The first line of the file, to begin with."""
    told = services.kind_of(kind)
    heading = told.form(told.versions[0][0] if told.versions else "").heading
    response = HttpResponse(f"{heading}\r\n", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{told.kind.value}.csv"'
    return response


@never_cache
@stewards
@require_safe
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """What was read from a file, and whether to publish it."""
    found = queries.batch(batch_id)
    waits = found.state == BatchState.PREVIEWED
    facts = [
        Row(_("Periode"), f"{found.period} {found.version}".strip()),
        Row(_("Pemilik"), found.owner),
        Row(_("Sumber"), found.source),
        Row(_("Tanggal batas"), formats.day(found.cut_off)),
        Row(_("Berikutnya"), formats.day(found.next_due)),
        Row(_("Kelas informasi"), found.get_kip_class_display()),
        Row(_("Lisensi"), found.licence),
        Row(_("Banyaknya baris"), formats.number(found.lines)),
        Row("SHA-256", found.digest),
        Row(_("Keadaan"), found.get_state_display()),
    ]
    rows = services.first_rows_of(found, SHOWN) if waits else []
    accepted = found.state in ACCEPTED
    context = {"batch": found, "facts": facts, "waits": waits, "rows": _preview(rows) if rows else None}
    context["fed"] = fed(found) if accepted else None
    context["unchanged"] = accepted and not context["fed"]
    return render(request, "regency/batch.html", context)


def _preview(rows: list[FileRow]) -> Table:
    names = list(rows[0].values)
    columns = [Column(_("Baris"), numeric=True), *(Column(name) for name in names)]
    said = [[row.line, *("–" if row[name] is None else str(row[name]) for name in names)] for row in rows]
    return Table(_("Baris pertama berkas"), columns, said)


@stewards
@require_POST
def publish(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Make it valid, and publish the figures it holds."""
    made = services.publish(batch_id=batch_id, by=actor_of(request))
    what = {"what": f"{made.get_kind_display()} {made.period}"}
    if published.is_shown(made):
        messages.success(request, _("%(what)s diterbitkan.") % what)
    else:
        same = _("%(what)s tercatat, tetapi angka publik tidak berubah: isinya sama, atau pembetulannya ditahan.")
        messages.info(request, same % what)
    return redirect("regency:batch", batch_id)


@stewards
@require_POST
def discard(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Throw it away."""
    services.discard(batch_id=batch_id, by=actor_of(request))
    messages.success(request, _("Berkas dibuang. Tidak ada yang diterbitkan."))
    return redirect("regency:kinds")

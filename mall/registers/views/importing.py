"""For registrars: their registers, how a file is written, upload, a masked look at what was read."""

from collections.abc import Sequence
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
from mall.registers import queries
from mall.registers.choices import BatchState, Register
from mall.registers.forms import UploadForm
from mall.registers.kinds import KINDS, PROGRAMMES, Told, kind_of
from mall.registers.masking import mask_name, mask_nik
from mall.registers.models import Batch
from mall.registers.names import agency_names
from mall.registers.permissions import keeps, may_keep
from mall.registers.services import importing
from workflows.actors import Actor
from workflows.permissions import require_seen

FAULTY = 422
SHOWN = 20
"""Rows of a file that are shown before it is in force."""
MOST_LINES = 50
"""Numbers of lines that a warning lists."""
registrars = doors.staff(Role.REGISTRAR)


@never_cache
@registrars
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Her registers, what is in force and when the next file is due, and the latest files. Three queries."""
    actor = actor_of(request)
    files = queries.batches(actor)
    names = agency_names({one.agency for one in files} | set(actor.agencies(Role.REGISTRAR)))
    mine = [told for told in KINDS.values() if keeps(actor, told)]
    context = {
        "mine": _mine(mine),
        "valid": _valid(queries.valid(actor), names),
        "files": _files(files),
    }
    return render(request, "registers/home.html", context)


def _mine(told: Sequence[Told]) -> Table:
    columns = [Column(_("Data")), Column(_("Lihat")), Column(_("Unggah"))]
    rows = [
        [
            str(one.register.label),
            Cell(_("Lihat daftar"), reverse("registers:purpose", args=[one.register.value])),
            Cell(_("Unggah berkas"), reverse("registers:upload", args=[one.register.value])),
        ]
        for one in told
    ]
    return Table(_("Data yang Anda pegang"), columns, rows)


def _valid(found: Sequence[Batch], names: dict[str, str]) -> Table | None:
    today = clock.today()
    columns = [Column(_("Data")), Column(_("Tahun")), Column(_("Pemilik")), Column(_("Baris"), numeric=True),
               Column(_("Berikutnya"))]  # fmt: skip
    rows = [[Cell(one.get_register_display(), reverse("registers:batch", args=[one.pk])), one.period,
             names.get(one.agency, one.agency), formats.number(one.lines), _due(one, late=today > one.next_due)]
            for one in found]  # fmt: skip
    return Table(_("Yang berlaku"), columns, rows) if rows else None


def _due(batch: Batch, *, late: bool) -> str:
    day = formats.day(batch.next_due)
    return _("%(day)s (terlewat)") % {"day": day} if late else day


def _files(found: Sequence[Batch]) -> Table | None:
    columns = [Column(_("Berkas")), Column(_("Keadaan")), Column(_("Diunggah"))]
    rows = [[Cell(f"{one.get_register_display()} {one.period}", reverse("registers:batch", args=[one.pk])),
             one.get_state_display(), formats.moment(one.uploaded_at)] for one in found]  # fmt: skip
    return Table(_("Berkas yang pernah diunggah"), columns, rows) if rows else None


@never_cache
@registrars
def upload(request: HttpRequest, register: str) -> HttpResponse:
    """How the file of a register is written, and a form to upload it."""
    told, actor = kind_of(register), actor_of(request)
    require_seen(may_keep(actor, told))
    names = agency_names(set(keeps(actor, told)))
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm([(code, names[code]) for code in keeps(actor, told)], *bound)
    if form.is_bound and form.is_valid() and (made := _uploaded(form, told, actor)):
        return redirect("registers:batch", made.pk)
    columns = [Column(_("Kolom")), Column(_("Isi")), Column(_("Cara menulis")), Column(_("Boleh kosong"))]
    written = told.form("").columns
    rows = [[one.name, str(one.what), str(one.written), _("ya") if one.optional else _("tidak")] for one in written]
    context = {"told": told, "form": form, "columns": Table(_("Kolom berkas"), columns, rows)}
    return render(request, "registers/upload.html", context, status=FAULTY if form.errors else 200)


def _uploaded(form: UploadForm, told: Told, actor: Actor) -> Batch | None:
    said = {name: value for name, value in form.cleaned_data.items() if name != "file"}
    try:
        content = form.cleaned_data["file"].read()
        return importing.upload(register=told.register, content=content, by=actor, **said)
    except Invalid as fault:
        faults.show(form, fault)
    return None


@registrars
@require_safe
def template(request: HttpRequest, register: str) -> HttpResponse:
    """The first line of the file, to begin with."""
    told = kind_of(register)
    require_seen(may_keep(actor_of(request), told))
    response = HttpResponse(f"{told.form('').heading}\r\n", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{told.register.value}.csv"'
    return response


@never_cache
@registrars
@require_safe
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """What was read from a file, masked, with what is odd in it; and whether to put it in force."""
    found = queries.batch_for(actor_of(request), batch_id)
    waits = found.state == BatchState.PREVIEWED
    facts = [
        Row(_("Tahun"), found.period),
        Row(_("Pemilik"), agency_names({found.agency}).get(found.agency, found.agency)),
        Row(_("Berikutnya"), formats.day(found.next_due)),
        Row(_("Banyaknya baris"), formats.number(found.lines)),
        Row("SHA-256", found.digest),
        Row(_("Keadaan"), found.get_state_display()),
        *([Row(_("Dimusnahkan pada"), formats.day(found.destroy_on))] if found.destroy_on else []),
    ]
    rows = queries.first_rows_of(found, SHOWN) if waits else []
    context = {
        "batch": found,
        "facts": facts,
        "waits": waits,
        "warnings": [_warning(one) for one in found.warnings],
        "rows": _preview(rows) if rows else None,
    }
    return render(request, "registers/batch.html", context)


def _warning(one: dict[str, object]) -> str:
    """A warning in words; nothing of a person is in it."""
    numbers = list(one["lines"]) if isinstance(one["lines"], list) else []
    listed = ", ".join(str(number) for number in numbers[:MOST_LINES])
    more = len(numbers) - MOST_LINES
    listed += _(" dan %(more)s lagi") % {"more": more} if more > 0 else ""
    programme = PROGRAMMES.get(str(one["programme"]), one["programme"])
    return _("Baris %(lines)s: NIK ini juga tercatat di program %(programme)s pada tahun yang sama.") % {
        "lines": listed,
        "programme": programme,
    }


def _preview(rows: list[FileRow]) -> Table:
    names = list(rows[0].values)
    columns = [Column(_("Baris"), numeric=True), *(Column(name) for name in names)]
    said = [[row.line, *(_masked(name, row[name]) for name in names)] for row in rows]
    return Table(_("Baris pertama berkas, nama dan NIK disamarkan"), columns, said)


def _masked(column: str, value: object) -> str:
    if value is None:
        return "–"
    masks = {"nik": mask_nik, "nama": mask_name}
    return masks[column](str(value)) if column in masks else str(value)


@registrars
@require_POST
def put_in_force(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Make it valid."""
    made = importing.put_in_force(batch_id=batch_id, by=actor_of(request))
    what = f"{Register(made.register).label} {made.period}"
    messages.success(request, _("%(what)s berlaku mulai sekarang.") % {"what": what})
    return redirect("registers:batch", batch_id)


@registrars
@require_POST
def discard(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Throw it away."""
    importing.discard(batch_id=batch_id, by=actor_of(request))
    messages.success(request, _("Berkas dibuang. Tidak ada yang berubah."))
    return redirect("registers:home")

"""For registrars: what people say is wrong with their rows, and the answers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from documents import downloads
from documents.vault.models import EvidenceFile
from mall.design import formats
from mall.design.parts import Cell, Column, Row, Table
from mall.doors import actor_of
from mall.forms import faults
from mall.registers import queries
from mall.registers.choices import CorrectionState, Register
from mall.registers.forms import RejectForm, RowForm
from mall.registers.kinds import KINDS, regions
from mall.registers.masking import mask_nik
from mall.registers.models import Correction
from mall.registers.services import correcting
from mall.registers.views.importing import FAULTY, registrars
from mall.registers.views.own import place


@never_cache
@registrars
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What waits, the next due first, or with `?selesai=1` what is answered. No name is in it. One query."""
    done = request.GET.get("selesai") == "1"
    page = queries.corrections(actor_of(request), cursor=request.GET.get("after", ""), done=done)
    now = clock.now()
    columns = [Column(_("Permintaan")), Column(_("Keadaan")), Column(_("Masuk")), Column(_("Paling lambat"))]
    rows = [
        [
            Cell(one.get_register_display(), reverse("registers:correction", args=[one.pk])),
            one.get_state_display(),
            formats.moment(one.filed_at),
            _("%(due)s (terlewat)") % {"due": formats.moment(one.due_at)}
            if one.state == CorrectionState.FILED and now > one.due_at
            else formats.moment(one.due_at),
        ]
        for one in page.items
    ]
    context = {"table": Table(_("Permintaan perbaikan"), columns, rows) if rows else None, "next": page.next}
    return render(request, "registers/corrections.html", context | {"done": done})


@never_cache
@registrars
@require_safe
def correction(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """One request with its row; that she opened it is a look that the person reads."""
    asked = correcting.open_correction(correction_id=correction_id, by=actor_of(request))
    return render(request, "registers/correction.html", _shown(asked))


def _shown(asked: Correction) -> dict[str, object]:
    entry, told = asked.entry, KINDS[Register(asked.register)]
    facts = [
        Row(_("Nama"), entry.name),
        Row(_("NIK"), mask_nik(entry.nik)),
        Row(_("Wilayah"), place(entry.region, regions())),
        *(Row(label, value) for label, value in told.facts(entry)),
        Row(_("Baris berkas"), entry.line),
    ]
    said = [
        Row(_("Yang salah"), asked.wrong),
        Row(_("Seharusnya"), asked.right),
        Row(_("Masuk"), formats.moment(asked.filed_at)),
        Row(_("Paling lambat"), formats.moment(asked.due_at)),
        Row(_("Keadaan"), asked.get_state_display()),
        *([Row(_("Jawaban"), asked.answer)] if asked.answer else []),
    ]
    return {"asked": asked, "facts": facts, "said": said, "waits": asked.state == CorrectionState.FILED}


@never_cache
@registrars
def accept(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Write a corrected row."""
    actor = actor_of(request)
    asked = correcting.open_correction(correction_id=correction_id, by=actor)
    _still_waits(asked)
    form = RowForm(KINDS[Register(asked.register)], asked.entry, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            correcting.accept(
                correction_id=correction_id, by=actor, values=form.values, answer=form.cleaned_data["answer"]
            )
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _("Data diperbaiki. Baris yang lama tetap tersimpan."))
            return redirect("registers:corrections")
    context = _shown(asked) | {"form": form, "accepting": True}
    return render(request, "registers/answer.html", context, status=FAULTY if form.errors else 200)


@never_cache
@registrars
def reject(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Say why nothing is changed."""
    actor = actor_of(request)
    asked = correcting.open_correction(correction_id=correction_id, by=actor)
    _still_waits(asked)
    form = RejectForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            correcting.reject(correction_id=correction_id, by=actor, answer=form.cleaned_data["answer"])
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _("Jawaban Anda terkirim."))
            return redirect("registers:corrections")
    context = _shown(asked) | {"form": form, "accepting": False}
    return render(request, "registers/answer.html", context, status=FAULTY if form.errors else 200)


def _still_waits(asked: Correction) -> None:
    if asked.state != CorrectionState.FILED:
        raise Conflict(_("Permintaan ini sudah dijawab."))


@registrars
@require_safe
def evidence(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """What she sent with her request, as a download that no browser opens as a page of ours."""
    asked = correcting.open_correction(correction_id=correction_id, by=actor_of(request))
    file = EvidenceFile.objects.filter(pk=asked.evidence).first() if asked.evidence else None
    if file is None:
        raise Missing
    return downloads.evidence(file, "bukti")

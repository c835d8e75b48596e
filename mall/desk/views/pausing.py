"""Pauses that wait for a second signature, force majeure, and the outages of national systems."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies import clock
from agencies.errors import Invalid, Missing
from agencies.models import Role
from mall import doors
from mall.design import formats
from mall.design.parts import Cell, Column, Row, Table
from mall.desk.admins import FAULTY, administers
from mall.desk.facts import STAFF
from mall.doors import actor_of
from mall.forms import faults
from workflows import paging
from workflows.clock import outages, queries, services
from workflows.clock.pause import Outage, Pause


@doors.staff(*STAFF)
@require_safe
def pauses(request: HttpRequest) -> HttpResponse:
    """What waits for a second signature of this office, oldest first; not what she asked for herself. One query."""
    page = queries.waiting(actor_of(request), cursor=request.GET.get("after", ""))
    rows = [
        [
            Cell(one.case.reference, reverse("desk:pause", args=[one.pk])),
            one.case.service.name_id,
            one.get_reason_display(),
            formats.moment(one.asked_at),
        ]
        for one in page.items
    ]
    columns = [Column(_("Nomor")), Column(_("Layanan")), Column(_("Sebab")), Column(_("Diminta"))]
    table = Table(_("Menunggu tanda tangan kedua"), columns, rows) if rows else None
    return render(request, "desk/pauses.html", {"table": table, "next": page.next})


@doors.staff(*STAFF)
def pause(request: HttpRequest, pause_id: UUID) -> HttpResponse:
    """One pause: sign it, or decline. Until somebody signs, the term runs on."""
    actor = actor_of(request)
    found = queries.seen_pause(actor, pause_id)
    if request.method == "POST":
        signs = request.POST.get("do") == "sign"
        (services.second_pause if signs else services.decline_pause)(pause_id=pause_id, by=actor)
        messages.success(
            request,
            _now("Waktu layanan berhenti mulai sekarang.") if signs else _now("Ditolak; waktu layanan tetap berjalan."),
        )
        return redirect("desk:case", found.case_id)
    waiting = found.closed_at is None and found.effective_at is None
    context = {"rows": _rows(found), "case": found.case, "waiting": waiting, "own": found.asked_by_id == actor.user_id}
    return render(request, "desk/pause.html", context)


def _rows(found: Pause) -> list[Row]:
    return [
        Row(_("Layanan"), found.case.service.name_id),
        Row(_("Nomor"), found.case.reference or "–"),
        Row(_("Sebab"), found.get_reason_display()),
        Row(_("Diminta oleh"), str(found.asked_by or "–")),
        Row(_("Diminta"), formats.moment(found.asked_at)),
        Row(_("Di seperlima akhir jangka waktu"), _("Ya") if found.late else _("Tidak")),
        Row(_("Batas waktu"), formats.moment(found.case.due_at) or "–"),
        Row(_("Keterangan"), found.note or "–"),
    ]


class OutageForm(forms.Form):
    """A system that does not work, as an administrator enters it."""

    system = forms.ChoiceField(label=_("Sistem"))
    title = forms.CharField(label=_("Apa yang terganggu"), max_length=160)
    notice = forms.CharField(
        label=_("Keterangan untuk umum"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    begins_at = forms.DateTimeField(label=_("Sejak"), help_text=_("Contoh: 2026-11-28 09:30, waktu Banyuwangi."))
    ends_at = forms.DateTimeField(
        label=_("Sampai"), required=False, help_text=_("Kosongkan selama gangguan masih berlangsung.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        systems = self.fields["system"]
        assert isinstance(systems, forms.ChoiceField)
        systems.choices = [(name, name) for name in outages.known_systems()]


class EndForm(forms.Form):
    """When it worked again."""

    ends_at = forms.DateTimeField(label=_("Sampai"), help_text=_("Contoh: 2026-11-28 13:00, waktu Banyuwangi."))


@doors.staff(Role.ADMINISTRATOR)
def outage_list(request: HttpRequest) -> HttpResponse:
    """The outages, and one more. Three queries."""
    administers(request)
    form = OutageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.enter_outage(by=actor_of(request), **form.cleaned_data)
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _now("Gangguan tercatat; waktu permohonan yang bergantung padanya dihentikan."))
            return redirect("desk:outages")
    page = paging.page(Outage.objects.all(), order=("-begins_at", "id"), cursor=request.GET.get("after", ""))
    context = {"form": form, "rows": page.items, "next": page.next}
    return render(request, "desk/outages.html", context, status=FAULTY if form.errors else 200)


@doors.staff(Role.ADMINISTRATOR)
def outage(request: HttpRequest, outage_id: UUID) -> HttpResponse:
    """Say when one ended; for good, because every case goes on from then."""
    administers(request)
    found = Outage.objects.filter(pk=outage_id).first()
    if found is None:
        raise Missing
    now = clock.wib(clock.now()).strftime("%Y-%m-%d %H:%M")
    form = EndForm(request.POST or None, initial={"ends_at": now})
    if request.method == "POST" and form.is_valid():
        try:
            services.end_outage(outage_id=outage_id, by=actor_of(request), ends_at=form.cleaned_data["ends_at"])
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _now("Akhir gangguan tercatat; permohonan berjalan lagi."))
            return redirect("desk:outages")
    return render(request, "desk/outage.html", {"outage": found, "form": form}, status=FAULTY if form.errors else 200)

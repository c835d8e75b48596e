"""The desk of the PPID: what waits, one request, and what she does with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agencies import clock
from agencies.choices import Role
from agencies.errors import Invalid
from mall import doors
from mall.doors import actor_of
from mall.forms import faults
from mall.voice.information import permissions, present, queries
from mall.voice.information.forms import AnswerForm, DisputeForm, ExemptForm, ExtendForm, HandOverForm, SummaryForm
from mall.voice.information.models import InformationRequest
from mall.voice.information.services import exempting, handling, objecting
from mall.voice.information.views.asking import given
from workflows.permissions import MALL, require

FAULTY = 422
only_ppid = doors.staff(Role.INFORMATION)


@never_cache
@only_ppid
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What waits, the earliest due first, or with `?selesai=1` what was answered. One query."""
    actor, cursor = actor_of(request), request.GET.get("after", "")
    done = request.GET.get("selesai") == "1"
    page = queries.done_requests(actor, cursor=cursor) if done else queries.open_requests(actor, cursor=cursor)
    context = {"table": present.desk_table(page.items) if page.items else None, "next": page.next, "done": done}
    return render(request, "information/desk.html", context)


@never_cache
@only_ppid
@require_safe
def request_(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """All that is known of one request. That she opened it is an event. Three queries and the event's three."""
    actor = actor_of(request)
    found = handling.read_request(request_id=request_id, by=actor)
    objection = queries.objection_of(found)
    context = {
        "found": found,
        "tone": present.tone(found),
        "rows": present.told_to_ppid(found),
        "answer": present.answer_rows(found) if found.answered_at else None,
        "withheld": queries.withheld_of(found),
        "files": present.files(queries.files_of(found)),
        "moments": present.moments(found, objection),
        "objection": objection,
        "actions": present.actions(found, objection, hers=bool(permissions.may_handle(actor, found))),
        "hers": bool(permissions.may_handle(actor, found)),
    }
    return render(request, "information/request.html", context)


@only_ppid
@require_safe
def file(request: HttpRequest, request_id: UUID, file_id: UUID) -> HttpResponse:
    """One file of the answer, as a download."""
    return given(queries.request_for(actor_of(request), request_id), file_id)


@only_ppid
@require_POST
def take(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Begin, or take over."""
    handling.take(request_id=request_id, by=actor_of(request))
    messages.success(request, _now("Permintaan ini sekarang di tangan Anda."))
    return redirect("information:request", request_id)


@dataclass(frozen=True, slots=True)
class Step:
    """One action with a form of its own."""

    title: str | Promise
    lead: str | Promise
    button: str | Promise
    done: str | Promise
    form: type[forms.Form]
    do: Callable[..., Any]
    hers: bool = True


EXTEND = Step(
    _("Perpanjang jangka waktu"),
    _("Tujuh hari kerja, satu kali saja, dan hanya dengan salah satu dari dua alasan ini. Pemohon membaca alasannya."),
    _("Perpanjang"),
    _("Jangka waktu diperpanjang."),
    ExtendForm,
    handling.extend,
)
HAND_OVER = Step(
    _("Catat penyerahan informasi"),
    _("Kapan informasi diperlihatkan atau salinannya diserahkan?"),
    _("Simpan"),
    _("Penyerahan tercatat."),
    HandOverForm,
    handling.hand_over,
)
SUMMARISE = Step(
    _("Ringkasan untuk register umum"),
    _("Register umum tidak menampilkan kata-kata pemohon. Tulis sendiri, secara netral, informasi apa yang diminta."),
    _("Umumkan ringkasan"),
    _("Ringkasan tersimpan."),
    SummaryForm,
    handling.release_summary,
)
DISPUTE = Step(
    _("Catat sengketa informasi"),
    _("Komisi Informasi memutus sengketa. Di sini dicatat nomor dan tanggalnya."),
    _("Simpan"),
    _("Sengketa tercatat."),
    DisputeForm,
    objecting.record_dispute,
    hers=False,
)


def _page_of(step: Step) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A page that asks, calls one service function, and leads back."""

    @never_cache
    @only_ppid
    def page(request: HttpRequest, request_id: UUID) -> HttpResponse:
        actor = actor_of(request)
        found = queries.request_for(actor, request_id)
        if step.hers:
            require(permissions.may_handle(actor, found))
        form = step.form(request.POST) if request.method == "POST" else step.form(initial={"summary": found.summary})
        if form.is_bound and form.is_valid():
            try:
                step.do(request_id=request_id, by=actor, **form.cleaned_data)
            except Invalid as fault:
                faults.show(form, fault)
            else:
                messages.success(request, str(step.done))
                return redirect("information:request", request_id)
        context = {"step": step, "form": form, "found": found}
        return render(request, "information/act.html", context, status=FAULTY if form.errors else 200)

    return page


extend, hand_over, summarise, dispute = (_page_of(step) for step in (EXTEND, HAND_OVER, SUMMARISE, DISPUTE))


@never_cache
@only_ppid
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The written answer, with the parts that stay closed and their tests. Two queries to show it."""
    actor = actor_of(request)
    found = queries.request_for(actor, request_id)
    require(permissions.may_handle(actor, found))
    tests = queries.standing_tests(found.agency_id, clock.today())
    if request.method != "POST":
        return render(request, "information/answer.html", {"form": AnswerForm(tests=tests), "found": found})
    form = AnswerForm(request.POST, request.FILES, tests=tests)
    if _answered(form, found, actor):
        messages.success(request, _now("Jawaban tersimpan dan dapat dibaca pemohon."))
        return redirect("information:request", request_id)
    context = {"form": form, "found": found, "again": bool(request.FILES)}
    return render(request, "information/answer.html", context, status=FAULTY)


def _answered(form: AnswerForm, found: InformationRequest, actor: Any) -> bool:
    """Was it answered? If not, the form says why."""
    if not form.is_valid():
        return False
    files = form.checked_files()
    if form.errors:
        return False
    try:
        handling.answer(request_id=found.pk, by=actor, told=form.told(), files=files)
    except Invalid as fault:
        faults.show(form, fault, names={"withheld": "part_1", "files": "attached"})
    return not form.errors


@never_cache
@only_ppid
def exempt(request: HttpRequest) -> HttpResponse:
    """The register of tests, and a new one. One query."""
    actor = actor_of(request)
    agencies = actor.agencies(Role.INFORMATION)
    agency = MALL if MALL in agencies else min(agencies)
    form = ExemptForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            test = exempting.decide_exemption(by=actor, agency=agency, told=form.told())
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _now("Uji konsekuensi %(number)s tercatat.") % {"number": test.number})
            return redirect("information:exempt")
    page = queries.exemption_register(cursor=request.GET.get("after", ""))
    context = {"form": form, "table": present.exemptions(page.items) if page.items else None, "next": page.next}
    return render(request, "information/exempt.html", context, status=FAULTY if form.errors else 200)

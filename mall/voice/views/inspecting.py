"""For inspectors: the list, one report, and what they do with it. For everybody else these pages are closed."""

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

from agencies.choices import Role
from agencies.errors import Invalid
from documents import downloads
from documents.vault.kinds import by_mime
from mall import doors
from mall.doors import actor_of
from mall.forms import faults
from mall.voice import present
from mall.voice.forms import AnswerForm, CloseForm, ForwardForm
from mall.voice.levies import permissions, queries
from mall.voice.levies.services import handling
from workflows.permissions import require

FAULTY = 422
only_inspectors = doors.staff(Role.INSPECTORATE)


@never_cache
@only_inspectors
@require_safe
def levies(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first, or with `?selesai=1` what is done. Two queries."""
    actor, cursor = actor_of(request), request.GET.get("after", "")
    done = request.GET.get("selesai") == "1"
    page = queries.closed_reports(actor, cursor=cursor) if done else queries.open_reports(actor, cursor=cursor)
    context = {"table": present.table(page.items) if page.items else None, "next": page.next, "done": done}
    return render(request, "voice/levies.html", context)


@never_cache
@only_inspectors
@require_safe
def levy(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """All that is known of one report. That she opened it is an event. Four queries and the event's three."""
    actor = actor_of(request)
    report = handling.read_report(report_id=report_id, by=actor)
    context = {
        "report": report,
        "rows": present.told_to_inspector(report),
        "files": [(file, by_mime(file.mime).name.upper()) for file in queries.files_of(report)],
        "moments": present.moments(report, queries.notes_of(report), officer=True),
        "hers": bool(permissions.may_handle(actor, report)),
    }
    return render(request, "voice/levy.html", context)


@only_inspectors
@require_safe
def evidence(request: HttpRequest, report_id: UUID, file_id: UUID) -> HttpResponse:
    """One file, as a download that no browser opens as a page of ours."""
    file = queries.evidence_for(actor_of(request), report_id, file_id)
    return downloads.evidence(file, "bukti")


@only_inspectors
@require_POST
def take(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Begin, or take over."""
    handling.take(report_id=report_id, by=actor_of(request))
    messages.success(request, _now("Laporan ini sekarang di tangan Anda."))
    return redirect("voice:levy", report_id)


@dataclass(frozen=True, slots=True)
class Step:
    """One action with a form of its own."""

    title: str | Promise
    lead: str | Promise
    button: str | Promise
    done: str | Promise
    form: type[forms.Form]
    do: Callable[..., Any]
    back: str = "voice:levy"


WRITE = Step(
    _("Tulis kepada pelapor"),
    _("Tanyakan yang kurang, atau kabarkan kemajuannya. Kantor yang dilaporkan tidak membacanya."),
    _("Kirim"),
    _("Tulisan Anda tersimpan."),
    AnswerForm,
    handling.write,
)
FORWARD = Step(
    _("Teruskan laporan"),
    _("Jelaskan kepada pelapor siapa yang meneruskan pemeriksaan, dan mengapa."),
    _("Teruskan"),
    _("Laporan diteruskan."),
    ForwardForm,
    handling.forward,
)
CLOSE = Step(
    _("Tutup laporan"),
    _("Jawaban akhir menjelaskan apa yang diperiksa, apa yang ditemukan, dan tindak lanjutnya."),
    _("Tutup laporan"),
    _("Laporan ditutup."),
    CloseForm,
    handling.close,
)
ASIDE = Step(
    _("Mundur dari laporan ini"),
    _("Pilih ini bila Anda mempunyai hubungan dengan yang dilaporkan. Laporan ini tidak terlihat lagi oleh Anda."),
    _("Ya, saya mundur"),
    _("Anda tidak lagi melihat laporan itu. Rekan Anda yang memeriksanya."),
    forms.Form,
    handling.step_aside,
    "voice:levies",
)


def _page_of(step: Step) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A page that asks, calls one service function, and leads back."""

    @never_cache
    @only_inspectors
    def page(request: HttpRequest, report_id: UUID) -> HttpResponse:
        actor = actor_of(request)
        report = queries.report_for(actor, report_id)
        if step is not ASIDE:
            require(permissions.may_handle(actor, report))
        form = step.form(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            try:
                step.do(report_id=report_id, by=actor, **form.cleaned_data)
            except Invalid as fault:
                faults.show(form, fault)
            else:
                messages.success(request, str(step.done))
                return redirect(step.back, *([report_id] if step.back == "voice:levy" else []))
        context = {"step": step, "form": form, "report": report}
        return render(request, "voice/act.html", context, status=FAULTY if form.errors else 200)

    return page


write, forward, close, step_aside = (_page_of(step) for step in (WRITE, FORWARD, CLOSE, ASIDE))

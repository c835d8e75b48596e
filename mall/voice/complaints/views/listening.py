"""For handlers: the list, one complaint, and what they do with it. For everybody else these pages are closed."""

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
from mall.voice.complaints import permissions, present, queries
from mall.voice.complaints.forms import ClassForm, ForwardForm, InsideForm, RejectForm, WordsForm
from mall.voice.complaints.machine import ENDED, ComplaintState
from mall.voice.complaints.models import Complaint
from mall.voice.complaints.services import handling, verifying
from workflows.actors import Actor
from workflows.permissions import Reply, require

FAULTY = 422
S = ComplaintState
OPEN = tuple(one for one in S if one not in ENDED)
only_handlers = doors.staff(Role.COMPLAINTS, Role.INSPECTORATE)


@never_cache
@only_handlers
@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """What waits, the first due first, or with `?selesai=1` what has ended. One query."""
    actor, cursor = actor_of(request), request.GET.get("after", "")
    done = request.GET.get("selesai") == "1"
    listed = queries.ended_complaints if done else queries.open_complaints
    page = listed(actor, cursor=cursor)
    context = {
        "table": present.table(page.items) if page.items else None,
        "next": page.next,
        "done": done,
        "central": bool(permissions.may_exchange(actor)),
    }
    return render(request, "voice/complaints/list.html", context)


@dataclass(frozen=True, slots=True)
class Step:
    """One action with a form of its own: in which states, and who may."""

    url: str
    title: str | Promise
    lead: str | Promise
    done: str | Promise
    form: type[forms.Form]
    do: Callable[..., Any]
    states: tuple[ComplaintState, ...]
    may: Callable[[Actor, Complaint], Reply] = permissions.may_handle
    twice_answered: bool = False

    def is_open(self, actor: Actor, complaint: Complaint) -> bool:
        """Is it possible now, for her?"""
        fits = complaint.state in self.states and (complaint.reopened_at is not None or not self.twice_answered)
        return fits and bool(self.may(actor, complaint))


STEPS = (
    Step(
        "voice:complaint_forward",
        _("Verifikasi dan teruskan"),
        _("Pengaduan ini jelas dan ada instansi yang berwenang menjawabnya."),
        _("Pengaduan diverifikasi dan diteruskan."),
        ForwardForm,
        verifying.forward,
        (S.FILED,),
        permissions.may_verify,
    ),
    Step(
        "voice:complaint_reject",
        _("Tidak meneruskan"),
        _("Jelaskan mengapa, dan ke mana pelapor dapat pergi: instansi lain, SP4N-LAPOR!, atau Ombudsman."),
        _("Pengaduan tidak diteruskan; pelapor membaca alasannya."),
        RejectForm,
        verifying.reject,
        (S.FILED,),
        permissions.may_verify,
    ),
    Step(
        "voice:complaint_reroute",
        _("Alihkan ke permintaan informasi"),
        _("Pelapor meminta informasi, bukan mengadu. Ia diarahkan kepada PPID."),
        _("Pengaduan dialihkan."),
        WordsForm,
        verifying.reroute,
        (S.FILED,),
        permissions.may_verify,
    ),
    Step(
        "voice:complaint_reclassify",
        _("Ubah golongan"),
        _("Yang berkadar pengawasan diperiksa Inspektorat dan dijawab dalam 60 hari kerja sejak diterima."),
        _("Golongan diubah."),
        ClassForm,
        verifying.reclassify,
        OPEN,
        permissions.may_verify,
    ),
    Step(
        "voice:complaint_follow_up",
        _("Nyatakan tindak lanjut"),
        _("Tulis apa yang sedang dilakukan, dan kapan pelapor dapat mengharapkan jawaban."),
        _("Tindak lanjut dinyatakan."),
        WordsForm,
        handling.follow_up,
        (S.FORWARDED,),
    ),
    Step(
        "voice:complaint_answer",
        _("Jawab"),
        _("Jawaban menjelaskan apa yang ditemukan dan apa yang sudah diperbaiki. Pelapor dapat membalas satu kali."),
        _("Jawaban dikirim."),
        WordsForm,
        handling.answer,
        (S.FOLLOWED,),
    ),
    Step(
        "voice:complaint_write",
        _("Tulis kepada pelapor"),
        _("Tanyakan yang kurang, atau kabarkan kemajuannya."),
        _("Tulisan Anda tersimpan."),
        WordsForm,
        handling.write,
        OPEN,
    ),
    Step(
        "voice:complaint_hand_back",
        _("Kembalikan kepada pengelola pusat"),
        _("Pilih ini bila pengaduan bukan urusan kantor ini. Batas jawabannya tidak berubah."),
        _("Pengaduan kembali kepada pengelola pusat."),
        InsideForm,
        handling.hand_back,
        (S.FORWARDED,),
        permissions.may_return,
    ),
    Step(
        "voice:complaint_close",
        _("Tutup pengaduan"),
        _("Pelapor sudah membalas dan dijawab lagi. Tulis kata penutup."),
        _("Pengaduan ditutup."),
        WordsForm,
        handling.close,
        (S.ANSWERED,),
        twice_answered=True,
    ),
)


@never_cache
@only_handlers
@require_safe
def complaint(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """All that this handler may know of one complaint. That she opened it is an event. Three queries and its three."""
    actor = actor_of(request)
    found = handling.read_complaint(complaint_id=complaint_id, by=actor)
    context = {
        "complaint": found,
        "tone": present.tone(found),
        "rows": present.told_to_handler(actor, found),
        "steps": [one for one in STEPS if one.is_open(actor, found)],
        "takes_over": bool(permissions.may_take_over(actor, found)),
        "files": [(file, by_mime(file.mime).name.upper()) for file in queries.files_of(found)],
        "moments": present.moments(found, queries.notes_of(found, inside=True), officer=True),
    }
    return render(request, "voice/complaints/complaint.html", context)


@only_handlers
@require_safe
def evidence(request: HttpRequest, complaint_id: UUID, file_id: UUID) -> HttpResponse:
    """One file, as a download that no browser opens as a page of ours."""
    file = queries.evidence_for(actor_of(request), complaint_id, file_id)
    return downloads.evidence(file, "bukti")


@only_handlers
@require_POST
def take_over(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """The inspectorate takes it from the mall."""
    verifying.take_over(complaint_id=complaint_id, by=actor_of(request))
    messages.success(request, _now("Pengaduan ini sekarang di tangan Inspektorat."))
    return redirect("voice:complaint", complaint_id)


def _page_of(step: Step) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A page that asks, calls one service function, and leads back."""

    @never_cache
    @only_handlers
    def page(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
        actor = actor_of(request)
        found = queries.complaint_for(actor, complaint_id)
        require(step.may(actor, found))
        initial = {"agency": found.agency_id, "kind": found.kind}
        form = step.form(request.POST if request.method == "POST" else None, initial=initial)
        if form.is_bound and form.is_valid():
            try:
                step.do(complaint_id=complaint_id, by=actor, **form.cleaned_data)
            except Invalid as fault:
                faults.show(form, fault)
            else:
                messages.success(request, str(step.done))
                return _back(actor, complaint_id)
        context = {"step": step, "form": form, "complaint": found}
        return render(request, "voice/complaints/act.html", context, status=FAULTY if form.errors else 200)

    return page


def _back(actor: Actor, complaint_id: UUID) -> HttpResponse:
    """To the complaint, or to the list where it is hers no more. One query."""
    if queries.readable(actor).filter(pk=complaint_id).exists():
        return redirect("voice:complaint", complaint_id)
    return redirect("voice:complaints")


PAGES = {step.url.removeprefix("voice:"): _page_of(step) for step in STEPS}
"""One page a step, by the name of its address."""

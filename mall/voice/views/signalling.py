"""For inspectors: the signals of a month, one of them, one of its cases, and what they made of it."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agencies.choices import Role
from agencies.errors import Invalid, Missing
from mall import doors
from mall.doors import actor_of
from mall.forms import faults
from mall.voice.signals import present, queries, services
from mall.voice.signals.models import SignalNote, SignalRun
from mall.voice.signals.said import sentence

FAULTY = 422
only_inspectors = doors.staff(Role.INSPECTORATE)


class NoteForm(forms.Form):
    """What an inspector made of a signal."""

    verdict = forms.ChoiceField(label=_("Hasil"), choices=SignalNote.Verdict.choices, widget=forms.RadioSelect)
    report = forms.CharField(
        label=_("Kode laporan pungutan"),
        help_text=_("Hanya bila ditindaklanjuti. 8 huruf dan angka."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("Apa yang Anda periksa dan temukan?"),
        help_text=_("Hanya dibaca Inspektorat. Tidak dapat diubah sesudah disimpan."),
        max_length=services.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@never_cache
@only_inspectors
@require_safe
def signals(request: HttpRequest) -> HttpResponse:
    """Those of one month (`?bulan=2026-10`), the latest unless another is asked for. Two queries."""
    actor, runs = actor_of(request), queries.runs()
    run = _chosen(runs, request.GET.get("bulan", ""))
    page = queries.signals_of(actor, run, cursor=request.GET.get("after", "")) if run else None
    context = {
        "run": run,
        "runs": [one for one in runs if one != run],
        "table": present.table(page.items) if page and page.items else None,
        "next": page.next if page else "",
    }
    return render(request, "voice/signals.html", context)


def _chosen(runs: list[SignalRun], asked: str) -> SignalRun | None:
    if not asked:
        return runs[0] if runs else None
    try:
        month = date.fromisoformat(f"{asked}-01")
    except ValueError:
        raise Missing from None
    found = next((one for one in runs if one.month == month), None)
    if found is None:
        raise Missing
    return found


@never_cache
@only_inspectors
@require_safe
def signal(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """One signal with its cases. That she opened it is an event. Three queries and the event's three."""
    found = services.read_signal(signal_id=signal_id, by=actor_of(request))
    cases = queries.cases_of(found)
    context = {
        "signal": found,
        "sentence": sentence(found),
        "rows": present.told(found),
        "cases": present.cases(found, cases) if cases else None,
        "moments": present.notes(queries.notes_of(found)),
    }
    return render(request, "voice/signal.html", context)


@never_cache
@only_inspectors
@require_safe
def signal_case(request: HttpRequest, signal_id: UUID, case_id: UUID) -> HttpResponse:
    """One of its cases, without the applicant and her papers; opening it is a look that the applicant can read."""
    actor = actor_of(request)
    found = queries.signal_for(actor, signal_id)
    case = services.look_at_case(signal_id=signal_id, case_id=case_id, by=actor)
    context = {
        "signal": found,
        "case": case,
        "rows": present.case_rows(case),
        "moments": present.life(queries.life_of(case)),
    }
    return render(request, "voice/signal_case.html", context)


@never_cache
@only_inspectors
def signal_note(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Write down what she made of it."""
    actor = actor_of(request)
    found = queries.signal_for(actor, signal_id)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.note(signal_id=signal_id, by=actor, **form.cleaned_data)
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _now("Hasil pemeriksaan tersimpan."))
            return redirect("voice:signal", signal_id)
    context = {"form": form, "signal": found, "sentence": sentence(found)}
    return render(request, "voice/signal_note.html", context, status=FAULTY if form.errors else 200)

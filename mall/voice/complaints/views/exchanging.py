"""For the centre: complaints as a file for SP4N-LAPOR!, and its numbers back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agencies import clock
from agencies.errors import Invalid
from documents.downloads import attachment
from mall.doors import actor_of
from mall.forms import faults
from mall.voice.complaints.forms import ExportForm, NumbersForm
from mall.voice.complaints.permissions import may_exchange
from mall.voice.complaints.services import exchanging
from mall.voice.complaints.services.exchanging import Chosen
from mall.voice.complaints.views.listening import FAULTY, only_handlers
from workflows.permissions import require

MIME = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@never_cache
@only_handlers
@require_safe
def lapor(request: HttpRequest) -> HttpResponse:
    """Which complaints go out, and the numbers that come back. No query."""
    require(may_exchange(actor_of(request)))
    today = clock.today()
    chosen = ExportForm(initial={"first": today.replace(day=1), "last": today, "form": "csv"})
    return _page(request, chosen, NumbersForm())


def _page(request: HttpRequest, chosen: ExportForm, numbers: NumbersForm) -> HttpResponse:
    faulty = next((one for one in (chosen, numbers) if one.errors), None)
    context = {"chosen": chosen, "numbers": numbers, "faulty": faulty, "columns": exchanging.COLUMNS}
    return render(request, "voice/complaints/lapor.html", context, status=FAULTY if faulty else 200)


@never_cache
@only_handlers
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The file."""
    form, actor = ExportForm(request.POST), actor_of(request)
    require(may_exchange(actor))
    if form.is_valid():
        kind = form.cleaned_data.pop("form")
        try:
            rows = exchanging.export(by=actor, chosen=Chosen(**form.cleaned_data))
        except Invalid as fault:
            faults.show(form, fault)
        else:
            made = exchanging.as_csv(rows) if kind == "csv" else exchanging.as_xlsx(rows)
            return attachment(made, mime=MIME[kind], name=f"pengaduan-lapor.{kind}")
    return _page(request, form, NumbersForm())


@never_cache
@only_handlers
@require_POST
def import_numbers(request: HttpRequest) -> HttpResponse:
    """Take the numbers in, all or none."""
    form, actor = NumbersForm(request.POST, request.FILES), actor_of(request)
    require(may_exchange(actor))
    if form.is_valid():
        try:
            new = exchanging.import_numbers(by=actor, content=form.cleaned_data["file"].read())
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _("%(new)s nomor SP4N-LAPOR! dicatat.") % {"new": new})
            return redirect("voice:lapor")
    today = clock.today()
    return _page(request, ExportForm(initial={"first": today.replace(day=1), "last": today, "form": "csv"}), form)

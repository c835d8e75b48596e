"""The call list: people without e-mail are told by telephone, and it is written down."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.errors import Invalid
from agencies.models import Role
from mall import doors
from mall.design import formats
from mall.design.parts import Cell, Column, Table
from mall.doors import actor_of
from mall.forms import faults
from notifications import queries, services
from notifications.models import CallTask


class CallForm(forms.Form):
    """How the call went."""

    note = forms.CharField(
        label=_("Hasil panggilan"),
        help_text=_("Misalnya: sudah disampaikan kepada pemohon, atau tidak diangkat setelah tiga kali."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@doors.staff(Role.CLERK)
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The calls to make, oldest first; whom to call is shown only when the clerk begins. One query."""
    page = queries.call_list(actor_of(request), cursor=request.GET.get("after", ""))
    context = {"table": _table(list(page.items)) if page.items else None, "next": page.next}
    return render(request, "counter/calls.html", context)


def _table(tasks: list[CallTask]) -> Table:
    columns = [Column(_("Nomor")), Column(_("Layanan")), Column(_("Yang disampaikan")), Column(_("Sejak"))]
    rows = [
        [
            Cell(task.message.about.reference or _now("Panggilan"), reverse("counter:call", args=[task.pk])),
            task.message.about.service.name_id,
            task.message.title,
            formats.day(task.opened_at),
        ]
        for task in tasks
    ]
    return Table(_("Yang perlu ditelepon"), columns, rows)


@doors.staff(Role.CLERK)
def call(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Make one call: the number, what to say, and how it went. Opening it is a look."""
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.done_call(task_id=task_id, by=actor_of(request), note=form.cleaned_data["note"])
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _now("Panggilan tercatat."))
            return redirect("counter:calls")
    task = services.begin_call(task_id=task_id, by=actor_of(request))
    return render(request, "counter/call.html", {"form": form, "task": task}, status=422 if form.errors else 200)

"""Handing a case in hand over to a colleague, with the reason: by its holder, or by who leads there."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.errors import Invalid, Missing
from agencies.models import Role
from mall import doors
from mall.design.parts import Row
from mall.desk.facts import STAFF
from mall.doors import actor_of
from mall.forms import faults, stash
from workflows.actors import Actor
from workflows.duties import colleagues, services
from workflows.duties.lines import Assignment, Line

FAULTY = 422
LEADING = (Role.HEAD, Role.DEPUTY, Role.MANAGER)


class HandOverForm(forms.Form):
    """To whom, and why."""

    to = forms.TypedChoiceField(label=_("Serahkan kepada"), coerce=UUID, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Dibaca oleh rekan yang menerima. Jangan menulis data pemohon."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["to"].choices = choices  # type: ignore[attr-defined]


@doors.staff(*STAFF, *LEADING)
@doors.keeping(stash.keep)
def hand_over(request: HttpRequest, case_id: UUID, line: str) -> HttpResponse:
    """Who may take it on, and why it goes. Shows the number and the service only: who leads need not see papers."""
    actor = actor_of(request)
    if line not in Line.values:
        raise Missing
    held = colleagues.to_reassign(actor, case_id, line)
    able = [(str(user.pk), str(user)) for user in colleagues.colleagues(held)]
    form = HandOverForm(stash.typed(request), choices=able)
    if request.method == "POST" and form.is_valid():
        try:
            services.hand_over(case_id=case_id, line=Line(line), by=actor, **form.cleaned_data)
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _now("Permohonan diserahkan kepada rekan."))
            return redirect(_onward(actor, case_id))
    context = {"form": form, "rows": _rows(held), "able": able}
    return render(request, "desk/hand_over.html", context, status=FAULTY if form.errors else 200)


def _onward(actor: Actor, case_id: UUID) -> str:
    """Back to the case for who works at the desk; who leads sees what waits, not the papers."""
    if actor.agencies(*STAFF):
        return reverse("desk:case", args=[case_id])
    return reverse("desk:home")


def _rows(held: Assignment) -> list[Row]:
    return [
        Row(_("Layanan"), held.case.service.name_id),
        Row(_("Nomor"), held.case.reference or "–"),
        Row(_("Bagian"), held.get_line_display()),
        Row(_("Dipegang"), str(held.user)),
    ]

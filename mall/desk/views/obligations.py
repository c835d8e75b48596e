"""What holders owe and report: the lists of the agency that set it, and one report to accept or send back."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from agencies.errors import Invalid, Missing
from documents.vault.queries import files_of
from mall import doors
from mall.design import formats, states
from mall.design.parts import Cell, Column, Table
from mall.desk.facts import STAFF
from mall.desk.views.permits import found_permit
from mall.doors import actor_of
from mall.forms import faults, stash
from mall.forms.files import download
from workflows import looks, permissions
from workflows.permits import queries, services
from workflows.permits.obligations import Obligation, ObligationState

FAULTY = 422
PURPOSE = "follow_up"
LISTS = {"laporan": queries.to_check, "lewat": queries.overdue}
"""What is reported and waits, and what nobody reported in time."""


class RemarkForm(forms.Form):
    """What the officer found; needed to send a report back."""

    remark = forms.CharField(
        label=lazy("Catatan"),
        help_text=lazy("Wajib bila dikembalikan; pemegang membacanya."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@doors.staff(*STAFF)
@require_safe
def obligations(request: HttpRequest) -> HttpResponse:
    """Reports to an officer's agencies, or with `?daftar=lewat` what is overdue. One query, and no name."""
    which = request.GET.get("daftar", "laporan")
    if which not in LISTS:
        raise Missing
    page = LISTS[which](actor_of(request), cursor=request.GET.get("after", ""))
    context = {"table": _table(page.items) if page.items else None, "next": page.next, "overdue": which == "lewat"}
    return render(request, "desk/obligations.html", context)


def _table(rows: Sequence[Obligation]) -> Table:
    columns = [Column(lazy("Izin")), Column(lazy("Kewajiban")), Column(lazy("Tenggat")), Column(lazy("Dilaporkan"))]
    cells = [
        [
            Cell(one.permit.number, reverse("desk:obligation", args=[one.pk])),
            one.text,
            formats.day(one.due_on) or "–",
            formats.day(one.reported_at) or "–",
        ]
        for one in rows
    ]
    return Table(lazy("Kewajiban"), columns, cells)


def _found(request: HttpRequest, obligation_id: UUID) -> Obligation:
    """An obligation of a permit that this person may see. Three queries."""
    owed = Obligation.objects.select_related("agency", "checked_by").filter(pk=obligation_id).first()
    if owed is None:
        raise Missing
    owed.permit = found_permit(request, owed.permit_id)
    return owed


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def obligation(request: HttpRequest, obligation_id: UUID) -> HttpResponse:
    """One obligation with the holder's report; its agency accepts it or sends it back."""
    owed, actor = _found(request, obligation_id), actor_of(request)
    form = RemarkForm(stash.typed(request))
    may = permissions.may_check_obligation(actor, owed.agency_id, owed.permit.case)
    if request.method == "POST":
        permissions.require(may)
        if form.is_valid() and _checked(request, owed, form):
            return redirect("desk:permit", owed.permit_id)
    else:
        looks.look(by=actor, case=owed.permit.case, purpose=PURPOSE)
    context = {
        "owed": owed,
        "look": states.of_obligation(owed.state),
        "form": form,
        "may_check": bool(may) and owed.state == ObligationState.REPORTED,
        "evidence": range(1, len(owed.evidence) + 1),
    }
    return render(request, "desk/obligation.html", context, status=FAULTY if form.errors else 200)


def _checked(request: HttpRequest, owed: Obligation, form: RemarkForm) -> bool:
    """Accept the report or send it back; False with the faults in the form."""
    returns = request.POST.get("do") == "return"
    check = services.return_obligation if returns else services.accept_obligation
    try:
        check(obligation_id=owed.pk, by=actor_of(request), remark=form.cleaned_data["remark"])
    except Invalid as fault:
        faults.show(form, fault)
        return False
    messages.success(request, _("Laporan dikembalikan kepada pemegang.") if returns else _("Laporan diterima."))
    return True


@doors.staff(*STAFF)
@require_safe
def evidence(request: HttpRequest, obligation_id: UUID, number: int) -> HttpResponse:
    """One file of the holder's report; opening it is a look."""
    owed = _found(request, obligation_id)
    if not 1 <= number <= len(owed.evidence):
        raise Missing
    file_id = UUID(owed.evidence[number - 1])
    stored = files_of([file_id]).get(file_id)
    if stored is None or stored.blocked:
        raise Missing(_("Berkas ini belum dapat dibuka."))
    looks.look(by=actor_of(request), case=owed.permit.case, purpose=PURPOSE)
    return download(stored, name=f"bukti-{number}")

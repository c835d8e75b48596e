"""Money to give back: arranged by one person, confirmed by another, before its day."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from agencies import clock
from agencies.errors import Missing
from agencies.models import Lane, Role
from mall import doors
from mall.design import formats
from mall.design.parts import Cell, Column, Row, Table
from mall.desk.posts import status_of
from mall.doors import actor_of
from workflows import paging, permissions
from workflows.actors import Actor
from workflows.charges import services
from workflows.charges.models import RefundState, RefundTask

KEEPERS = (Role.MANAGER, Role.ADMINISTRATOR)


class ReasonForm(forms.Form):
    """Why the money goes back, and where to."""

    reason = forms.CharField(
        label=gettext_lazy("Sebab dan cara pengembalian"),
        help_text=gettext_lazy("Misalnya: dibayar dua kali; dikembalikan lewat gerbang pembayaran ke rekening asal."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _tasks(actor: Actor) -> QuerySet[RefundTask]:
    """Money to be given back, with the payment it came by; no case and no name."""
    permissions.require(permissions.may_refund(actor))
    rows = RefundTask.objects.filter(payment__bill__charge__case__lane=Lane.REAL)
    return rows.select_related("payment", "requested_by", "confirmed_by")


@doors.staff(*KEEPERS)
@require_safe
def refunds(request: HttpRequest) -> HttpResponse:
    """What is still to be given back, the most urgent first. One query."""
    rows = _tasks(actor_of(request)).exclude(state=RefundState.DONE)
    page = paging.page(rows, order=("due_at", "id"), cursor=request.GET.get("after", ""))
    context = {"table": _table(list(page.items)) if page.items else None, "next": page.next}
    return render(request, "desk/refunds.html", context)


def _table(tasks: list[RefundTask]) -> Table:
    columns = [
        Column(_("Nomor pembayaran")),
        Column(_("Jumlah"), numeric=True),
        Column(_("Sebab")),
        Column(_("Tahap")),
        Column(_("Paling lambat")),
    ]
    rows = [
        [
            Cell(task.payment.payment_ref, reverse("desk:refund", args=[task.pk])),
            formats.rupiah(task.amount),
            task.payment.get_status_display(),
            task.get_state_display(),
            _deadline(task.due_at),
        ]
        for task in tasks
    ]
    return Table(_("Dana yang harus dikembalikan"), columns, rows)


def _deadline(due: datetime) -> str:
    """The day, and in words that it has passed."""
    day = formats.day(due)
    return _("%(day)s (terlambat)") % {"day": day} if due < clock.now() else day


@doors.staff(*KEEPERS)
def refund(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """One repayment, with the signature that is missing."""
    actor = actor_of(request)
    task = _tasks(actor).filter(pk=task_id).first()
    if task is None:
        raise Missing
    form = ReasonForm(_said(request))
    if request.method == "POST" and _signed(request, task_id, actor, form):
        messages.success(request, _("Tanda tangan Anda tercatat."))
        return redirect("desk:refund", task_id)
    mine = actor.is_also(task.requested_by_id)
    waiting = task.state == RefundState.REQUESTED
    context = {"task": task, "rows": _rows(task), "form": form, "may_confirm": waiting and not mine}
    return render(request, "desk/refund.html", context, status=status_of(request, form))


def _said(request: HttpRequest) -> dict[str, Any] | None:
    """What was typed for the first signature."""
    asking = request.method == "POST" and request.POST.get("do") != "confirm"
    return request.POST.dict() if asking else None


def _signed(request: HttpRequest, task_id: UUID, actor: Actor, form: ReasonForm) -> bool:
    """Give the signature that was asked for; False when the reason is missing."""
    if request.POST.get("do") == "confirm":
        services.confirm_refund(task_id=task_id, by=actor)
        return True
    if not form.is_valid():
        return False
    services.request_refund(task_id=task_id, by=actor, reason=form.cleaned_data["reason"])
    return True


def _rows(task: RefundTask) -> list[Row]:
    return [
        Row(_("Jumlah"), formats.rupiah(task.amount)),
        Row(_("Tahap"), task.get_state_display()),
        Row(_("Paling lambat"), _deadline(task.due_at)),
        Row(_("Asal"), task.payment.get_status_display()),
        Row(_("Saluran"), task.payment.gateway),
        Row(_("Nomor pembayaran"), task.payment.payment_ref),
        Row(_("Dibayar"), formats.moment(task.payment.paid_at)),
        Row(_("Sebab dan cara pengembalian"), task.reason or "–"),
        Row(_("Tanda tangan pertama"), str(task.requested_by or "–")),
        Row(_("Tanda tangan kedua"), str(task.confirmed_by or "–")),
        Row(_("Dikembalikan"), formats.moment(task.done_at) or "–"),
    ]

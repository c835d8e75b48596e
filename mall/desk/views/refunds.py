"""Money to give back: arranged by one person, confirmed by another."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.errors import Missing
from agencies.models import Lane, Role
from mall import doors
from mall.design import formats
from mall.design.parts import Cell, Column, Row, Table
from mall.doors import actor_of
from workflows import paging, permissions
from workflows.actors import Actor
from workflows.charges import services
from workflows.charges.models import RefundTask

KEEPERS = (Role.MANAGER, Role.ADMINISTRATOR)


def _tasks(actor: Actor) -> QuerySet[RefundTask]:
    """Money still to be given back, with the payment it came by; no case and no name."""
    permissions.require(permissions.may_refund(actor))
    rows = RefundTask.objects.filter(payment__bill__charge__case__lane=Lane.REAL)
    return rows.select_related("payment", "requested_by", "confirmed_by")


@doors.staff(*KEEPERS)
@require_safe
def refunds(request: HttpRequest) -> HttpResponse:
    """What is to be given back, oldest first. One query."""
    rows = _tasks(actor_of(request)).filter(done_at=None)
    page = paging.page(rows, order=("opened_at", "id"), cursor=request.GET.get("after", ""))
    context = {"table": _table(list(page.items)) if page.items else None, "next": page.next}
    return render(request, "desk/refunds.html", context)


def _table(tasks: list[RefundTask]) -> Table:
    columns = [Column(_("Nomor pembayaran")), Column(_("Jumlah"), numeric=True), Column(_("Sebab")), Column(_("Tahap"))]
    rows = [
        [
            Cell(task.payment.payment_ref, reverse("desk:refund", args=[task.pk])),
            formats.rupiah(task.amount),
            task.payment.get_status_display(),
            _("Menunggu tanda tangan kedua") if task.requested_by_id else _("Belum diajukan"),
        ]
        for task in tasks
    ]
    return Table(_("Dana yang harus dikembalikan"), columns, rows)


@doors.staff(*KEEPERS)
def refund(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """One repayment, with the signature that is missing."""
    actor = actor_of(request)
    task = _tasks(actor).filter(pk=task_id).first()
    if task is None:
        raise Missing
    if request.method == "POST":
        sign = services.confirm_refund if request.POST.get("do") == "confirm" else services.request_refund
        sign(task_id=task_id, by=actor)
        messages.success(request, _("Tanda tangan Anda tercatat."))
        return redirect("desk:refund", task_id)
    mine = task.requested_by_id == actor.user_id
    context = {"task": task, "rows": _rows(task), "may_confirm": bool(task.requested_by_id) and not mine}
    return render(request, "desk/refund.html", context)


def _rows(task: RefundTask) -> list[Row]:
    return [
        Row(_("Jumlah"), formats.rupiah(task.amount)),
        Row(_("Sebab"), task.payment.get_status_display()),
        Row(_("Saluran"), task.payment.gateway),
        Row(_("Nomor pembayaran"), task.payment.payment_ref),
        Row(_("Dibayar"), formats.moment(task.payment.paid_at)),
        Row(_("Tanda tangan pertama"), str(task.requested_by or "–")),
        Row(_("Tanda tangan kedua"), str(task.confirmed_by or "–")),
        Row(_("Dikembalikan"), formats.moment(task.done_at) or "–"),
    ]

"""The daily tie-out: a bank's file against the books, and what differs until two people have settled it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.errors import Invalid, Missing
from agencies.models import Role
from mall import doors
from mall.design import formats
from mall.design.fields import DatePartsField
from mall.design.parts import Cell, Column, Row, Table
from mall.desk.posts import status_of
from mall.doors import actor_of
from mall.forms import faults
from workflows import paging
from workflows.actors import Actor
from workflows.charges.bank import queries, services
from workflows.charges.bank.models import Difference, DifferenceState

KEEPERS = (Role.MANAGER, Role.ADMINISTRATOR)


class BankFileForm(forms.Form):
    """One day and the bank's file of it."""

    day = DatePartsField(label=gettext_lazy("Hari"), help_text=gettext_lazy("Tanggal buku bank."))
    file = forms.FileField(
        label=gettext_lazy("Berkas bank"),
        help_text=gettext_lazy("CSV UTF-8 dengan kolom tanggal, referensi, jumlah, keterangan; hanya uang masuk."),
        allow_empty_file=True,
    )


class ExplanationForm(forms.Form):
    """Why the bank and the books differ."""

    explanation = forms.CharField(
        label=gettext_lazy("Penjelasan"),
        help_text=gettext_lazy("Sebab selisih dan tindakan yang diambil."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@doors.staff(*KEEPERS)
def bank(request: HttpRequest) -> HttpResponse:
    """What is not settled, the balance of every account, and the next file. Three queries."""
    actor = actor_of(request)
    open_ones = queries.open_differences(actor)
    form = BankFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _tied(request, actor, form):
        return redirect("desk:bank")
    page = paging.page(open_ones, order=("day", "id"), cursor=request.GET.get("after", ""))
    context = {
        "form": form,
        "table": _table(list(page.items)) if page.items else None,
        "next": page.next,
        "last": queries.last_tied(actor),
        "books": _books(actor),
    }
    return render(request, "desk/bank.html", context, status=status_of(request, form))


def _tied(request: HttpRequest, actor: Actor, form: BankFileForm) -> bool:
    """Take the file; False with its wrong lines beside the field."""
    said: dict[str, Any] = form.cleaned_data
    try:
        told = services.tie_out(by=actor, content=said["file"].read(), day=said["day"])
    except Invalid as fault:
        faults.show(form, fault)
        return False
    facts = {"day": formats.day(said["day"]), "matched": told.matched, "sum": formats.rupiah(told.total)}
    sentence = _("%(day)s: %(matched)s pembayaran cocok (%(sum)s), %(found)s selisih baru, %(resolved)s selesai.")
    messages.success(request, sentence % {**facts, "found": told.found, "resolved": told.resolved})
    return True


def _table(rows: list[Difference]) -> Table:
    columns = [
        Column(_("Referensi")),
        Column(_("Selisih")),
        Column(_("Bank"), numeric=True),
        Column(_("Buku"), numeric=True),
        Column(_("Tahap")),
        Column(_("Penanggung jawab")),
    ]
    cells = [
        [
            Cell(one.reference, reverse("desk:difference", args=[one.pk])),
            f"{one.get_kind_display()}, {formats.day(one.day)}",
            _sum(one.bank_amount),
            _sum(one.ledger_amount),
            one.get_state_display(),
            str(one.owner),
        ]
        for one in rows
    ]
    return Table(_("Selisih yang belum selesai"), columns, cells)


def _sum(amount: int | None) -> str:
    return "–" if amount is None else formats.rupiah(amount)


def _books(actor: Actor) -> Table:
    columns = [Column(_("Akun")), Column(_("Debit"), numeric=True), Column(_("Kredit"), numeric=True)]
    rows = [
        [str(account.label), formats.rupiah(debit), formats.rupiah(credit)]
        for account, debit, credit in queries.balances(actor)
    ]
    return Table(_("Buku besar"), columns, rows)


@doors.staff(*KEEPERS)
def difference(request: HttpRequest, difference_id: UUID) -> HttpResponse:
    """One difference, with the signature that is missing."""
    actor = actor_of(request)
    one = queries.difference(actor, difference_id)
    if one is None:
        raise Missing
    closing = request.POST.get("do") == "close"
    form = ExplanationForm(request.POST.dict() if request.method == "POST" and not closing else None)
    if request.method == "POST" and _signed(one, actor, form, closing=closing):
        messages.success(request, _("Tanda tangan Anda tercatat."))
        return redirect("desk:difference", one.pk)
    waiting = one.state == DifferenceState.EXPLAINED
    context = {
        "rows": _rows(one),
        "form": form,
        "open": one.state == DifferenceState.OPEN,
        "waiting": waiting,
        "may_close": waiting and not actor.is_also(one.owner_id),
    }
    return render(request, "desk/difference.html", context, status=status_of(request, form))


def _signed(one: Difference, actor: Actor, form: ExplanationForm, *, closing: bool) -> bool:
    """Give the signature that was asked for; False when the explanation is missing."""
    if closing:
        services.close_difference(difference_id=one.pk, by=actor)
        return True
    if not form.is_valid():
        return False
    said = form.cleaned_data["explanation"]
    services.explain_difference(difference_id=one.pk, by=actor, explanation=said)
    return True


def _rows(one: Difference) -> list[Row]:
    return [
        Row(_("Referensi"), one.reference),
        Row(_("Hari"), formats.day(one.day)),
        Row(_("Selisih"), one.get_kind_display()),
        Row(_("Jumlah menurut bank"), _sum(one.bank_amount)),
        Row(_("Jumlah menurut buku"), _sum(one.ledger_amount)),
        Row(_("Tahap"), one.get_state_display()),
        Row(_("Penanggung jawab"), str(one.owner)),
        Row(_("Penjelasan"), one.explanation or "–"),
        Row(_("Tanda tangan kedua"), str(one.closed_by or "–")),
    ]

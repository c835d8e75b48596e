"""The receipt of a payment: what was paid, line by line with the article, under a number of its own."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.errors import Missing
from mall import doors
from mall.design import formats
from mall.design.parts import Column, Row, Table
from mall.doors import actor_of
from mall.forms.words import in_language
from mall.portal.form.draft import own_case
from mall.portal.posts import needs_person
from workflows.charges.models import Charge
from workflows.charges.receipts import Receipt, receipt_of


@doors.signed_in
@require_safe
@needs_person
def receipt(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The receipt, fit to be printed or kept as PDF by the browser. One query of its own."""
    own = own_case(actor_of(request), case_id)
    found = receipt_of(own)
    if found is None:
        raise Missing
    charge = found.payment.bill.charge
    name = in_language(own.definition.name)
    rows = [
        Row(_("Nomor kuitansi"), found.number),
        Row(_("Permohonan"), f"{own.reference} · {name}"),
        Row(_("Pembayar"), own.organisation.name if own.organisation else own.applicant.name),
        *_paid(found),
        Row(_("Dasar hukum"), charge.law),
    ]
    context = {"case": own, "receipt": found, "rows": rows, "table": _lines(charge), "total": charge.amount}
    return render(request, "portal/receipt.html", context)


def _paid(found: Receipt) -> list[Row]:
    payment = found.payment
    return [
        Row(_("Dibayar"), formats.moment(payment.paid_at)),
        Row(_("Saluran"), payment.gateway),
        Row(_("Nomor pembayaran"), payment.payment_ref),
        Row(_("Kode kuitansi"), found.code),
    ]


def _lines(charge: Charge) -> Table | None:
    """The calculation as it was fixed; nothing where the fee is one fixed sum."""
    if not charge.lines:
        return None
    columns = [Column(_("Uraian")), Column(_("Dasar hukum")), Column(_("Jumlah"), numeric=True)]
    rows = [[one["label"], one.get("law", charge.law), formats.rupiah(one["amount"])] for one in charge.lines]
    return Table(_("Perhitungan"), columns, rows)

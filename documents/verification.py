"""Is this permit, statement or receipt real, and does it hold today? For anybody, without log-in."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from agencies import clock
from agencies.errors import Missing
from agencies.models import Lane
from documents import limits
from documents.letters.phrases import rupiah
from documents.permits import queries
from documents.permits.queries import PublicPermit, Standing
from documents.vault.kinds import MOST_BYTES
from workflows.charges.receipts import Receipt, receipt_under
from workflows.deemed.models import DeemedGrant
from workflows.deemed.queries import stated_under

PER_MINUTE = 60
MINUTE = 60
LONGEST_TYPED = 200
TONES = {Standing.VALID: "good", Standing.NOT_YET: "moving", Standing.SUSPENDED: "yours"}

MEANING: dict[Standing, Promise] = {
    Standing.VALID: _("Dokumen ini terdaftar pada kami dan berlaku hari ini."),
    Standing.NOT_YET: _("Permohonannya sudah disetujui, tetapi dokumennya belum terbit. Jangan dipakai dahulu."),
    Standing.EXPIRED: _("Dokumen ini terdaftar pada kami, tetapi masa berlakunya sudah habis."),
    Standing.SUPERSEDED: _("Dokumen ini sudah digantikan oleh yang lebih baru dan tidak berlaku lagi."),
    Standing.SUSPENDED: _("Dokumen ini sedang dibekukan dan untuk sementara tidak boleh dipakai."),
    Standing.REVOKED: _("Dokumen ini sudah dicabut dan tidak berlaku lagi."),
}
NOTED = _("Nomor ini tercatat pada kami.")


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what the page tells."""

    key: str
    value: str
    change_url: str = ""
    change_label: str = ""


class CodeForm(forms.Form):
    """The code that is printed beside the QR code, in any spelling."""

    kode = forms.CharField(
        label=_("Kode pemeriksaan"),
        help_text=_("16 huruf dan angka di samping kode QR, misalnya ABCD EFGH JKLM 2345."),
        max_length=LONGEST_TYPED,
        error_messages={"required": _("Ketik kode pemeriksaan yang tercetak di dokumen.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "govuk-input--width-20",
            }
        ),
    )

    def clean_kode(self) -> str:
        """The code alone, also when somebody pastes the whole address."""
        code = queries.plain_code(str(self.cleaned_data["kode"]).strip().rstrip("/").rsplit("/", 1)[-1])
        if not code:
            raise forms.ValidationError(self.fields["kode"].error_messages["required"])
        return code


class CompareForm(forms.Form):
    """A file to compare with the register; it is not kept."""

    berkas = forms.FileField(
        label=_("Berkas PDF yang Anda terima"),
        help_text=_("Berkas hanya dibandingkan, tidak disimpan. Paling besar 10 MB."),
        error_messages={
            "required": _("Pilih berkas PDF yang akan diperiksa."),
            "empty": _("Berkas ini kosong."),
        },
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_berkas(self) -> "UploadedFile[bytes]":
        """The file, when it is not too large."""
        upload: UploadedFile[bytes] = self.cleaned_data["berkas"]
        if (upload.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("Berkas ini lebih besar dari 10 MB."))
        return upload


@never_cache
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """A form for the code; a code that is given leads to its page."""
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("verify", code=form.cleaned_data["kode"])
    return render(request, "documents/verify_ask.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, code: str) -> HttpResponse:
    """What the register says of this code; a posted file is compared with it."""
    if not limits.within(request, purpose="verify", most=PER_MINUTE, seconds=MINUTE):
        return _too_often(request)
    try:
        permit = queries.public_permit(code)
    except Missing:
        return _no_permit(request, queries.plain_code(code))
    form = CompareForm(request.POST, request.FILES) if request.method == "POST" else CompareForm()
    same = _is_same(form, permit) if form.is_bound and form.is_valid() else None
    context = {
        "permit": permit,
        "form": form,
        "same": same,
        "rows": facts(permit),
        "tone": TONES.get(permit.standing, "bad"),
        "meaning": NOTED if permit.only_noted else MEANING[permit.standing],
    }
    return render(request, "documents/verify.html", context, status=422 if form.errors else 200)


def _no_permit(request: HttpRequest, code: str) -> HttpResponse:
    """A statement of deemed grant, or a receipt; or that nobody here knows the code. At most two queries."""
    if found := stated_under(code):
        return _statement(request, found)
    if paid := receipt_under(code):
        return _receipt(request, paid)
    return render(request, "documents/verify_unknown.html", {"form": CodeForm()}, status=404)


def _receipt(request: HttpRequest, found: Receipt) -> HttpResponse:
    """What anybody may know of a payment: nobody's name, no number of an application."""
    charge = found.payment.bill.charge
    lines = [
        (_t("Nomor kuitansi"), found.number),
        (_t("Jumlah"), rupiah(charge.amount)),
        (_t("Tanggal"), _day(clock.wib_date(found.payment.paid_at))),
        (_t("Layanan"), charge.case.service.name_id),
        (_t("Status"), charge.get_state_display()),
    ]
    context = {"rows": [Fact(key, value) for key, value in lines], "trial": charge.case.lane == Lane.CANARY}
    return render(request, "documents/verify_receipt.html", context)


def _statement(request: HttpRequest, found: DeemedGrant) -> HttpResponse:
    """A statement of deemed grant, which is no permit."""
    lines = [
        (_t("Nomor"), found.number),
        (_t("Layanan"), found.case.service.name_id),
        (_t("Instansi"), found.case.agency.name),
        (_t("Batas waktu berakhir"), _day(clock.wib_date(found.term_end))),
        (_t("Tanggal pernyataan"), _day(clock.wib_date(found.at))),
        (_t("Dasar hukum"), found.law),
    ]
    trial = found.case.lane == Lane.CANARY
    context = {"rows": [Fact(key, value) for key, value in lines], "trial": trial}
    return render(request, "documents/verify_statement.html", context)


def facts(permit: PublicPermit) -> list[Fact]:
    """What anybody may read about the permit, line by line."""
    lines = [
        (_t("Nomor"), permit.number),
        (_t("Produk"), permit.product),
        (_t("Layanan"), permit.service),
        (_t("Pemohon") if permit.recorded_in else _t("Pemegang"), permit.holder),
        (_t("Diterbitkan oleh"), permit.recorded_in or permit.agency),
        (_t("Tanggal terbit"), _day(permit.issued_on)),
        (_t("Berlaku sampai"), _day(permit.valid_until) if permit.valid_until else _t("Tidak dibatasi tanggal")),
        (_t("Sidik berkas (SHA-256)"), permit.sha256),
    ]
    return [Fact(key, value) for key, value in lines if value]


def _day(when: date) -> str:
    return date_format(when, "j F Y")


def _is_same(form: CompareForm, permit: PublicPermit) -> bool:
    """Are these, byte for byte, the bytes that were issued?"""
    found = hashlib.sha256()
    for chunk in form.cleaned_data["berkas"].chunks():
        found.update(chunk)
    return bool(permit.sha256) and found.hexdigest() == permit.sha256


def _too_often(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _t("Terlalu banyak pemeriksaan"),
        "sentence": _t("Terlalu banyak pemeriksaan dari alamat ini. Tunggu satu menit, lalu coba lagi."),
        "next_url": request.path,
        "next_label": _t("Coba lagi"),
    }
    answer = render(request, "design/problem.html", context, status=429)
    answer["Retry-After"] = str(MINUTE)
    return answer

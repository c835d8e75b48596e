"""What the style guide shows: made-up values, one for each component."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies import clock
from mall.design import icons, states
from mall.design.charts import Chart, Series
from mall.design.fields import DatePartsField, MoneyField, NikInput, NumericInput, PhoneInput
from mall.design.parts import Cell, Column, Crumb, Moment, Problem, Row, Step, Table, Task


class SampleForm(forms.Form):
    """Every kind of field."""

    name = forms.CharField(label=_("Nama lengkap"), help_text=_("Seperti tertulis di KTP."))
    nik = forms.CharField(label=_("NIK"), help_text=_("16 angka di bagian atas KTP."), widget=NikInput)
    phone = forms.CharField(label=_("Nomor telepon"), widget=PhoneInput, required=False)
    born = DatePartsField(label=_("Tanggal lahir"), help_text=_("Misalnya 22 11 1985."))
    capital = MoneyField(label=_("Modal usaha"))
    area = forms.CharField(label=_("Luas bangunan"), widget=NumericInput(suffix="m²"))
    district = forms.ChoiceField(
        label=_("Kecamatan"), choices=[("", _("Pilih kecamatan")), ("1", "Banyuwangi"), ("2", "Glagah")]
    )
    status = forms.ChoiceField(
        label=_("Status tempat usaha"),
        choices=[("own", _("Milik sendiri")), ("rent", _("Sewa")), ("lend", _("Pinjam pakai"))],
        widget=forms.RadioSelect,
    )
    waste = forms.MultipleChoiceField(
        label=_("Limbah yang dihasilkan"),
        choices=[("water", _("Air limbah")), ("solid", _("Sampah padat")), ("none", _("Tidak ada"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    story = forms.CharField(label=_("Uraian kegiatan"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    plan = forms.FileField(label=_("Denah lokasi"), help_text=_("PDF atau foto, paling besar 10 MB."))
    agree = forms.BooleanField(label=_("Keterangan ini benar dan dapat saya pertanggungjawabkan."))


class NameForm(forms.Form):
    """One question alone on its page."""

    status = SampleForm.base_fields["status"]


def everything() -> dict[str, Any]:
    """Return the context of the guide."""
    return {
        "crumbs": [Crumb(_("Beranda"), "#"), Crumb(_("Layanan"), "#"), Crumb(_("Izin praktik"))],
        "plain": SampleForm(prefix="contoh"),
        "form_with_errors": SampleForm({"nik": "12", "born_day": "31", "born_month": "2", "born_year": "1985"}),
        "problems": [Problem(_("NIK harus 16 angka."), "id_nik"), Problem(_("Tanggal itu tidak ada di kalender."))],
        "rows": ANSWERS,
        "tasks": TASKS,
        "steps": STEPS,
        "moments": MOMENTS,
        "table": TABLE,
        "bars": BARS,
        "lines": LINES,
        "case_states": list(states.CASE_TONES),
        "icon_names": icons.names(),
        "when": datetime(2026, 11, 22, 14, 5, tzinfo=clock.WIB),
        "facts": FACTS,
    }


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=clock.WIB)


ANSWERS = [
    Row(_("Nama"), "Siti Aminah", "#"),
    Row(_("Alamat"), "Jalan Kembang 3\nKelurahan Kepatihan, Kecamatan Banyuwangi", "#"),
    Row(_("Modal usaha"), "Rp\u00a025.000.000", "#"),
    Row(_("Nomor permohonan"), "MPP-2026-000123"),
]
FACTS = [
    Row(_("Layanan"), _("Izin praktik dokter")),
    Row(_("Pemohon"), "Siti Aminah"),
    Row(_("Nomor"), "MPP-2026-000123"),
    Row(_("Sisa waktu"), _("2 hari kerja")),
]
TASKS = [
    Task(_("Data pemohon"), "done", "#"),
    Task(_("Tempat usaha"), "doing", "#", _("Alamat, luas, status tanah")),
    Task(_("Berkas"), "fix", "#", _("2 dari 5 sudah diunggah")),
    Task(_("Periksa dan kirim"), "wait"),
]
STEPS = [
    Step(_("Diajukan"), "done", _("17 November")),
    Step(_("Verifikasi berkas"), "done", _("18 November")),
    Step(_("Rekomendasi dinas"), "current", _("paling lambat 25 November")),
    Step(_("Keputusan")),
    Step(_("Izin terbit")),
]
MOMENTS = [
    Moment(_at(20, 9, 12), _("Menunggu rekomendasi Dinas Kesehatan"), current=True, who=_("Verifikator")),
    Moment(
        _at(18, 14, 5),
        _("Berkas dinyatakan lengkap"),
        _("Jangka waktu 5 hari kerja mulai dihitung."),
        who=_("Verifikator"),
        detail=_("Semua syarat ditandai sesuai; dokumen asli dilihat di loket."),
    ),
    Moment(_at(17, 8, 30), _("Permohonan diterima"), _("Nomor tanda terima MPP-2026-000123."), who=_("Pemohon")),
]
TABLE = Table(
    _("Permohonan menurut instansi"),
    [
        Column(_("Instansi")),
        Column(_("Diterima"), numeric=True),
        Column(_("Selesai"), numeric=True),
        Column(_("Tepat waktu"), numeric=True),
    ],
    [
        [Cell(_("Dinas Kesehatan"), "#"), "1.204", "1.180", "97 %"],
        [Cell(_("Dinas Pekerjaan Umum"), "#"), "386", "341", "88 %"],
        [Cell(_("Badan Pendapatan"), "#"), "2.950", "2.948", "100 %"],
    ],
)
BARS = Chart(
    _("Hari kerja sampai izin terbit"),
    _("Izin kesehatan paling cepat, izin bangunan paling lama."),
    _("Bidang"),
    [_("Kesehatan"), _("Perdagangan"), _("Lingkungan"), _("Bangunan gedung")],
    [Series(_("Median"), [3, 4, 7, 14])],
    unit=_("hari kerja"),
)
LINES = Chart(
    _("Lama proses per bulan"),
    _("Separuh izin terbit dalam 4 hari kerja pada bulan Desember, turun dari 6 hari pada Januari."),
    _("Bulan"),
    ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    [
        Series(_("Median"), [6, 6, 5.5, 5, 5, 5, 4.5, None, 4, 4.5, 4, 4]),
        Series(_("Persentil ke-90"), [13, 12, 12, 11, 12, 10, 9.5, None, 9, 9.5, 8, 8]),
    ],
    unit=_("hari kerja"),
    places=1,
)

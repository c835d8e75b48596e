"""The forms of the reporter and of the handlers; what is wrong is said by the services."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from mall.design.fields import DatePartsField
from mall.voice.complaints.machine import REFUSALS, Kind
from mall.voice.complaints.models import Manner
from mall.voice.complaints.queries import agencies_to_choose
from mall.voice.complaints.services.exchanging import NUMBERS
from mall.voice.forms import FindForm, WithFiles, line, words

if TYPE_CHECKING:
    from mall.forms.uploads import Upload

KINDS = (
    (Kind.SERVICE, _("Keluhan tentang layanan")),
    (Kind.OVERSIGHT, _("Dugaan pelanggaran petugas")),
    (Kind.ASPIRATION, _("Aspirasi atau saran")),
    (Kind.INFORMATION, _("Permintaan informasi")),
)
KIND_HINTS = {
    Kind.SERVICE: _("Layanan lambat, tidak sesuai standar, atau petugas kurang baik. Dijawab dalam 14 hari kerja."),
    Kind.OVERSIGHT: _("Penyalahgunaan wewenang atau pelanggaran lain. Diperiksa Inspektorat dalam 60 hari kerja."),
    Kind.ASPIRATION: _("Usul atau harapan untuk layanan yang lebih baik."),
    Kind.INFORMATION: _("Meminta dokumen atau data. Kami alihkan ke permintaan informasi publik (PPID)."),
}
MANNER_HINTS = {
    Manner.NAMED: _("Pengelola pengaduan dan instansi yang diadukan tahu siapa Anda."),
    Manner.CONFIDENTIAL: _("Hanya pengelola pengaduan pusat yang tahu siapa Anda. Instansi yang diadukan tidak."),
    Manner.ANONYMOUS: _("Nama, akun, dan alamat internet Anda tidak disimpan. Kami tidak dapat menghubungi Anda."),
}


def _choose(form: forms.Form, name: str, choices: Any, hints: Any = None) -> None:
    found = form.fields[name]
    assert isinstance(found, forms.ChoiceField)
    found.choices = list(choices)
    if hints:
        found.widget.hints = {str(key): said for key, said in hints.items()}


class ComplaintForm(WithFiles):
    """What happened, where, and who may know who says so."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    case_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    counter = forms.BooleanField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Apa yang ingin Anda sampaikan?"), widget=forms.RadioSelect)
    agency = forms.ChoiceField(label=_("Tentang instansi mana?"), required=False)
    text = words(
        label=_("Ceritakan apa yang terjadi"),
        help_text=_("Kapan, di mana, dan apa yang Anda harapkan. Jangan menulis NIK atau data orang lain."),
    )
    manner = forms.ChoiceField(label=_("Bolehkah nama Anda diketahui?"), widget=forms.RadioSelect)
    name = line(label=_("Nama"), help_text=_("Boleh kosong bila Anda sudah masuk. Kosongkan bila tanpa nama."))
    contact = line(label=_("Cara menghubungi Anda"), help_text=_("Telepon atau surel. Kosongkan bila tanpa nama."))

    field_order = ("kind", "agency", "text", "evidence", "manner", "name", "contact")

    def __init__(self, data: Any = None, files: "MultiValueDict[str, Upload] | None" = None, **options: Any) -> None:
        super().__init__(data, files, **options)
        _choose(self, "kind", KINDS, KIND_HINTS)
        _choose(self, "manner", Manner.choices, MANNER_HINTS)
        _choose(self, "agency", [("", _("Tidak tahu")), *((one.pk, one.name) for one in agencies_to_choose())])


class ReplyForm(WithFiles):
    """More from the reporter."""

    text = words(label=_("Tulisan Anda"))

    field_order = ("text", "evidence")


class FindComplaintForm(FindForm):
    """The code and the word that were shown once."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["code"].label = _("Kode pengaduan")


class WordsForm(forms.Form):
    """Words that the reporter reads."""

    text = words(label=_("Tulisan untuk pelapor"), help_text=_("Pelapor membacanya di halaman pengaduannya."))


class InsideForm(forms.Form):
    """Words that handlers read."""

    text = words(label=_("Alasan"), help_text=_("Hanya dibaca pengelola pengaduan."))


class ForwardForm(WordsForm):
    """About which agency, and what the reporter is told."""

    agency = forms.ChoiceField(
        label=_("Instansi yang berwenang"),
        help_text=_(
            "Pengelola pengaduan instansi itu menerimanya; bila belum ada, tetap pada Anda. Yang berkadar pengawasan "
            "diterima Inspektorat."
        ),
    )
    field_order = ("agency", "text")

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        _choose(self, "agency", [("", _("Pilih instansi")), *((one.pk, one.name) for one in agencies_to_choose())])


class RejectForm(WordsForm):
    """Why, and where the reporter may turn."""

    why = forms.ChoiceField(
        label=_("Alasan"), choices=[(one.value, one.label) for one in REFUSALS], widget=forms.RadioSelect
    )
    field_order = ("why", "text")


class ClassForm(forms.Form):
    """Which class it is."""

    kind = forms.ChoiceField(
        label=_("Golongan"),
        choices=[(one.value, one.label) for one in Kind if one is not Kind.INFORMATION],
        widget=forms.RadioSelect,
        help_text=_("Batas jawaban dihitung ulang sejak pengaduan diterima."),
    )


class ExportForm(forms.Form):
    """Which complaints go to SP4N-LAPOR!, and as which file."""

    first = DatePartsField(label=_("Diterima sejak"), help_text=_("Misalnya 1 11 2026."))
    last = DatePartsField(label=_("Sampai dengan"), help_text=_("Misalnya 30 11 2026."))
    again = forms.BooleanField(label=_("Sertakan yang sudah bernomor SP4N-LAPOR!"), required=False)
    form = forms.ChoiceField(label=_("Berkas"), choices=[("csv", "CSV"), ("xlsx", "XLSX")], widget=forms.RadioSelect)


class NumbersForm(forms.Form):
    """The numbers that came back."""

    file = forms.FileField(
        label=_("Berkas CSV nomor SP4N-LAPOR!"),
        help_text=_("Baris pertama: %(columns)s") % {"columns": ",".join(NUMBERS)},
        allow_empty_file=True,
    )

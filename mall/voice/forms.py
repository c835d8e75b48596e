"""The forms of the reporter and of the inspector; what is wrong is said by the services."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from agencies.queries import active_agencies
from documents.vault.services import Checked, checked
from mall.design.fields import DatePartsField, MoneyField
from mall.forms.uploads import FilesField, checked_files
from mall.voice.levies.machine import LevyOutcome
from mall.voice.levies.models import Forwarded, Manner
from mall.voice.levies.services.filing import LONGEST

if TYPE_CHECKING:
    from mall.forms.uploads import Upload

MOST_RUPIAH = 10**12
HINTS = {
    Manner.ANONYMOUS: _("Nama, akun, dan alamat internet Anda tidak disimpan. Kami tidak dapat menghubungi Anda."),
    Manner.CONFIDENTIAL: _(
        "Hanya Inspektorat yang tahu siapa Anda, bila Anda masuk atau menulis kontak. Kantor yang dilaporkan tidak."
    ),
}


class WithFiles(forms.Form):
    """A form with evidence."""

    evidence = FilesField(
        accept=".pdf,.jpg,.jpeg,.png",
        label=_("Bukti"),
        help_text=_("Foto, tangkapan layar, atau PDF, paling besar 10 MB. Keterangan tempat di dalam foto dihapus."),
    )

    def checked_files(self) -> list[Checked]:
        """The files after the checks of the vault; what will not do is an error of the field."""
        return checked_files(self, "evidence", checked)


def words(**options: Any) -> forms.CharField:
    """A long text."""
    return forms.CharField(
        max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST}), **options
    )


def line(**options: Any) -> forms.CharField:
    """One line that may stay empty."""
    attrs = {"autocomplete": "off"}
    return forms.CharField(max_length=200, required=False, widget=forms.TextInput(attrs=attrs), **options)


class ReportForm(WithFiles):
    """What was asked for, where, when and by whom."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    service = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    manner = forms.ChoiceField(label=_("Bagaimana Anda ingin melapor?"), widget=forms.RadioSelect)
    asked = words(label=_("Apa yang diminta, dan bagaimana terjadinya?"))
    amount = MoneyField(label=_("Berapa yang diminta?"), required=False)
    office = forms.ChoiceField(label=_("Kantor yang dilaporkan"), required=False)
    place = line(label=_("Tempatnya"), help_text=_("Misalnya nomor loket, ruang, atau alamat."))
    happened_on = DatePartsField(label=_("Kapan?"), help_text=_("Perkiraan boleh. Misalnya 22 11 2026."))
    named = line(label=_("Siapa yang meminta?"), help_text=_("Nama, jabatan, atau ciri-cirinya, bila Anda tahu."))
    reference = line(label=_("Nomor permohonan"), help_text=_("Kosongkan bila ingin melapor tanpa nama."))
    contact = line(label=_("Cara menghubungi Anda"), help_text=_("Kosongkan bila ingin melapor tanpa nama."))

    field_order = (
        "manner", "asked", "amount", "office", "place", "happened_on", "named", "evidence", "reference", "contact",
    )  # fmt: skip

    def __init__(self, data: Any = None, files: "MultiValueDict[str, Upload] | None" = None, **options: Any) -> None:
        super().__init__(data, files, **options)
        manner, office = self.fields["manner"], self.fields["office"]
        assert isinstance(manner, forms.ChoiceField)
        assert isinstance(office, forms.ChoiceField)
        manner.choices = Manner.choices
        manner.widget.hints = {str(key): said for key, said in HINTS.items()}
        office.choices = [("", _("Tidak tahu, atau bukan kantor di mal")), *((a.pk, a.name) for a in active_agencies())]

    def clean_amount(self) -> int | None:
        """Whole rupiah within reason."""
        amount = self.cleaned_data["amount"]
        if amount is None:
            return None
        if not 0 <= amount <= MOST_RUPIAH or amount % 1:
            raise forms.ValidationError(_("Tulis jumlah rupiah tanpa sen, misalnya 50.000."))
        return int(amount)


class AddForm(WithFiles):
    """More from the reporter."""

    text = words(label=_("Tambahan Anda"))

    field_order = ("text", "evidence")


class FindForm(forms.Form):
    """The code and the word that were shown once."""

    code = forms.CharField(
        label=_("Kode laporan"),
        help_text=_("8 huruf dan angka."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-10", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
    word = forms.CharField(
        label=_("Kata rahasia"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """The code without spaces or hyphens, in capitals."""
        return "".join(letter for letter in self.cleaned_data["code"].upper() if letter.isalnum())


class AnswerForm(forms.Form):
    """Words to the reporter."""

    text = words(label=_("Tulisan untuk pelapor"), help_text=_("Pelapor membacanya dengan kode laporannya."))


class ForwardForm(AnswerForm):
    """To whom, and what the reporter is told."""

    to = forms.ChoiceField(label=_("Diteruskan kepada"), choices=Forwarded.choices, widget=forms.RadioSelect)
    field_order = ("to", "text")


class CloseForm(AnswerForm):
    """What was found, and what the reporter is told."""

    outcome = forms.ChoiceField(label=_("Hasil pemeriksaan"), choices=LevyOutcome.choices, widget=forms.RadioSelect)
    field_order = ("outcome", "text")

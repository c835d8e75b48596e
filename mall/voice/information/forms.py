"""The forms of the requester, the PPID and her superior; what is wrong is said by the services."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from documents.vault.services import Checked, checked
from mall.design.fields import DatePartsField, MoneyField, NikInput
from mall.forms.uploads import FilesField, checked_files
from mall.voice.forms import MOST_RUPIAH
from mall.voice.information.exemptions import PERSONAL_SECRETS, ExemptionTest, Ground
from mall.voice.information.machine import ANSWERED, Extension
from mall.voice.information.models import FormHeld, Identity, Receive
from mall.voice.information.objections import Reason, Verdict
from mall.voice.information.services import Told
from mall.voice.information.services.exempting import Tested
from mall.voice.information.services.filing import LONGEST
from mall.voice.information.services.handling import Answer

PARTS = 4
"""Parts that one answer may withhold on the page."""
YES_NO = (("yes", _("Ya")), ("no", _("Tidak")))


def words(rows: int = 5, **options: Any) -> forms.CharField:
    """A long text."""
    box = forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST})
    return forms.CharField(max_length=LONGEST, widget=box, **options)


def line(*, autocomplete: str = "off", **options: Any) -> forms.CharField:
    """One line."""
    box = forms.TextInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(**{"max_length": 200, "widget": box, **options})


class NeededBySome(forms.CharField):
    """A line that some must fill in and others not: the service says who."""

    def validate(self, value: Any) -> None:
        """Nothing is missing yet."""


class AskForm(forms.Form):
    """What the law's form asks, and no more (UU 14/2008 art. 22(4))."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    wanted = words(
        label=_("Informasi apa yang Anda minta?"),
        help_text=_("Sebutkan dokumen, data, atau kegiatan, dan tahunnya bila perlu."),
    )
    purpose = words(3, label=_("Untuk apa informasi itu dipakai?"))
    receive = forms.ChoiceField(
        label=_("Bagaimana Anda ingin memperolehnya?"),
        help_text=_("Biaya salinan kertas dinyatakan di jawaban sebelum Anda membayar."),
        choices=Receive.choices,
        widget=forms.RadioSelect,
    )
    identity = forms.ChoiceField(label=_("Anda meminta sebagai"), choices=Identity.choices, widget=forms.RadioSelect)
    name = line(label=_("Nama"), help_text=_("Nama lengkap, atau nama badan hukum."), autocomplete="name")
    nik = NeededBySome(
        label=_("NIK"),
        help_text=_("Hanya untuk perorangan. 16 angka, disimpan terenkripsi."),
        max_length=30,
        widget=NikInput(),
    )
    legal_no = NeededBySome(
        label=_("Nomor pengesahan badan hukum"), help_text=_("Hanya untuk badan hukum."), max_length=200
    )
    address = line(label=_("Alamat"), autocomplete="street-address")
    contact = line(label=_("Surel atau nomor telepon"), autocomplete="email")
    occupation = line(label=_("Pekerjaan"), required=False)

    def __init__(self, data: Any = None, *, known: bool = False, **options: Any) -> None:
        super().__init__(data, **options)
        if known:
            del self.fields["nik"]

    def told(self) -> Told:
        """What the service takes. Call after `is_valid`."""
        return Told(**{name: value for name, value in self.cleaned_data.items() if name != "key"})


class ObjectForm(forms.Form):
    """Why the requester does not agree."""

    reason = forms.ChoiceField(label=_("Alasan keberatan"), choices=Reason.choices, widget=forms.RadioSelect)
    text = words(label=_("Jelaskan keberatan Anda"))


class RespondForm(forms.Form):
    """What she says to the superior's decision."""

    text = words(3, label=_("Tanggapan Anda atas putusan atasan PPID"))


class ExtendForm(forms.Form):
    """One of the two lawful reasons."""

    reason = forms.ChoiceField(label=_("Alasan perpanjangan"), choices=Extension.choices, widget=forms.RadioSelect)


class AnswerForm(forms.Form):
    """The written answer; each part that stays closed names its test."""

    decision = forms.ChoiceField(
        label=_("Jawaban"), choices=[(one.value, one.label) for one in ANSWERED], widget=forms.RadioSelect
    )
    text = words(
        8,
        label=_("Jawaban tertulis untuk pemohon"),
        help_text=_("Bila tidak dikuasai, sebutkan badan publik yang menguasainya bila Anda tahu."),
    )
    under_control = forms.ChoiceField(
        label=_("Apakah informasi ini dikuasai?"), choices=YES_NO, widget=forms.RadioSelect
    )
    documented = forms.ChoiceField(label=_("Apakah sudah didokumentasikan?"), choices=YES_NO, widget=forms.RadioSelect)
    form_held = forms.ChoiceField(
        label=_("Bentuk informasi"), choices=[("", _("Tidak ada")), *FormHeld.choices], required=False
    )
    attached = FilesField(
        accept=".pdf,.jpg,.jpeg,.png", label=_("Berkas"), help_text=_("PDF atau gambar, paling besar 10 MB.")
    )
    cost = MoneyField(label=_("Biaya salinan kertas"), required=False)
    payment = line(label=_("Cara membayar"), required=False, max_length=120)

    def __init__(self, *args: Any, tests: list[ExemptionTest], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("Pilih uji konsekuensi")), *((str(one.pk), f"{one.number}: {one.subject}") for one in tests)]
        for number in range(1, PARTS + 1):
            said = {"n": number}
            self.fields[f"part_{number}"] = line(
                label=_now("Bagian %(n)s yang tidak diberikan") % said, required=False, max_length=300
            )
            self.fields[f"test_{number}"] = forms.ChoiceField(
                label=_now("Uji konsekuensi untuk bagian %(n)s") % said, required=False, choices=choices
            )
        parts = [f"{name}_{number}" for number in range(1, PARTS + 1) for name in ("part", "test")]
        self.order_fields(["decision", "text", *parts])

    def clean_cost(self) -> int:
        """Whole rupiah within reason; none typed is none."""
        amount = self.cleaned_data["cost"] or 0
        if not 0 <= amount <= MOST_RUPIAH or amount % 1:
            raise forms.ValidationError(_("Tulis jumlah rupiah tanpa sen, misalnya 50.000."))
        return int(amount)

    def told(self) -> Answer:
        """What the service takes. Call after `is_valid`."""
        said = self.cleaned_data
        pairs = [(said[f"part_{n}"], said[f"test_{n}"]) for n in range(1, PARTS + 1)]
        return Answer(
            decision=said["decision"],
            text=said["text"],
            under_control=said["under_control"] == "yes",
            documented=said["documented"] == "yes",
            form_held=said["form_held"],
            withheld=[(part, UUID(test) if test else UUID(int=0)) for part, test in pairs if part or test],
            cost=said["cost"],
            payment=said["payment"],
        )

    def checked_files(self) -> list[Checked]:
        """The files after the checks of the vault; what will not do is an error of the field."""
        return checked_files(self, "attached", checked)


class HandOverForm(forms.Form):
    """When it was handed over."""

    on = DatePartsField(label=_("Tanggal penyerahan"))


class SummaryForm(forms.Form):
    """What the public may read of a request."""

    summary = line(
        label=_("Ringkasan netral"),
        help_text=_("Tanpa nama, alamat, atau keterangan tentang orang. Kosongkan untuk menariknya kembali."),
        required=False,
        max_length=300,
    )


class DisputeForm(forms.Form):
    """What the Information Commission has registered."""

    number = line(label=_("Nomor register Komisi Informasi"), max_length=60)
    on = DatePartsField(label=_("Tanggal pengajuan sengketa"))


class ExemptForm(forms.Form):
    """A consequence test."""

    subject = line(label=_("Informasi yang dikecualikan"), help_text=_("Jenisnya, tanpa nama orang. Dibaca umum."))
    ground = forms.ChoiceField(label=_("Dasar"), help_text=PERSONAL_SECRETS, choices=Ground.choices)
    law = line(label=_("Undang-undang dan pasal lain yang dikutip"), max_length=300)
    if_opened = words(4, label=_("Akibat bila dibuka"))
    if_closed = words(4, label=_("Akibat bila ditutup, dan kepentingan publik yang ditimbang"))
    expires_on = DatePartsField(label=_("Berlaku sampai"))

    def told(self) -> Tested:
        """What the service takes. Call after `is_valid`."""
        return Tested(**self.cleaned_data)


class JudgeForm(forms.Form):
    """The superior's decision."""

    verdict = forms.ChoiceField(label=_("Putusan"), choices=Verdict.choices, widget=forms.RadioSelect)
    text = words(8, label=_("Tanggapan tertulis untuk pemohon"))

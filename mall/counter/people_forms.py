"""What a clerk types about a person at the counter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.choices import CHECKED_LEVELS
from agencies.models import Person, ProofLevel, Sex
from mall.design.fields import DatePartsField, NikInput, NumericInput, PhoneInput
from mall.forms.questions import village_choices


class ContactForm(forms.Form):
    """How to reach a person and where she lives; what a clerk may put right without the card."""

    phone = forms.CharField(
        label=_("Nomor telepon"), help_text=_("Misalnya 0812-3456-7890."), required=False, widget=PhoneInput
    )
    email = forms.CharField(
        label=_("Alamat surel"),
        help_text=_("Tanpa surel, pemohon dikabari lewat telepon."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    address = forms.CharField(
        label=_("Alamat tempat tinggal"),
        help_text=_("Jalan, nomor, RT/RW, dusun."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    village_code = forms.ChoiceField(label=_("Desa atau kelurahan"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["village_code"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", _("Di luar Kabupaten Banyuwangi, atau belum tahu")), *village_choices()]

    @staticmethod
    def known_of(person: Person) -> dict[str, Any]:
        """What the form shows of a person who is known."""
        return {
            "phone": person.phone,
            "email": person.email,
            "address": person.address,
            "village_code": person.village_id or "",
        }


class PersonForm(ContactForm):
    """A person who stands at the counter for the first time, as her card says."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Nama lengkap"),
        help_text=_("Seperti tertulis di KTP-el. Satu kata pun cukup."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    nik = forms.CharField(
        label=_("NIK"), help_text=_("16 angka di KTP-el. Kosongkan jika belum punya."), required=False, widget=NikInput
    )
    kk = forms.CharField(label=_("Nomor Kartu Keluarga"), required=False, widget=NikInput)
    birth_date = DatePartsField(label=_("Tanggal lahir"), help_text=_("Misalnya 5 11 1985."))
    sex = forms.ChoiceField(label=_("Jenis kelamin"), choices=Sex.choices, widget=forms.RadioSelect)

    field_order = ("key", "nik", "name", "birth_date", "sex", "phone", "email", "address", "village_code", "kk")

    def said(self) -> dict[str, Any]:
        """As the service takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


class CardForm(forms.Form):
    """How the clerk compared the identity card with the person in front of her."""

    level = forms.ChoiceField(
        label=_("Cara memeriksa KTP-el"),
        choices=[(level.value, level.label) for level in ProofLevel if level in CHECKED_LEVELS],
        widget=forms.RadioSelect,
    )
    seen = forms.BooleanField(label=_("Orangnya hadir dan sesuai dengan foto dan data di KTP-el."))


KINDS = ("PT", "CV", "UD", "Firma", "Koperasi", "Yayasan", "Perkumpulan", "BUM Desa")


class OrganisationForm(forms.Form):
    """A business or body that the person speaks for."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Nama badan atau usaha"), help_text=_("Seperti tertulis di akta atau NIB."))
    kind = forms.ChoiceField(
        label=_("Bentuk badan"),
        required=False,
        choices=[("", _("Pilih bentuk badan")), *((kind, kind) for kind in KINDS), ("lainnya", _("Lainnya"))],
    )
    nib = forms.CharField(
        label=_("NIB"),
        help_text=_("13 angka dari OSS. Kosongkan jika belum punya."),
        required=False,
        widget=NumericInput({"class": "govuk-input--width-20"}),
    )
    npwp = forms.CharField(
        label=_("NPWP badan"), required=False, widget=NumericInput({"class": "govuk-input--width-20"})
    )
    address = forms.CharField(label=_("Alamat badan"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    title = forms.CharField(
        label=_("Jabatan orang ini"), required=False, help_text=_("Misalnya direktur, pemilik, atau penerima kuasa.")
    )

    def said(self) -> dict[str, Any]:
        """As the service takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("key", "title")}

"""The forms about a person and the organisations she speaks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.identifiers import mask_nik
from agencies.models import Person, Sex
from mall.design.fields import DatePartsField, NikInput, PhoneInput
from mall.forms.questions import village_choices

OUTSIDE = ("", _("Di luar Kabupaten Banyuwangi, atau belum tahu"))
"""No village of ours: the person lives elsewhere and writes her whole address."""


class KeptField(forms.CharField):
    """A number that is asked for until it is known; then an empty box leaves it as it is."""

    known = False

    def validate(self, value: Any) -> None:
        """An empty box is a fault only while nothing is known."""
        if not self.known:
            super().validate(value)


class ProfileForm(forms.Form):
    """Who somebody is. What is known and secret is left empty and stays as it is."""

    name = forms.CharField(
        label=_("Nama lengkap"),
        help_text=_("Seperti tertulis di KTP-el. Satu kata pun cukup."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    nik = KeptField(label=_("NIK"), help_text=_("16 angka di KTP-el."), widget=NikInput)
    birth_date = DatePartsField(label=_("Tanggal lahir"), help_text=_("Misalnya 5 11 1985."))
    sex = forms.ChoiceField(label=_("Jenis kelamin"), choices=Sex.choices, widget=forms.RadioSelect)
    phone = forms.CharField(
        label=_("Nomor telepon"), help_text=_("Untuk mengabari Anda. Misalnya 0812-3456-7890."), widget=PhoneInput
    )
    email = forms.CharField(
        label=_("Alamat surel"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    address = forms.CharField(
        label=_("Alamat tempat tinggal"),
        help_text=_("Jalan, nomor, RT/RW, dusun."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    village_code = forms.ChoiceField(label=_("Desa atau kelurahan"), required=False)
    kk = KeptField(
        label=_("Nomor Kartu Keluarga"),
        required=False,
        help_text=_("16 angka di bagian atas KK."),
        widget=NikInput,
    )

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["village_code"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [OUTSIDE, *village_choices()]
        if person is not None:
            self._keep_secret("nik", person.nik)
            self._keep_secret("kk", person.kk)

    def _keep_secret(self, name: str, known: str) -> None:
        """A number that we have is not shown again; an empty box leaves it as it is."""
        field = self.fields[name]
        if known and isinstance(field, KeptField):
            field.known = True
            told = _("Tercatat: %(number)s. Kosongkan jika tidak berubah.")
            field.help_text = str(told) % {"number": mask_nik(known)}

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it; None is "as it was"."""
        said = dict(self.cleaned_data)
        for secret in ("nik", "kk"):
            said[secret] = said[secret] or None
        return said


def known_of(person: Person) -> dict[str, Any]:
    """What the form shows of a person who is known."""
    return {
        "name": person.name,
        "birth_date": person.birth_date,
        "sex": person.sex,
        "phone": person.phone,
        "email": person.email,
        "address": person.address,
        "village_code": person.village_id or "",
    }


KINDS = ("PT", "CV", "UD", "Firma", "Koperasi", "Yayasan", "Perkumpulan", "BUM Desa")


class OrganisationForm(forms.Form):
    """A business or body that a person speaks for."""

    name = forms.CharField(label=_("Nama badan atau usaha"), help_text=_("Seperti tertulis di akta atau NIB."))
    kind = forms.ChoiceField(
        label=_("Bentuk badan"),
        required=False,
        choices=[("", _("Pilih bentuk badan")), *((kind, kind) for kind in KINDS), ("lainnya", _("Lainnya"))],
    )
    nib = forms.CharField(
        label=_("NIB"),
        required=False,
        help_text=_("13 angka dari OSS. Kosongkan jika belum punya."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-20"}),
    )
    npwp = forms.CharField(
        label=_("NPWP badan"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-20"}),
    )
    address = forms.CharField(label=_("Alamat badan"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    title = forms.CharField(
        label=_("Jabatan Anda"), required=False, help_text=_("Misalnya direktur, pemilik, atau penerima kuasa.")
    )

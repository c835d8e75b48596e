"""What is asked about a ticket at the counter."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Site
from mall.counter.tickets.machine import Outcome, Priority, Reason


class NewTicketForm(forms.Form):
    """For whom a number is taken: where, in which line, in which class. No name is asked."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    site = forms.ChoiceField(label=_("Lokasi"), widget=forms.RadioSelect)
    agency = forms.ChoiceField(label=_("Antrean"))
    priority = forms.ChoiceField(
        label=_("Golongan pengunjung"),
        help_text=_("Golongan prioritas dipanggil lebih dahulu."),
        choices=Priority.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, sites: Sequence[Site], agencies: Sequence[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("site", [(one.pk, one.name) for one in sites]),
            ("agency", [("", _("Pilih antrean")), *((one.pk, one.name) for one in agencies)]),
        ):
            asked = self.fields[name]
            assert isinstance(asked, forms.ChoiceField)
            asked.choices = choices


class CallForm(forms.Form):
    """Why this one is called before its turn."""

    reason = forms.ChoiceField(
        label=_("Mengapa nomor ini didahulukan?"),
        help_text=_("Alasan tercatat dan dapat diperiksa."),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih alasan memanggil nomor ini sebelum yang lain.")},
    )


class FinishForm(forms.Form):
    """With what the visitor goes home."""

    outcome = forms.ChoiceField(label=_("Hasil layanan"), choices=Outcome.choices, widget=forms.RadioSelect)
    case = forms.CharField(
        label=_("Nomor tanda terima permohonan"),
        help_text=_("Hanya jika hasilnya permohonan. Misalnya MPP-2026-000123."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}),
    )

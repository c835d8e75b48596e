"""Who has come to the counter, and on what ground: the same questions for an application and for an objection."""

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.cases.mandates import Mandate, Presented


class MandateForm(forms.Form):
    """Who came, and on what ground she acts for the applicant."""

    kind = forms.ChoiceField(label=_("Siapa yang hadir?"), choices=Mandate.Kind.choices, widget=forms.RadioSelect)
    bearer = forms.CharField(
        label=_("Nama yang hadir"), help_text=_("Jika bukan pemohon sendiri."), required=False, max_length=160
    )
    note = forms.CharField(
        label=_("Catatan"),
        help_text=_("Misalnya nomor surat kuasa atau hubungan keluarga."),
        required=False,
        max_length=400,
    )

    def mandate(self) -> dict[str, str]:
        """The mandate as the services take it."""
        return {name: self.cleaned_data[name] for name in ("kind", "bearer", "note")}

    def presented(self) -> Presented:
        """The same, for an objection."""
        return Presented(**self.mandate())

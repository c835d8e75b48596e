"""The forms of agencies and of the mall; what is wrong is said by the services."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from mall.transparency.league.services import LONGEST


def words(**options: object) -> forms.CharField:
    """A long text."""
    attrs = {"rows": 6, "maxlength": LONGEST}
    return forms.CharField(required=False, strip=True, widget=forms.Textarea(attrs=attrs), **options)  # type: ignore[arg-type]


class ContestForm(forms.Form):
    """In whose name, and what is wrong."""

    agency = forms.ChoiceField(label=_("Instansi"))
    reason = words(
        label=_("Apa yang keliru?"),
        help_text=_("Tulis tanpa nama atau nomor pemohon: sanggahan diumumkan bersama liga."),
    )

    def __init__(self, *args: object, agencies: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["agency"].choices = list(agencies)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """Yes or no, and why."""

    accept = forms.TypedChoiceField(
        label=_("Jawaban"),
        choices=[("1", _("Diterima: angka dihitung ulang setelah diperbaiki")), ("0", _("Ditolak"))],
        coerce=lambda said: said == "1",
        widget=forms.RadioSelect,
    )
    answer = words(label=_("Alasan"), help_text=_("Apa yang diperiksa dan apa hasilnya. Diumumkan bersama liga."))

"""The forms of agencies and of the mall."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mall.transparency.league.services import LONGEST, NO_ANSWER, NO_REASON


def words(*, missing: Any, **options: Any) -> forms.CharField:
    """A long text that must be there; `missing` is said where it is not."""
    attrs = {"rows": 6, "maxlength": LONGEST}
    return forms.CharField(widget=forms.Textarea(attrs=attrs), error_messages={"required": missing}, **options)


class ContestForm(forms.Form):
    """In whose name, and what is wrong."""

    agency = forms.ChoiceField(label=_("Instansi"))
    reason = words(
        label=_("Apa yang keliru?"),
        help_text=_("Tulis tanpa nama atau nomor pemohon: sanggahan diumumkan bersama liga."),
        missing=NO_REASON,
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
    answer = words(
        label=_("Alasan"),
        help_text=_("Apa yang diperiksa dan apa hasilnya. Diumumkan bersama liga."),
        missing=NO_ANSWER,
    )

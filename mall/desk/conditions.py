"""The rows in which an officer writes conditions: a sentence each, and by when it must be met."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from workflows.cases.advice import LONGEST_DUE, Condition

FEWEST, STEP, MOST = 2, 3, 20
DAYS = ("%d-%m-%Y", "%d/%m/%Y", "%d %m %Y", "%Y-%m-%d")


class DueField(forms.CharField):
    """A due as people write it: `30` is so many days after the grant, `31-12-2026` a day; empty is none."""

    def clean(self, value: Any) -> int | date | None:
        """The number of days, the day, or None."""
        typed = str(super().clean(value)).strip()
        if not typed:
            return None
        if typed.isdigit() and len(typed) <= len(str(LONGEST_DUE)):
            return int(typed)
        for spelling in DAYS:
            try:
                return datetime.strptime(typed, spelling).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        raise ValidationError(_("Tulis jumlah hari, misalnya 30, atau tanggal, misalnya 31-12-2026."), code="invalid")


class ConditionsForm(forms.Form):
    """A form that ends in rows of conditions; there are as many rows as its page asked for."""

    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.count = _count(data)
        self.initial["rows"] = self.count
        for at in range(1, self.count + 1):
            self.fields[f"clause_{at}"] = forms.CharField(
                label=_("Syarat %(at)s") % {"at": at},
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"due_{at}"] = DueField(
                label=_("Batas waktu syarat %(at)s") % {"at": at},
                help_text=_("Boleh kosong. Jumlah hari setelah izin terbit (30) atau tanggal (31-12-2026)."),
                required=False,
                max_length=20,
                widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
            )

    @property
    def pairs(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The two boxes of each row."""
        return ((self[f"clause_{at}"], self[f"due_{at}"]) for at in range(1, self.count + 1))

    @property
    def plain(self) -> Iterator[BoundField]:
        """The other fields of the page."""
        return (one for one in self.visible_fields() if not one.name.startswith(("clause_", "due_")))

    def clean(self) -> dict[str, Any]:
        """A due belongs to a sentence."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for at in range(1, self.count + 1):
            if said.get(f"due_{at}") is not None and not said.get(f"clause_{at}", "").strip():
                self.add_error(f"clause_{at}", _("Tulis syaratnya, atau kosongkan batas waktunya."))
        return said

    def said(self) -> dict[str, Any]:
        """As the service takes it: the plain fields, and the conditions that say something."""
        plain = {one.name: self.cleaned_data[one.name] for one in self.plain}
        rows = [(self.cleaned_data[f"clause_{at}"], self.cleaned_data[f"due_{at}"]) for at in range(1, self.count + 1)]
        return plain | {"conditions": [_condition(text, due) for text, due in rows if text.strip()]}


def _condition(text: str, due: int | date | None) -> Condition:
    if isinstance(due, date):
        return Condition(text, due_on=due)
    return Condition(text, due_days=due)


def _count(data: Mapping[str, Any] | None) -> int:
    """How many rows: as many as were shown, and more when more are asked for."""
    given = str((data or {}).get("rows", ""))
    shown = int(given) if given.isdigit() and len(given) <= len(str(MOST)) else FEWEST
    return max(FEWEST, min(MOST, shown))


def grown(data: Any) -> Any:
    """What was typed, with room for more rows."""
    data = data.copy()
    data["rows"] = str(min(MOST, _count(data) + STEP))
    return data

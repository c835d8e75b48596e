"""The rows in which an office writes what the applicant must put right: a sentence each, and where it shows."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from mall.forms.words import in_language
from workflows.cases.models import RequirementCheck
from workflows.definition.model import Definition

FEWEST, STEP, MOST = 2, 3, 20
ELSEWHERE = "-"
"""No paper shows it: a visit or a technical check found it."""


class WantingForm(forms.Form):
    """Rows of things to put right; there are as many as the page asked for."""

    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, definition: Definition, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.count = _count(data)
        self.initial["rows"] = self.count
        choices = _places(definition)
        for at in range(1, self.count + 1):
            self.fields[f"what_{at}"] = forms.CharField(
                label=_("Yang harus diperbaiki (%(at)s)") % {"at": at},
                help_text=_("Satu hal, dalam kalimat yang dipahami pemohon.") if at == 1 else "",
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"about_{at}"] = forms.ChoiceField(
                label=_("Tampak di mana (%(at)s)") % {"at": at}, required=False, choices=choices
            )

    @property
    def pairs(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The two boxes of each row."""
        return ((self[f"what_{at}"], self[f"about_{at}"]) for at in range(1, self.count + 1))

    def clean(self) -> dict[str, Any]:
        """A sentence says where it shows, and something is said at all."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for at in range(1, self.count + 1):
            told, place = said.get(f"what_{at}", "").strip(), said.get(f"about_{at}", "")
            if told and not place:
                self.add_error(f"about_{at}", _("Pilih di mana hal ini tampak."))
            elif place and not told:
                self.add_error(f"what_{at}", _("Tulis apa yang harus diperbaiki, atau kosongkan pilihannya."))
        return said

    def said(self) -> dict[str, list[str]]:
        """As the service takes it."""
        rows = [(self.cleaned_data[f"what_{at}"], self.cleaned_data[f"about_{at}"]) for at in range(1, self.count + 1)]
        told = [(text, "" if place == ELSEWHERE else place) for text, place in rows if text.strip()]
        return {"what": [text for text, _place in told], "about": [place for _text, place in told]}


def _places(definition: Definition) -> list[tuple[str, Any]]:
    papers = [(one.code, in_language(one.name)) for one in definition.requirements]
    return [
        ("", _("Pilih")),
        (ELSEWHERE, _("Tidak tampak di berkas: hasil pemeriksaan lapangan atau teknis")),
        (RequirementCheck.ANSWERS, _("Isian formulir dan data pemohon")),
        *papers,
    ]


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

"""The forms of this face; what is wrong with a file or a wish is said by the services."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models.people import DISTRICT
from documents.vault.services import Checked, checked
from mall.design.fields import DatePartsField, NumericInput
from mall.forms.uploads import FilesField, checked_files
from mall.importing.columns import Column
from mall.registers import looking
from mall.registers.kinds import PROGRAMMES, Told, regions
from mall.registers.models import Entry
from mall.registers.services.correcting import LONGEST


def words(*, most: int = LONGEST, **options: Any) -> forms.CharField:
    """A text of some lines."""
    return forms.CharField(max_length=most, widget=forms.Textarea(attrs={"rows": 4, "maxlength": most}), **options)


def explained(reason: str) -> None:
    """Say at once, beside all other faults, that a reason is too short."""
    if fault := looking.reason_fault(reason):
        raise forms.ValidationError(fault)


class UploadForm(forms.Form):
    """A file, the year it tells of, and until when the next one comes."""

    file = forms.FileField(label=_("Berkas CSV atau XLSX"), allow_empty_file=True)
    period = forms.CharField(
        label=_("Tahun"),
        help_text=_("Misalnya 2026."),
        max_length=4,
        widget=NumericInput({"class": "govuk-input--width-4"}),
    )
    agency = forms.ChoiceField(label=_("Untuk instansi"))
    next_due = DatePartsField(label=_("Berkas berikutnya paling lambat"), help_text=_("Misalnya 31 1 2027."))

    def __init__(self, agencies: list[tuple[str, str]], *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        choice = self.fields["agency"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = agencies
        if len(agencies) == 1:
            del self.fields["agency"]


class CorrectionForm(forms.Form):
    """What is wrong with a row, what would be right, and what shows it."""

    wrong = words(label=_("Apa yang salah?"), help_text=_("Misalnya: desa saya tertulis lain."))
    right = words(label=_("Seharusnya bagaimana?"))
    evidence = FilesField(
        accept=".pdf,.jpg,.jpeg,.png",
        label=_("Bukti, bila ada"),
        help_text=_("Satu foto atau PDF, paling besar 10 MB. Hanya dibaca petugas yang menjawab."),
    )

    def checked_files(self) -> list[Checked]:
        """The file after the checks of the vault; what will not do is an error of the field."""
        return checked_files(self, "evidence", checked)


class PurposeForm(forms.Form):
    """Why one wants to look, and at whom."""

    purpose = forms.ChoiceField(label=_("Untuk apa Anda melihat data ini?"), widget=forms.RadioSelect)
    reason = words(
        most=looking.LONGEST,
        label=_("Jelaskan"),
        help_text=_("Paling sedikit 20 huruf. Setiap orang yang Anda lihat dapat membacanya."),
        validators=[explained],
    )
    agency = forms.ChoiceField(label=_("Data instansi"))
    region = forms.ChoiceField(label=_("Wilayah"), required=False)
    programme = forms.ChoiceField(label=_("Program"), required=False)

    field_order = ("purpose", "reason", "agency", "region", "programme")

    def __init__(self, told: Told, agencies: list[tuple[str, str]], *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        choices: dict[str, list[tuple[Any, Any]]] = {
            "purpose": [(one.value, one.label) for one in told.purposes],
            "agency": list(agencies),
            "region": [("", _("Seluruh kabupaten")), *_places()],
            "programme": [("", _("Semua program")), *PROGRAMMES.items()],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered
        if len(agencies) == 1:
            del self.fields["agency"]
        if not told.by_programme:
            del self.fields["programme"]


def _places() -> list[tuple[str, str]]:
    """Each kecamatan, then its desa and kelurahan. One query."""
    found = regions()
    return [
        (code, name if len(code) == DISTRICT else f"– {name}, {found[code[:DISTRICT]]}") for code, name in found.items()
    ]


class ReasonForm(forms.Form):
    """A reason that the person reads, or the colleague."""

    reason = words(
        most=looking.LONGEST, label=_("Alasan"), help_text=_("Paling sedikit 20 huruf."), validators=[explained]
    )


class RejectForm(forms.Form):
    """Why a row stays as it is."""

    answer = words(label=_("Mengapa datanya tidak diubah?"), help_text=_("Dibaca oleh orangnya."))


class RowForm(forms.Form):
    """The columns of a row that a correction may change, filled in as they stand."""

    def __init__(self, told: Told, entry: Entry, data: Any = None) -> None:
        super().__init__(data, initial={**json.loads(entry.details), "nama": entry.name, "wilayah": entry.region})
        offered: dict[str, list[tuple[Any, Any]]] = {"wilayah": list(_places())}
        offered |= {one.column.name: list(one.words.items()) for one in told.details if one.words}
        for column in told.correctable():
            self.fields[column.name] = _box(column, offered.get(column.name))
        self.fields["wilayah"].label = _("Wilayah")
        self.fields["answer"] = words(
            label=_("Penjelasan, bila perlu"), help_text=_("Dibaca oleh orangnya."), required=False
        )

    @property
    def values(self) -> dict[str, str]:
        """The columns as typed; for a form without faults."""
        return {name: value for name, value in self.cleaned_data.items() if name != "answer"}


def _box(column: Column, offered: list[tuple[Any, Any]] | None) -> forms.Field:
    """A choice where the column has a closed list, else a line."""
    label, required = str(column.what), not column.optional
    if offered:
        return forms.ChoiceField(label=label, choices=offered, required=required)
    line = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=required, max_length=200, widget=line)

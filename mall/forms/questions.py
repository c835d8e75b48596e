"""A definition's questions as a Django form. It only shows and collects: the engine's checks say what is wrong.

A face makes an `AnswersForm`, hands `form.raw()` to `workflows.cases.services.save_answers`, and puts what that
refuses back beside the fields with `mall.forms.faults.show`.
"""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from agencies import queries
from mall.design.fields import DateParts, DecimalInput, MoneyInput, NikInput, NumericInput, PhoneInput
from mall.forms.words import in_language
from workflows.definition.answers import visible_fields
from workflows.definition.kinds import FieldType
from workflows.definition.model import Definition, Field
from workflows.definition.typed import MAX_LONGTEXT, thousands

FEW = 7
"""Up to so many options are shown as radio buttons, more as a list to choose from."""
Choices = list[tuple[str, Any]]
if TYPE_CHECKING:
    Upload = UploadedFile[bytes]


class Asked(forms.Field):
    """Keeps what was typed, as text; says nothing about whether it will do."""

    def clean(self, value: Any) -> str:
        """The text as it goes to the engine; three boxes of a date become one text."""
        if isinstance(value, list):
            parts = [str(part or "").strip() for part in value]
            return "-".join(parts) if any(parts) else ""
        return "" if value is None else str(value)


class Uploaded(forms.FileField):
    """A file of an answer; what is in it is the vault's business."""

    def clean(self, data: Any, _initial: Any = None) -> "Upload | None":
        """The file that came, if one did."""
        return data if isinstance(data, UploadedFile) else None


class AnswersForm(forms.Form):
    """The questions that the answers so far lead to, or those of them named in `only`."""

    def __init__(
        self,
        definition: Definition,
        data: Mapping[str, Any] | None = None,
        files: "MultiValueDict[str, Upload] | None" = None,
        *,
        answers: Mapping[str, Any] | None = None,
        only: Collection[str] | None = None,
    ) -> None:
        known = answers or {}
        self.questions = [field for field in visible_fields(definition, known) if only is None or field.name in only]
        self.known = known
        initial = {field.name: as_typed(field, known.get(field.name)) for field in self.questions}
        super().__init__(data, files, initial=initial, prefix="q")
        self.fields.update({field.name: form_field(field) for field in self.questions})

    def raw(self) -> dict[str, str]:
        """What was typed, by question; a file question keeps the file it has. Call after `is_valid`."""
        typed = {field.name: self.cleaned_data[field.name] for field in self.questions}
        for field in self.questions:
            if field.type is FieldType.FILE:
                typed[field.name] = str(self.known.get(field.name) or "")
        return typed

    def uploads(self) -> "dict[str, Upload]":
        """The files that came, by question. Call after `is_valid`."""
        files = {field.name: self.cleaned_data[field.name] for field in self.questions if field.type is FieldType.FILE}
        return {name: file for name, file in files.items() if file is not None}


def form_field(field: Field) -> forms.Field:
    """One question as a form field."""
    said: dict[str, Any] = {
        "label": in_language(field.label),
        "help_text": in_language(field.hint),
        "required": field.required,
    }
    if field.type is FieldType.FILE:
        return Uploaded(**said)
    return Asked(widget=_WIDGETS[field.type](field), **said)


def as_typed(field: Field, answer: Any) -> Any:
    """A stored answer as a person would have typed it."""
    if answer is None or answer == "":
        return None
    if field.type is FieldType.BOOLEAN:
        return "true" if answer else "false"
    if field.type is FieldType.DECIMAL:
        return thousands(Decimal(str(answer)))
    return answer


def _choice(choices: Choices) -> forms.Widget:
    if len(choices) <= FEW:
        return forms.RadioSelect(choices=choices)
    return forms.Select(choices=[("", _("Pilih dari daftar")), *choices])


def _yes_or_no(_field: Field) -> forms.Widget:
    return forms.RadioSelect(choices=[("true", _("Ya")), ("false", _("Tidak"))])


def _options(field: Field) -> forms.Widget:
    return _choice([(option.value, in_language(option.label)) for option in field.options])


def _kecamatan(_field: Field) -> forms.Widget:
    found = sorted(queries.kecamatan(), key=lambda one: one.name)
    return forms.Select(choices=[("", _("Pilih kecamatan")), *((one.code, one.name) for one in found)])


def _villages(_field: Field) -> forms.Widget:
    return forms.Select(choices=[("", _("Pilih desa atau kelurahan")), *village_choices()])


def village_choices() -> Choices:
    """Every desa and kelurahan under its kecamatan, both by name. One query."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in queries.villages():
        above = _("Kecamatan %(name)s") % {"name": one.parent.name if one.parent else "–"}
        groups.setdefault(above, []).append((one.code, one.name))
    return [(name, sorted(inside, key=lambda pair: pair[1])) for name, inside in sorted(groups.items())]


def _longtext(field: Field) -> forms.Widget:
    return forms.Textarea(attrs={"rows": 4, "maxlength": str(field.max_length or MAX_LONGTEXT)})


def _plain(field: Field) -> forms.Widget:
    return forms.TextInput(attrs={"maxlength": str(field.max_length)} if field.max_length else {})


_WIDGETS: Mapping[FieldType, Callable[[Field], forms.Widget]] = {
    FieldType.TEXT: _plain,
    FieldType.LONGTEXT: _longtext,
    FieldType.INTEGER: lambda _field: NumericInput(),
    FieldType.DECIMAL: lambda _field: DecimalInput(),
    FieldType.MONEY: lambda _field: MoneyInput(),
    FieldType.DATE: lambda _field: DateParts(),
    FieldType.YEAR: lambda _field: NumericInput({"maxlength": "4"}),
    FieldType.BOOLEAN: _yes_or_no,
    FieldType.CHOICE: _options,
    FieldType.GEOPOINT: lambda _field: forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
    FieldType.NIK: lambda _field: NikInput(),
    FieldType.PHONE: lambda _field: PhoneInput(),
    FieldType.KECAMATAN: _kecamatan,
    FieldType.VILLAGE: _villages,
}

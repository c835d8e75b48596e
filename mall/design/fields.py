"""Fields and widgets for what Indonesians type: dates in three parts, rupiah, numbers, NIK, phone."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

EMPTY_DATE = (None, None, None)
DECIMALS = re.compile(r"(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?", re.ASCII)


class NumericInput(forms.TextInput):
    """A text box with a number keypad: no spinner, nothing lost by scrolling."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, prefix: str = "", suffix: str = "") -> None:
        self.prefix, self.suffix = prefix, suffix
        own = {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        super().__init__({"class": "govuk-input--width-10", **own, **(attrs or {})})


class DecimalInput(NumericInput):
    """A number box whose keypad has a comma."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, prefix: str = "", suffix: str = "") -> None:
        super().__init__({"inputmode": "decimal", **(attrs or {})}, prefix=prefix, suffix=suffix)


class MoneyInput(NumericInput):
    """A number box behind `Rp`."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, prefix="Rp")

    def format_value(self, value: Any) -> str | None:
        """Show an amount with dots, and what was typed as it was typed."""
        if isinstance(value, (int, Decimal)):
            return f"{value:,.{2 if value % 1 else 0}f}".translate(str.maketrans(",.", ".,"))
        return None if value in (None, "") else str(value)


class NikInput(NumericInput):
    """Sixteen digits, spaces allowed while typing."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "govuk-input--width-20 govuk-input--extra-letter-spacing", **(attrs or {})})


class PhoneInput(forms.TextInput):
    """A phone number of one's own, so that the browser may offer it."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "govuk-input--width-20", "autocomplete": "tel", **(attrs or {})})


class DateParts(forms.MultiWidget):
    """Day, month and year in three boxes, named `<name>_day`, `<name>_month`, `<name>_year`."""

    template_name = "design/forms/date.html"
    use_fieldset = True
    labels = {"day": _("Hari"), "month": _("Bulan"), "year": _("Tahun")}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        width = "govuk-input govuk-date-input__input govuk-input--width-{}".format
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": NumericInput({"class": width(2)}),
            "month": NumericInput({"class": width(2)}),
            "year": NumericInput({"class": width(4)}),
        }
        super().__init__(boxes, attrs)

    def id_for_label(self, id_: str) -> str:
        """The first box, so that an error summary can lead to it."""
        return f"{id_}_0" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give each box its label, and all of them the error form when the date is wrong."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        wrong = " govuk-input--error" if (attrs or {}).get("aria-invalid") else ""
        for label, box in zip(self.labels.values(), context["widget"]["subwidgets"], strict=True):
            box["label"] = label
            box["attrs"]["class"] += wrong
        return context

    def decompress(self, value: Any) -> list[Any]:
        """Split a date, or the ISO text of one."""
        if isinstance(value, str) and value:
            value = date.fromisoformat(value)
        return [value.day, value.month, value.year] if value else list(EMPTY_DATE)


class DatePartsField(forms.MultiValueField):
    """A date typed in three boxes; its errors say which part is missing or impossible."""

    widget = DateParts

    def __init__(self, **options: Any) -> None:
        parts = [forms.CharField(required=False, max_length=4) for _part in range(3)]
        super().__init__(parts, require_all_fields=False, **options)

    def clean(self, value: Any) -> date | None:
        """Return the date; nothing typed is None, or an error when it is required."""
        day, month, year = [str(part or "").strip() for part in (value or EMPTY_DATE)]
        if not (day or month or year):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        parts = zip(DateParts.labels.values(), (day, month, year), strict=True)
        missing = [label for label, part in parts if not part]
        if missing:
            said = ", ".join(str(label).lower() for label in missing)
            raise ValidationError(_("Tanggal belum lengkap: isi %(parts)s."), params={"parts": said})
        return _real_date(day, month, year)


class MoneyField(forms.Field):
    """An amount in rupiah, typed as `25000`, `25.000` or `Rp 25.000,50`; cleans to Decimal."""

    widget = MoneyInput

    def to_python(self, value: Any) -> Decimal | None:
        """Return the amount in rupiah, or None when nothing was typed."""
        typed = re.sub(r"^rp\.?|\s", "", str(value if value is not None else "").strip().lower())
        return read_decimal(typed) if typed else None


def read_decimal(typed: str) -> Decimal:
    """Return the number a person typed the Indonesian way (`1.234,5`), or raise ValidationError."""
    found = DECIMALS.fullmatch(typed.strip())
    if not found:
        raise ValidationError(_("Tulis angka saja, misalnya 25.000 atau 1.234,5."), code="invalid")
    sign, whole, rest = found.groups()
    try:
        return Decimal(f"{sign}{whole.replace('.', '')}.{rest or '0'}" if rest else sign + whole.replace(".", ""))
    except InvalidOperation as error:
        raise ValidationError(_("Tulis angka saja, misalnya 25.000 atau 1.234,5."), code="invalid") from error


def _real_date(day: str, month: str, year: str) -> date:
    if not all(part.isascii() and part.isdigit() for part in (day, month, year)):
        raise ValidationError(_("Tulis tanggal dengan angka, misalnya 22 11 2026."), code="invalid")
    if len(year) != 4:
        raise ValidationError(_("Tulis tahun dengan empat angka, misalnya 2026."), code="invalid")
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise ValidationError(_("Tanggal itu tidak ada di kalender."), code="invalid") from error

"""Plausible answers to any definition's questions, as a person would type them."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from agencies import clock, queries
from workflows.definition.model import Definition, Field, FieldType

NIK = "3510160505900007"
PHONE = "081234567890"
POINT = "-8.2192, 114.3691"


def sample_answers(definition: Definition, *, file_id: str = "") -> dict[str, str]:
    """One typed answer for every question, hidden or not; the checks drop what does not apply."""
    places = _places()
    return {field.name: _answer(field, places, file_id) for field in definition.fields}


def _places() -> Mapping[FieldType, str]:
    """A kecamatan and a village of the regency."""
    village = queries.villages()[0]
    return {FieldType.KECAMATAN: village.parent_id or "", FieldType.VILLAGE: village.code}


def _answer(field: Field, places: Mapping[FieldType, str], file_id: str) -> str:
    if field.type in places:
        return places[field.type]
    if field.type is FieldType.CHOICE:
        return field.options[0].value
    if field.type in (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY):
        return _number(field)
    if field.type is FieldType.FILE:
        return file_id
    return _FIXED.get(field.type) or _text(field)


def _number(field: Field) -> str:
    """A number within the bounds, rather small."""
    low = Decimal(field.minimum) if field.minimum else Decimal(0)
    high = Decimal(field.maximum) if field.maximum else low + 1000
    value = min(max(low, Decimal(12)), high)
    return str(int(value)) if field.type is not FieldType.DECIMAL else str(value)


def _text(field: Field) -> str:
    sample = "Contoh isian uji jalan"
    if field.type is FieldType.DATE:
        ahead = timedelta(days=30) if field.minimum else timedelta(0)
        return (clock.today() + ahead).isoformat()
    if field.type is FieldType.YEAR:
        this = clock.today().year
        return str(min(this, int(field.maximum)) if field.maximum.isdigit() else this)
    return sample[: field.max_length or len(sample)]


_FIXED = {
    FieldType.BOOLEAN: "true",
    FieldType.GEOPOINT: POINT,
    FieldType.NIK: NIK,
    FieldType.PHONE: PHONE,
}

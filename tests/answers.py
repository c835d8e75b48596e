"""Valid answers to any definition, as a person would type them, and as the pages post them."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from agencies import clock
from agencies.queries import villages
from tests.factories import make_nik
from workflows.definition.bounds import TODAY
from workflows.definition.model import Definition, Field, FieldType

NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)
PREFIX = "q-"


def valid_answers(definition: Definition, *, file_id: str = "") -> dict[str, str]:
    """One valid answer to every question, hidden ones included. One query where a region is asked."""
    answers: dict[str, str] = {}
    for field in definition.fields:
        answers[field.name] = file_id if field.type is FieldType.FILE else _answer(field, answers)
    return answers


def posted(definition: Definition, answers: Mapping[str, str], names: Iterable[str] | None = None) -> dict[str, str]:
    """The answers as a page of the form posts them: a date in three boxes."""
    sent: dict[str, str] = {}
    for field in definition.fields:
        if names is not None and field.name not in names:
            continue
        text = answers[field.name]
        if field.type is FieldType.DATE:
            for part, typed in zip(("year", "month", "day"), text.split("-"), strict=True):
                sent[f"{PREFIX}{field.name}_{part}"] = typed
        elif field.type is not FieldType.FILE:
            sent[f"{PREFIX}{field.name}"] = text
    return sent


def _answer(field: Field, earlier: Mapping[str, str]) -> str:
    if field.type in NUMBERS:
        return _number(field)
    if field.type is FieldType.DATE:
        return _day(field, earlier)
    if field.type is FieldType.CHOICE:
        return field.options[-1].value
    if field.type in (FieldType.KECAMATAN, FieldType.VILLAGE):
        village = villages()[-1]
        return village.code if field.type is FieldType.VILLAGE else str(village.parent_id)
    return {
        FieldType.BOOLEAN: "true",
        FieldType.GEOPOINT: "-8,2192; 114,3691",
        FieldType.NIK: make_nik(),
        FieldType.PHONE: "0812-3456-7890",
        FieldType.YEAR: _year(field),
    }.get(field.type) or "Contoh isian yang benar"[: field.max_length or 60].strip()


def _number(field: Field) -> str:
    """Within the bounds, typed with a comma where parts are allowed."""
    low = Decimal(field.minimum or "1")
    high = Decimal(field.maximum) if field.maximum else low + 1000
    value = min(max(low, Decimal(17)), high)
    if field.type is FieldType.DECIMAL and value + Decimal("0.5") <= high:
        value += Decimal("0.5")
    return format(value, "f").replace(".", ",") if field.type is FieldType.DECIMAL else str(int(value))


def _year(field: Field) -> str:
    this = clock.today().year
    low, high = (this if bound == TODAY else int(bound or this) for bound in (field.minimum, field.maximum))
    return str(min(max(this, low), high))


def _day(field: Field, earlier: Mapping[str, str]) -> str:
    """Today, unless a bound wants another day."""
    today = clock.today()
    low, high = (_bound(bound, earlier) for bound in (field.minimum, field.maximum))
    return min(max(today, low or today), high or date.max).isoformat()


def _bound(bound: str, earlier: Mapping[str, str]) -> date | None:
    if not bound:
        return None
    return clock.today() if bound == TODAY else date.fromisoformat(earlier.get(bound, bound))

"""Is a typed answer within the bounds that its field states?"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _

from agencies import clock
from workflows.definition.kinds import FieldType
from workflows.definition.model import Definition, Field
from workflows.definition.typed import MONTHS, thousands

TODAY: Final = "today"
NUMERIC: Final = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.YEAR})
BOUNDED: Final = NUMERIC | {FieldType.DATE}


def check(definition: Definition, field: Field, value: Any, answers: Mapping[str, Any]) -> None:
    """Raises `ValueError` with a sentence when the answer is too small or too great."""
    if field.type not in BOUNDED:
        return
    own = measure(field.type, value)
    low, high = (_limit(definition, field, bound, answers) for bound in (field.minimum, field.maximum))
    if low is not None and own < low:
        raise ValueError(_sentence(definition, field, field.minimum, low, least=True))
    if high is not None and own > high:
        raise ValueError(_sentence(definition, field, field.maximum, high, least=False))


def measure(type_: FieldType, value: Any) -> Any:
    """A value that can be compared: a date or a `Decimal`; raises `ValueError`."""
    if type_ is FieldType.DATE:
        return date.fromisoformat(str(value))
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise ValueError(value) from None


def _limit(definition: Definition, field: Field, bound: str, answers: Mapping[str, Any]) -> Any:
    """The limit as a comparable value; `None` when there is none, or it hangs on an absent answer."""
    if not bound:
        return None
    if bound == TODAY and field.type is FieldType.YEAR:
        return Decimal(clock.today().year)
    if field.type is FieldType.DATE:
        if bound == TODAY:
            return clock.today()
        if any(bound == other.name for other in definition.fields):
            other_value = answers.get(bound)
            return None if other_value is None else measure(field.type, other_value)
    return measure(field.type, bound)


def _sentence(definition: Definition, field: Field, bound: str, limit: Any, *, least: bool) -> str:
    if field.type is not FieldType.DATE:
        shown = str(limit) if field.type is FieldType.YEAR else thousands(limit)
        return (_("Paling sedikit %(limit)s.") if least else _("Paling banyak %(limit)s.")) % {"limit": shown}
    if bound == TODAY:
        return _("Tanggal ini tidak boleh sebelum hari ini.") if least else _("Tanggal ini belum tiba.")
    labels = {other.name: other.label.id for other in definition.fields}
    shown = labels.get(bound) or long_date(limit)
    if least:
        return _("Tidak boleh sebelum %(limit)s.") % {"limit": shown}
    return _("Tidak boleh sesudah %(limit)s.") % {"limit": shown}


def long_date(day: date) -> str:
    """`22 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"

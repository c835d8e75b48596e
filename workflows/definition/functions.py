"""The types and the seven functions that an expression may use."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final

from rule_engine import DataType

NUMBER: Final = DataType.FLOAT
BOOLEAN: Final = DataType.BOOLEAN

DATA_TYPES: Final[Mapping[str, Any]] = {
    "text": DataType.STRING,
    "choice": DataType.STRING,
    "kecamatan": DataType.STRING,
    "village": DataType.STRING,
    "integer": NUMBER,
    "decimal": NUMBER,
    "money": NUMBER,
    "year": NUMBER,
    "boolean": BOOLEAN,
    "date": DataType.DATETIME,
}
"""What each field type is to the evaluator. NIK, phone, files and points are not to be reasoned about."""


def _step(places: Decimal) -> Decimal:
    return Decimal(1).scaleb(-max(0, min(6, int(places))))


def _round(value: Decimal, places: Decimal = Decimal(0)) -> Decimal:
    return value.quantize(_step(places), rounding=ROUND_HALF_UP)


def _floor(value: Decimal) -> Decimal:
    return value.to_integral_value(rounding=ROUND_FLOOR)


def _ceil(value: Decimal) -> Decimal:
    return value.to_integral_value(rounding=ROUND_CEILING)


def _days(start: datetime, end: datetime) -> Decimal:
    return Decimal((end - start).days)


FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "min": min,
    "max": max,
    "abs": abs,
    "round": _round,
    "floor": _floor,
    "ceil": _ceil,
    "days": _days,
}
"""`round(x, places)` rounds half up; `days(from, to)` counts calendar days."""


def _signature(name: str, *arguments: Any, least: int) -> Any:
    return DataType.FUNCTION(name, return_type=NUMBER, argument_types=arguments, minimum_arguments=least)


SIGNATURES: Final[Mapping[str, Any]] = {
    "min": _signature("min", *(NUMBER,) * 6, least=2),
    "max": _signature("max", *(NUMBER,) * 6, least=2),
    "abs": _signature("abs", NUMBER, least=1),
    "round": _signature("round", NUMBER, NUMBER, least=1),
    "floor": _signature("floor", NUMBER, least=1),
    "ceil": _signature("ceil", NUMBER, least=1),
    "days": _signature("days", DataType.DATETIME, DataType.DATETIME, least=2),
}


def native(type_: str, answer: Any) -> Any:
    """A stored answer as the evaluator's value, or `None` when it is absent or not of its type."""
    if answer is None or answer == "":
        return None
    wanted = DATA_TYPES[type_]
    if wanted == BOOLEAN:
        return answer if isinstance(answer, bool) else None
    if wanted == NUMBER:
        return _number(answer)
    if wanted == DataType.DATETIME:
        return _moment(answer)
    return str(answer)


def _number(answer: Any) -> Decimal | None:
    if isinstance(answer, bool | float):
        return None
    try:
        value = Decimal(answer)
    except (InvalidOperation, TypeError, ValueError):
        return None
    return value if value.is_finite() else None


def _moment(answer: Any) -> datetime | None:
    try:
        day = answer if isinstance(answer, date) else date.fromisoformat(str(answer))
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=UTC)

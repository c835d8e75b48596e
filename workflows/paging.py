"""Keyset paging: constant time at any depth, stable under inserts, no `COUNT(*)`."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from agencies.errors import Invalid

M = TypeVar("M", bound=Model)
PAGE = 25
MOST = 200


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows, and the cursor of the page after; empty when there is none."""

    items: Sequence[M]
    next: str = ""


def page(rows: QuerySet[M], *, order: Sequence[str], cursor: str = "", limit: int = PAGE) -> Page[M]:
    """One page of `rows` in the given order, whose last field must be unique.

    A field may be prefixed by `-`; one without it may be null in some rows, which then come last.
    Raises `Invalid` for a cursor that is not ours.
    """
    limit = max(1, min(limit, MOST))
    if cursor:
        rows = _from(rows, order, cursor)
    found = list(rows.order_by(*order)[: limit + 1])
    if len(found) <= limit:
        return Page(found)
    last = found[limit - 1]
    return Page(found[:limit], _write([_value(last, name.lstrip("-")) for name in order]))


def _from(rows: QuerySet[M], order: Sequence[str], cursor: str) -> QuerySet[M]:
    """The rows after the cursor; values that the fields cannot hold are not ours."""
    try:
        return rows.filter(_after(order, _read(cursor, len(order))))
    except (ValidationError, ValueError) as error:
        raise Invalid({"cursor": [_("Penanda halaman tidak dikenal.")]}) from error


def _value(row: Model, path: str) -> Any:
    """The value of a field path such as `case__due_at`."""
    found: Any = row
    for part in path.split("__"):
        found = getattr(found, part)
    return found


def _after(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows that come after the one with these values. PostgreSQL puts a null behind everything else."""
    condition, same = Q(), Q()
    for name, value in zip(order, values, strict=True):
        field = name.lstrip("-")
        if value is None:
            same &= Q(**{f"{field}__isnull": True})
            continue
        behind = Q(**{f"{field}__lt": value}) if name.startswith("-") else Q(**{f"{field}__gt": value})
        if not name.startswith("-"):
            behind |= Q(**{f"{field}__isnull": True})
        condition |= same & behind
        same &= Q(**{field: value})
    return condition


def _write(values: Sequence[Any]) -> str:
    text = json.dumps([None if value is None else str(value) for value in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str, length: int) -> list[str | None]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.urlsafe_b64decode(padded.encode()))
    except (ValueError, binascii.Error, UnicodeError) as error:
        raise Invalid({"cursor": [_("Penanda halaman tidak dikenal.")]}) from error
    if (
        not isinstance(values, list)
        or len(values) != length
        or not all(v is None or (isinstance(v, str) and "\0" not in v) for v in values)
    ):
        raise Invalid({"cursor": [_("Penanda halaman tidak dikenal.")]})
    return values

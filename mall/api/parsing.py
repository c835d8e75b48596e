"""Reading what a caller sent: JSON within bounds, keys that we know, headers that make sense."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import IO, Any, Final, NoReturn, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

from mall.api.errors import BadHeader, BadQuery, TooLarge

MOST_BYTES: Final = 512 * 1024
DEEPEST: Final = 8
S = TypeVar("S", bound=serializers.Serializer[Any])


class Json(JSONParser):
    """JSON of at most half a megabyte and eight levels, without what PostgreSQL could not keep."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002 - DRF's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002
    ) -> Any:
        """The value; numbers with a point are exact decimals."""
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise TooLarge
        try:
            found = json.loads(body.decode(), parse_float=Decimal, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ParseError(_("Isi permintaan bukan JSON yang benar.")) from error
        _check(found, DEEPEST)
        return found


def _refuse(_constant: str) -> NoReturn:
    raise ValueError("no number")


def _check(value: Any, levels: int) -> None:
    """Raise `ParseError` for nesting without end and for text that is no text."""
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise ParseError(_("Isi permintaan memuat karakter yang tidak dapat disimpan."))
    elif isinstance(value, dict | list):
        if not levels:
            raise ParseError(_("Isi permintaan bertingkat terlalu dalam."))
        for inner in (*value.keys(), *value.values()) if isinstance(value, dict) else value:
            _check(inner, levels - 1)


class Strict(serializers.Serializer[Any]):
    """A body whose every key is known: a name typed wrong is told, never ignored."""

    def to_internal_value(self, data: Any) -> Any:
        """As DRF does it, after a look at the keys."""
        if isinstance(data, Mapping) and (unknown := set(data) - set(self.fields)):
            raise serializers.ValidationError({str(name): [_("Isian ini tidak dikenal.")] for name in sorted(unknown)})
        return super().to_internal_value(data)


def body_of(request: Request, shape: type[S]) -> dict[str, Any]:
    """The body in the given shape; faults are raised with their places."""
    serializer = shape(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def query_of(request: Request, shape: type[S]) -> dict[str, Any]:
    """The query string in the given shape; `BadQuery` names every wrong or unknown parameter."""
    serializer = shape(data=request.query_params.dict())
    if not serializer.is_valid():
        raise BadQuery({name: [str(one) for one in told] for name, told in serializer.errors.items()})
    return dict(serializer.validated_data)


def idempotency_key(request: Request) -> UUID:
    """The caller's own id of this request; `BadHeader` when there is none."""
    try:
        return UUID(request.headers.get("Idempotency-Key", "").strip('" '))
    except ValueError as error:
        raise BadHeader(_("Sertakan header Idempotency-Key berisi UUID yang baru untuk setiap permintaan.")) from error

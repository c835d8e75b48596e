"""Plain data into the typed model and back, driven by the model's own annotations.

The keys of a TOML file are the names of the dataclass fields in `model.py`, so the model is the only
schema. Every fault is collected; reading goes on as far as it can, so an author sees all of them.
"""

import dataclasses
import functools
import re
import types
import typing
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from workflows.definition.expressions import Expression, ExpressionFault, compile_expression
from workflows.definition.faults import Fault
from workflows.definition.grammar import Kind, nearest
from workflows.definition.model import FeeLine, FieldType, Text

MAX_TEXT: Final = 4000
MAX_ITEMS: Final = 300
MAX_NUMBER: Final = 10**13
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NAMES: Final[dict[type[Any], str]] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    float: "a number with decimals",
    list: "a list",
    dict: "a table",
}


class Reader:
    """Reads values by type; `faults` holds what went wrong, `fields` types the expressions."""

    def __init__(self, fields: Mapping[str, FieldType]) -> None:
        self.fields = fields
        self.faults: list[Fault] = []

    def fault(self, path: str, sentence: str) -> None:
        """Note a fault at `path`."""
        self.faults.append(Fault("", 0, path, sentence))

    def record(self, cls: Any, data: Any, path: str) -> Any:
        """An instance of the dataclass `cls`, or `None` after faults."""
        if not isinstance(data, dict):
            self.fault(path, f"must be a table, not {kind_of(data)}.")
            return None
        before = len(self.faults)
        parts = {part.name: part for part in dataclasses.fields(cls) if part.compare}
        for key in data:
            if key not in parts:
                self.fault(join(path, str(key)), _unknown(str(key), list(parts)))
        values: dict[str, Any] = {}
        for name, part in parts.items():
            if name in data:
                values[name] = self.value(hints(cls)[name], data[name], join(path, name), cls)
            elif part.default is dataclasses.MISSING:
                values[name] = self._absent(hints(cls)[name], name, path)
        return cls(**values) if len(self.faults) == before else None

    def value(self, hint: Any, data: Any, path: str, owner: Any) -> Any:
        """A value of the annotated type `hint`."""
        arguments = typing.get_args(hint)
        if isinstance(hint, types.UnionType):
            return self.value(arguments[0], data, path, owner)
        if typing.get_origin(hint) is tuple:
            return self._items(arguments[0], data, path, owner)
        if hint is Text:
            return self._text(data, path)
        if hint is Expression:
            is_amount = owner is FeeLine and path.endswith(".amount")
            return self._expression(data, path, "decimal" if is_amount else "bool")
        if issubclass(hint, StrEnum):
            return self._choice(hint, data, path)
        if dataclasses.is_dataclass(hint):
            return self.record(hint, data, path)
        return self._plain(hint, data, path)

    def _absent(self, hint: Any, name: str, path: str) -> Any:
        """A list that is not there is empty, an optional part is `None`, and the rest is missing."""
        if typing.get_origin(hint) is tuple:
            return ()
        if not isinstance(hint, types.UnionType):
            self.fault(path, f"'{name}' is missing.")
        return None

    def _items(self, hint: Any, data: Any, path: str, owner: Any) -> Any:
        if not isinstance(data, list):
            return self.fault(path, f"must be a list, not {kind_of(data)}.")
        if len(data) > MAX_ITEMS:
            return self.fault(path, f"has more than {MAX_ITEMS} items.")
        items = enumerate(data, start=1)
        return tuple(self.value(hint, item, f"{path}[{at}]", owner) for at, item in items)

    def _text(self, data: Any, path: str) -> Text | None:
        if isinstance(data, dict):
            text: Text | None = self.record(Text, data, path)
            return text
        return Text(self._plain(str, data, path) or "")

    def _expression(self, data: Any, path: str, kind: Kind) -> Expression | None:
        source = self._plain(str, data, path)
        if source is None:
            return None
        try:
            return compile_expression(source, fields=self.fields, kind=kind)
        except ExpressionFault as fault:
            self.fault(path, f"In the expression, {fault}")
            return None

    def _choice(self, hint: type[StrEnum], data: Any, path: str) -> StrEnum | None:
        values = [str(member) for member in hint]
        if isinstance(data, str) and data in values:
            return hint(data)
        shown, near = (f"'{data}'", nearest(data, values)) if isinstance(data, str) else (kind_of(data), "")
        self.fault(path, f"{shown} is not one of: {', '.join(values)}{near or '.'}")
        return None

    def _plain(self, hint: type[Any], data: Any, path: str) -> Any:
        if type(data) is not hint:
            return self.fault(path, f"must be {_NAMES[hint]}, not {kind_of(data)}.")
        if hint is int and abs(data) > MAX_NUMBER:
            return self.fault(path, "is a number beyond any sense.")
        if hint is str and len(data) > MAX_TEXT:
            return self.fault(path, f"is longer than {MAX_TEXT} characters.")
        if hint is str and _CONTROL.search(data):
            return self.fault(path, "holds a control character.")
        return data


def plain(value: Any) -> Any:
    """The model as plain data, ready for JSON; what equals its default is left out."""
    if isinstance(value, Text):
        return {"id": value.id, "en": value.en} if value.en else value.id
    if isinstance(value, Expression):
        return value.source
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if not dataclasses.is_dataclass(value):
        return value
    return {
        part.name: plain(getattr(value, part.name))
        for part in dataclasses.fields(value)
        if part.compare and getattr(value, part.name) not in _left_out(part)
    }


def _left_out(part: dataclasses.Field[Any]) -> tuple[Any, ...]:
    return (None, ()) if part.default is dataclasses.MISSING else (part.default,)


@functools.cache
def hints(cls: Any) -> dict[str, Any]:
    """The annotations of a dataclass, resolved once."""
    return typing.get_type_hints(cls)


def join(path: str, key: str) -> str:
    """`key` below `path`."""
    return f"{path}.{key}" if path else key


def kind_of(data: Any) -> str:
    """What a value is, in words."""
    return _NAMES.get(type(data), "a date or time")


def _unknown(key: str, known: list[str]) -> str:
    return f"'{key[:60]}' is not known here{nearest(key, known) or '.'}"

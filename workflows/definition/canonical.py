"""The canonical body of a definition, and its digest: the identity of a version."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from workflows.definition.faults import DefinitionFaults
from workflows.definition.grammar import reserved_names
from workflows.definition.model import Definition, FieldType
from workflows.definition.reader import Reader, join, plain

PROVENANCE = "provenance"
"""Where the facts come from: kept in the body for auditors, never shown and never interpreted."""


def canonical(body: dict[str, Any]) -> bytes:
    """The one spelling of a body: sorted keys, no spaces, UTF-8."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(body: dict[str, Any]) -> str:
    """SHA-256 of the canonical body, as hex."""
    return hashlib.sha256(canonical(body)).hexdigest()


def definition_from_body(body: dict[str, Any]) -> Definition:
    """The definition that a body describes; raises `DefinitionFaults`.

    `Definition.body` of the result is complete and canonical: parsing it again gives an equal definition.
    """
    data = dict(body)
    provenance = data.pop(PROVENANCE, {})
    reader = Reader(_field_types(data))
    definition: Definition | None = reader.record(Definition, data, "")
    _check_provenance(reader, provenance)
    _check_names(reader, data)
    if reader.faults or definition is None:
        raise DefinitionFaults(reader.faults)
    definition = _settled(definition, data)
    whole = plain(definition)
    return replace(definition, body={**whole, PROVENANCE: provenance} if provenance else whole)


def _settled(definition: Definition, data: dict[str, Any]) -> Definition:
    """Defaults that hang on the route: a same-visit service that says nothing of returns has none."""
    if not definition.same_visit or "rounds" in data["term"]:
        return definition
    return replace(definition, term=replace(definition.term, rounds=0))


def _field_types(data: dict[str, Any]) -> dict[str, FieldType]:
    """The types of the fields, as far as they can be read, so that expressions can be checked."""
    types: dict[str, FieldType] = {}
    for item in _tables(data, "fields"):
        name, kind = item.get("name"), item.get("type")
        if isinstance(name, str) and isinstance(kind, str) and kind in list(FieldType):
            types.setdefault(name, FieldType(kind))
    return types


def _tables(data: dict[str, Any], key: str) -> Iterable[dict[str, Any]]:
    items = data.get(key)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _check_provenance(reader: Reader, provenance: Any) -> None:
    """A table of texts, or lists of texts; nothing reads it, so only its form is looked at."""
    if not isinstance(provenance, dict):
        return reader.fault(PROVENANCE, "must be a table of texts or lists of texts.")
    for key, value in provenance.items():
        lines = value if isinstance(value, list) else [value]
        for line in (str(key), *lines):
            reader.value(str, line, PROVENANCE, Definition)
    return None


def _check_names(reader: Reader, data: dict[str, Any]) -> None:
    """Names that identify must be there once, and must not be words of the expression language."""
    for key, part in (("fields", "name"), ("requirements", "code"), ("recommenders", "agency")):
        _unique(reader, data, key, part)
    for at, item in enumerate(_tables(data, "fields"), start=1):
        _unique(reader, item, "options", "value", prefix=f"fields[{at}]")
        if str(item.get("name")) in reserved_names():
            reader.fault(f"fields[{at}].name", f"'{item['name']}' is a word of the expression language.")


def _unique(reader: Reader, data: dict[str, Any], key: str, part: str, prefix: str = "") -> None:
    values = [str(item.get(part, "")) for item in _tables(data, key)]
    counts = Counter(values)
    for at, value in enumerate(values, start=1):
        if value and counts[value] > 1 and value in values[: at - 1]:
            path = f"{join(prefix, key)}[{at}].{part}"
            reader.fault(path, f"'{value}' is there twice.")

"""Answers at rest: values of secret fields (`nik`, `phone`, and what is marked `sealed`) are ciphertext."""

import json
from collections.abc import Mapping
from typing import Any

from agencies.sealing import seal, unseal
from workflows.definition.kinds import FieldType
from workflows.definition.model import Definition, Field

_TYPED = frozenset({FieldType.INTEGER, FieldType.MONEY, FieldType.YEAR, FieldType.BOOLEAN})
"""Answers of these types are no text; they are sealed as JSON, so that they come back as they were."""


def sealed(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they are stored."""
    secret = _secret(definition)
    return {name: _seal(secret[name], value) if name in secret else value for name, value in answers.items()}


def opened(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they were given."""
    secret = _secret(definition)
    return {name: unsealed(secret[name], value) if name in secret else value for name, value in answers.items()}


def unsealed(field: Field, stored: Any) -> Any:
    """One secret answer as it was given; `None` and empty text stay what they are."""
    if not stored:
        return stored
    text = unseal(str(stored))
    return json.loads(text) if field.type in _TYPED else text


def _seal(field: Field, value: Any) -> Any:
    if value is None or value == "":
        return value
    return seal(json.dumps(value) if field.type in _TYPED else str(value))


def _secret(definition: Definition) -> dict[str, Field]:
    return {field.name: field for field in definition.fields if field.secret}

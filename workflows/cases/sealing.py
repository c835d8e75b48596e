"""Answers at rest: values of the types `nik` and `phone` are ciphertext inside the answers."""

from collections.abc import Mapping
from typing import Any

from agencies.sealing import seal, unseal
from workflows.definition.model import SEALED_TYPES, Definition


def sealed(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they are stored."""
    return _convert(definition, answers, seal)


def opened(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they were given."""
    return _convert(definition, answers, unseal)


def _convert(definition: Definition, answers: Mapping[str, Any], how: Any) -> dict[str, Any]:
    secret = {field.name for field in definition.fields if field.type in SEALED_TYPES}
    return {name: how(value) if name in secret and value else value for name, value in answers.items()}

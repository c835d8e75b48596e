"""Answers at rest: values of secret fields (`nik`, `phone`, and what is marked `sealed`) are ciphertext."""

from collections.abc import Mapping
from typing import Any

from agencies.sealing import seal, unseal
from workflows.definition.model import Definition


def sealed(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they are stored."""
    return _convert(definition, answers, seal)


def opened(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they were given."""
    return _convert(definition, answers, unseal)


def _convert(definition: Definition, answers: Mapping[str, Any], how: Any) -> dict[str, Any]:
    secret = {field.name for field in definition.fields if field.secret}
    return {name: how(value) if name in secret and value else value for name, value in answers.items()}

"""TOML text into a `Definition`, or into every fault with its line."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

from workflows.definition.canonical import definition_from_body
from workflows.definition.components import with_components, with_silence
from workflows.definition.faults import DefinitionFaults, Fault
from workflows.definition.lines import located
from workflows.definition.model import Definition

__all__ = ["DefinitionFaults", "Fault", "parse_definition"]

MAX_FILE: Final = 200_000
_HINTS: Final = {
    "Invalid value": " A text stands in quotes, and true and false are written small.",
    "Cannot overwrite": " A key may stand only once.",
    "twice": " A list of tables is written with two brackets, such as [[fields]].",
}
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def parse_definition(text: str, *, file: str, components: Mapping[str, Mapping[str, Any]] | None = None) -> Definition:
    """The definition in `text`; raises `DefinitionFaults` with all faults, each with file and line.

    `components` gives, by agency code, the parts of the service standard that a service inherits;
    left out, the ones that ship with the agencies are used.
    """
    data = _read(text, file)
    try:
        return definition_from_body(with_silence(with_components(data, components), components))
    except DefinitionFaults as found:
        raise DefinitionFaults(located(found.faults, text, file)) from None


def _read(text: str, file: str) -> dict[str, Any]:
    if len(text) > MAX_FILE:
        raise DefinitionFaults([Fault(file, 1, "", f"The file is longer than {MAX_FILE} characters.")])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise DefinitionFaults([_syntax(fault, text, file)]) from None
    except (RecursionError, ValueError) as fault:
        sentence = f"This cannot be read as TOML ({type(fault).__name__})."
        raise DefinitionFaults([Fault(file, 1, "", sentence)]) from None


def _syntax(fault: tomllib.TOMLDecodeError, text: str, file: str) -> Fault:
    match = _AT_LINE.search(str(fault))
    line = int(match.group(1)) if match else text.count("\n") + 1
    reason = _AT_LINE.sub("", str(fault)).strip()
    hint = next((told for words, told in _HINTS.items() if words in reason), "")
    return Fault(file, line, "", f"This is not TOML: {reason}.{hint}")

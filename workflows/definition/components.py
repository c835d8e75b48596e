"""The parts of the service standard that a service inherits from its agency."""

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from agencies.directory import read_agencies

INHERITED: Final = (
    "complaints",
    "facilities",
    "competence",
    "supervision",
    "staff",
    "guarantee",
    "safety",
    "evaluation",
)
_HERE = Path(__file__).parent
COMMON_FILE: Final = _HERE / "components.toml"


def with_components(data: dict[str, Any], components: Mapping[str, Mapping[str, Any]] | None = None) -> dict[str, Any]:
    """`data` with a whole standard: its own parts, else its agency's, else the common sample's.

    A service stays a sample unless it says `sample = false` and states or inherits no sample text.
    """
    own = data.get("standard")
    if not isinstance(own, dict):
        return data
    agency = data.get("agency")
    stated = (components if components is not None else shipped()).get(str(agency), {})
    inherited = {key: stated[key] for key in INHERITED if key in stated}
    missing = {key: text for key, text in common().items() if key not in {**inherited, **own}}
    sample = bool(missing) or bool(stated.get("sample", not inherited) and inherited.keys() - own.keys())
    whole = {**missing, **inherited, **own}
    return {**data, "standard": {**whole, "sample": True} if sample else whole}


def source_of(part: str, data: Mapping[str, Any]) -> str:
    """Where a service has this part of its standard from: `own`, `agency` or `common`."""
    if part in data.get("standard", {}):
        return "own"
    return "agency" if part in shipped().get(str(data.get("agency")), {}) else "common"


@functools.cache
def common() -> dict[str, Any]:
    """The sample parts for everybody."""
    return tomllib.loads(COMMON_FILE.read_text("utf-8"))


@functools.cache
def shipped() -> dict[str, dict[str, Any]]:
    """What each shipped agency states about itself, by its code."""
    return {entry.code: entry.component_defaults for entry in read_agencies()}

"""The parts of the service standard, and the rules on silence, that a service inherits from its agency."""

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


def with_silence(data: dict[str, Any], components: Mapping[str, Mapping[str, Any]] | None = None) -> dict[str, Any]:
    """`data` with its rules on silence written out: its own, else those of its agency, each with the law.

    What neither states stays missing, and is a fault.
    """
    stated = (components if components is not None else shipped()).get(str(data.get("agency")), {})
    asked, term = data.get("recommenders"), data.get("term")
    found = dict(data)
    if isinstance(asked, list):
        found["recommenders"] = [_ruled(one, "silence", stated) if isinstance(one, dict) else one for one in asked]
    if isinstance(term, dict):
        found["term"] = _ruled(term, "deemed", stated)
    return found


def _ruled(part: dict[str, Any], rule: str, stated: Mapping[str, Any]) -> dict[str, Any]:
    """A part with its rule and law. Who grants by silence where the agency does not names a law of its own."""
    law = f"{rule}_law"
    grants_itself = part.get(rule) == "granted" and stated.get(rule) != "granted"
    inherited = {key: stated[key] for key in (rule, law) if key in stated and not grants_itself}
    own = {key: value for key, value in part.items() if key != law or value != ""}
    return {**inherited, **own}


def rule_from(part: Mapping[str, Any], rule: str) -> str:
    """Where a part of a definition has its rule on silence from: `own` or `agency`."""
    return "own" if rule in part else "agency"


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

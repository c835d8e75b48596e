"""Does a service still rest on a law that is in force? (S08)"""

import functools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from workflows.definition.model import Definition

FILE: Final = Path(__file__).parent / "revoked.toml"


@functools.cache
def revoked() -> Mapping[str, str]:
    """Laws without force, by their short name, with what ended them."""
    listed = tomllib.loads(FILE.read_text("utf-8"))["law"]
    return {law["name"]: law["by"] for law in listed}


def ended_by(citation: str) -> str:
    """What ended the law of a citation; empty while it is in force, or was changed (`jo`) by one that is."""
    if re.search(r"\bjo\b", citation):
        return ""
    return next((by for name, by in revoked().items() if re.match(rf"{re.escape(name)}(?!\d)", citation)), "")


def rests_on_nothing(definition: Definition) -> bool:
    """Have all of its laws lost their force?"""
    laws = definition.standard.legal_basis
    return bool(laws) and all(ended_by(law) for law in laws)

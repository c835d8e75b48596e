"""The systems that a definition may depend on, by the names under which their outages are entered."""

import functools
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from workflows.definition.checks import Finding
from workflows.definition.grammar import nearest
from workflows.definition.model import Definition

FILE: Final = Path(__file__).parent / "systems.toml"
LONGEST: Final = 80
"""What an outage can name."""


@functools.cache
def known() -> tuple[str, ...]:
    """Every name, in the order of the file."""
    return tuple(tomllib.loads(FILE.read_text("utf-8"))["names"])


def check(definition: Definition) -> Iterator[Finding]:
    """A wrong name would leave the service out of every outage, so it is refused with the nearest right one."""
    for at, system in enumerate(definition.depends_on, start=1):
        if not 1 <= len(system.strip()) <= LONGEST:
            yield "depends_on", f"must name systems, each in 1 to {LONGEST} characters."
        elif system not in (*known(), definition.product.system):
            yield f"depends_on[{at}]", f"There is no system '{system}'{nearest(system, known()) or '.'}"

"""The indicators of kecamatan, read from `indicators.toml`."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "indicators.toml"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: its name, its unit and how it is measured."""

    code: str
    name: str
    unit: str
    how: str
    is_count: bool
    of: str = ""
    most: Decimal | None = None
    """The greatest value there can be, of those that also have a least one: 0."""


@cache
def indicators(kind: str) -> dict[str, Indicator]:
    """The indicators that a file of this kind may tell of, by code."""
    said = tomllib.loads(FILE.read_text("utf-8"), parse_float=Decimal)[kind]
    return {
        code: Indicator(
            code,
            one["name"],
            one["unit"],
            one["how"],
            one["kind"] == "count",
            one.get("of", ""),
            Decimal(one["most"]) if "most" in one else None,
        )
        for code, one in said.items()
    }

"""What the checks of a definition share: a finding, and the expressions with their places."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from workflows.definition.expressions import Expression
from workflows.definition.model import Definition, FeeLine, Recommender, Requirement, Text

Finding = tuple[str, str]
"""A path and an English sentence for the service designer."""

SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WORD: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
CODE: Final = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)+")


class Placed(NamedTuple):
    """An expression and where it stands."""

    path: str
    expression: Expression


def conditions(definition: Definition) -> Iterator[Placed]:
    """Every `when` outside the fields, which have rules of their own."""
    groups: dict[str, Sequence[Requirement | Recommender | FeeLine]] = {
        "requirements": definition.requirements,
        "recommenders": definition.recommenders,
        "fee.lines": definition.fee.lines,
    }
    for name, items in groups.items():
        for at, item in enumerate(items, start=1):
            if item.when is not None:
                yield Placed(f"{name}[{at}].when", item.when)


def expressions(definition: Definition) -> Iterator[Placed]:
    """Every expression of the definition."""
    for at, field in enumerate(definition.fields, start=1):
        if field.when is not None:
            yield Placed(f"fields[{at}].when", field.when)
    yield from conditions(definition)
    for at, line in enumerate(definition.fee.lines, start=1):
        yield Placed(f"fee.lines[{at}].amount", line.amount)


def missing(texts: Mapping[str, str | Text]) -> Iterator[Finding]:
    """The paths whose text says nothing."""
    for path, text in texts.items():
        if not (text.id if isinstance(text, Text) else text).strip():
            yield path, "must not be empty."


def between(path: str, value: int, least: int, most: int) -> Iterator[Finding]:
    """A number that must lie within bounds."""
    if not least <= value <= most:
        yield path, f"must be from {least} to {most}, not {value}."

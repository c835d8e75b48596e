"""Questions and papers: can each be asked, understood and answered?"""

from collections.abc import Iterator
from typing import Final

from workflows.definition.bounds import BOUNDED, TODAY, measure
from workflows.definition.checks import SLUG, WORD, Finding, between, expressions, missing
from workflows.definition.expressions import Expression
from workflows.definition.kinds import FieldType
from workflows.definition.model import Definition, Field

FORMATS: Final = frozenset({"pdf", "jpg", "png"})
_TEXTS: Final = frozenset({FieldType.TEXT, FieldType.LONGTEXT})
MOST_LENGTH: Final = 10_000
LONGEST_SLUG: Final = 80


def check(definition: Definition) -> Iterator[Finding]:
    """All findings about fields, requirements and what expressions read."""
    for at, field in enumerate(definition.fields, start=1):
        path = f"fields[{at}]"
        if WORD.fullmatch(field.name) is None:
            yield f"{path}.name", "must be small letters, digits and underscores, starting with a letter."
        yield from missing({f"{path}.label": field.label})
        yield from _options(field, path)
        yield from _bounds(definition, field, at, path)
        if field.when is not None:
            yield from _order(definition, field, at, field.when)
    yield from _requirements(definition)
    yield from _reads(definition)


def _options(field: Field, path: str) -> Iterator[Finding]:
    if field.type is FieldType.CHOICE and not field.options:
        yield f"{path}.options", "A choice needs options."
    if field.type is not FieldType.CHOICE and field.options:
        yield f"{path}.options", f"A {field.type} has no options; make it a choice."
    for at, option in enumerate(field.options, start=1):
        spot = f"{path}.options[{at}]"
        yield from missing({f"{spot}.value": option.value, f"{spot}.label": option.label})


def _bounds(definition: Definition, field: Field, at: int, path: str) -> Iterator[Finding]:
    if field.max_length and field.type not in _TEXTS:
        yield f"{path}.max_length", f"A {field.type} has no length."
    yield from between(f"{path}.max_length", field.max_length, 0, MOST_LENGTH)
    bounds = {name: getattr(field, name) for name in ("minimum", "maximum") if getattr(field, name)}
    if field.type not in BOUNDED:
        for name in bounds:
            yield f"{path}.{name}", f"A {field.type} has no {name}."
    else:
        yield from _values(
            field, path, {n: b for n, b in bounds.items() if not _is_reference(definition, field, at, b)}
        )


def _values(field: Field, path: str, bounds: dict[str, str]) -> Iterator[Finding]:
    measured = []
    for name, bound in bounds.items():
        try:
            measured.append(measure(field.type, bound))
        except ValueError:
            yield f"{path}.{name}", f"'{bound}' is not a value of the type {field.type}."
    if len(measured) == 2 and measured[0] > measured[1]:
        yield f"{path}.maximum", "is below the minimum."


def _is_reference(definition: Definition, field: Field, at: int, bound: str) -> bool:
    """A date may be bounded by today or by an earlier date, a year by the present one."""
    if bound == TODAY and field.type in (FieldType.DATE, FieldType.YEAR):
        return True
    earlier = [other.name for other in definition.fields[: at - 1] if other.type is FieldType.DATE]
    return field.type is FieldType.DATE and bound in earlier


def _order(definition: Definition, field: Field, at: int, when: Expression) -> Iterator[Finding]:
    """A condition may look back only, so that there is no circle and one pass decides."""
    path = f"fields[{at}].when"
    earlier = {other.name for other in definition.fields[: at - 1]}
    for name in sorted(when.names - earlier):
        if name == field.name:
            yield path, f"'{name}' depends on itself."
        elif field.name in _looked_at(definition, name):
            yield path, f"'{field.name}' and '{name}' depend on each other: a circle."
        else:
            yield path, f"'{name}' comes later; a condition may only look at earlier fields."


def _looked_at(definition: Definition, name: str) -> set[str]:
    """All fields that the visibility of `name` hangs on."""
    conditions = {one.name: one.when.names for one in definition.fields if one.when is not None}
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for other in conditions.get(waiting.pop(), frozenset()) - found:
            found.add(other)
            waiting.append(other)
    return found


def _requirements(definition: Definition) -> Iterator[Finding]:
    for at, item in enumerate(definition.requirements, start=1):
        path = f"requirements[{at}]"
        yield from missing({f"{path}.name": item.name})
        for name, slug in (("code", item.code), ("document_type", item.document_type)):
            if SLUG.fullmatch(slug) is None:
                yield f"{path}.{name}", "must be small letters and digits joined by hyphens."
            if len(slug) > LONGEST_SLUG:
                yield f"{path}.{name}", f"is longer than {LONGEST_SLUG} characters."
        if not item.formats:
            yield f"{path}.formats", "A paper needs at least one format."
        for format_ in sorted(set(item.formats) - FORMATS):
            yield f"{path}.formats", f"'{format_}' is not one of: {', '.join(sorted(FORMATS))}."


def _reads(definition: Definition) -> Iterator[Finding]:
    """What expressions look at must be open text, and options that exist."""
    fields = {field.name: field for field in definition.fields}
    for path, expression in expressions(definition):
        for name in sorted(expression.names):
            if fields[name].secret:
                yield path, f"'{name}' is sealed; no expression may read it."
        for name, value in sorted(expression.compared):
            known = {option.value for option in fields[name].options}
            if fields[name].type is FieldType.CHOICE and known and value not in known:
                yield path, f"'{value}' is not an option of '{name}'."

"""What the applicant gets, and the fourteen components of the service standard (UU 25/2009)."""

import re
import string
from collections.abc import Iterator
from typing import Final

from workflows.definition import systems
from workflows.definition.checks import CODE, WORD, Finding, between, missing
from workflows.definition.kinds import ProductKind, ValidityKind
from workflows.definition.laws import rests_on_nothing
from workflows.definition.model import Definition, Numbering

PLACES: Final = frozenset({"seq", "unit", "year", "month", "month_roman"})
MOST_PATTERN: Final = 120
LONGEST: Final = {"template": 80, "unit": 32}
"""What the register of numbers can keep, with the number itself and the year."""
_COUNTED: Final = (ValidityKind.YEARS, ValidityKind.MONTHS, ValidityKind.DAYS)
_ATOM = re.compile(
    r"""(?:\\[dwDW.\-/^$|(){}\[\]+*?\\]      # a class or an escaped sign
        |\[\^?(?:\\.|[^\]\\\[])+\]           # a set
        |[A-Za-z0-9 _:;,/@\#%&=~!<>'"-]      # a sign that stands for itself
        |\.)
        (?:\{\d{1,2}(?:,\d{1,2})?\}|\?)?     # how often, always bounded
        |[()|^$]                             # groups and choices, never repeated""",
    re.VERBOSE,
)


def check(definition: Definition) -> Iterator[Finding]:
    """All findings about identity, product and standard."""
    yield from _identity(definition)
    yield from _product(definition)
    yield from _standard(definition)


def _identity(definition: Definition) -> Iterator[Finding]:
    yield from missing({"name": definition.name, "summary": definition.summary})
    if CODE.fullmatch(definition.code) is None or len(definition.code) > 60:
        yield "code", "must be capital letters and digits joined by hyphens, such as DINKES-IZIN."
    if not definition.code.startswith(f"{definition.agency}-"):
        yield "code", f"must begin with the code of its agency, '{definition.agency}-'."
    if WORD.fullmatch(definition.category) is None:
        yield "category", "must be small letters, digits and underscores."
    yield from systems.check(definition)
    if len(definition.name.id) > 200 or len(definition.name.en) > 200:
        yield "name", "is longer than 200 characters."


def _product(definition: Definition) -> Iterator[Finding]:
    product = definition.product
    yield from missing({"product.name": product.name})
    if product.kind is ProductKind.RENDERED and product.numbering is None:
        yield "product", "A document that we render needs [product.numbering]."
    if product.kind is not ProductKind.RENDERED and product.numbering is not None:
        yield "product.numbering", f"A {product.kind} product gets no number from us; its own system numbers it."
    if product.kind is not ProductKind.RECORDED and (product.system or product.number_pattern):
        yield "product", "Only a recorded product has a system or a number pattern."
    yield from _validity(definition)
    if product.numbering is not None:
        yield from _numbering(product.numbering)
    if product.number_pattern:
        yield from _pattern(product.number_pattern, product.number_example)


def _validity(definition: Definition) -> Iterator[Finding]:
    validity = definition.product.validity
    if validity.kind in _COUNTED and not 1 <= validity.amount <= 1000:
        yield "product.validity", f"Say how many {validity.kind}, from 1 to 1000."
    if validity.kind not in _COUNTED and validity.amount:
        yield "product.validity.amount", f"A validity of the kind {validity.kind} is not counted."
    if validity.kind is ValidityKind.PHRASE and not validity.phrase.id.strip():
        yield "product.validity.phrase", "must not be empty."


def _numbering(numbering: Numbering) -> Iterator[Finding]:
    path = "product.numbering"
    yield from missing({f"{path}.unit": numbering.unit})
    for name, most in LONGEST.items():
        if len(getattr(numbering, name)) > most:
            yield f"{path}.{name}", f"is longer than {most} characters."
    try:
        parsed = list(string.Formatter().parse(numbering.template))
    except ValueError:
        yield f"{path}.template", "has a brace that is not closed."
        return
    places = [name for _text, name, _format, _conversion in parsed if name is not None]
    strange = sorted(set(places) - PLACES)
    if strange or any(form or conversion for _text, _name, form, conversion in parsed):
        yield f"{path}.template", f"Only these may stand in braces: {', '.join(sorted(PLACES))}."
    for needed in ("seq", "year"):
        if places.count(needed) != 1:
            yield f"{path}.template", f"must hold {{{needed}}} once, so that numbers stay distinct."


def _pattern(pattern: str, example: str) -> Iterator[Finding]:
    """Bounded repetition of single signs only, so that matching cannot explode."""
    path = "product.number_pattern"
    at = 0
    while at < len(pattern) <= MOST_PATTERN and (match := _ATOM.match(pattern, at)):
        at = match.end()
    if at != len(pattern):
        yield path, f"is too long or uses more than signs, sets and counts such as \\d{{13}} (at {at + 1})."
        return
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError) as fault:
        yield path, f"is not a pattern ({fault})."
        return
    if example and compiled.fullmatch(example) is None:
        yield "product.number_example", "does not fit the pattern."


def _standard(definition: Definition) -> Iterator[Finding]:
    standard = definition.standard
    if not definition.requirements:
        sentence = "The standard must name at least one paper (UU 25/2009); it may be optional or conditional."
        yield "requirements", sentence
    if not standard.procedure:
        yield "standard.procedure", "The standard needs at least one step."
    if not standard.legal_basis:
        yield "standard.legal_basis", "The standard needs at least one law."
    if rests_on_nothing(definition):
        yield "standard.legal_basis", "Every law named here has been revoked; see revoked.toml."
    yield from missing({f"standard.procedure[{at}]": step for at, step in enumerate(standard.procedure, start=1)})
    yield from missing({f"standard.legal_basis[{at}]": law for at, law in enumerate(standard.legal_basis, start=1)})
    parts = ("complaints", "facilities", "competence", "supervision", "guarantee", "safety", "evaluation")
    yield from missing({f"standard.{part}": getattr(standard, part) for part in parts})
    yield from between("standard.staff", standard.staff, 1, 10_000)

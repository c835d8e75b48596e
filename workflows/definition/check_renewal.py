"""What may follow a permit: its renewal, its amendment, and the questions that it answers by itself."""

from collections.abc import Collection, Iterator
from typing import Final

from workflows.definition.checks import Finding, between
from workflows.definition.grammar import nearest
from workflows.definition.kinds import Effect, FieldType, PermitFact, ProductKind, ValidityKind
from workflows.definition.model import Definition, Product, Renewal

MOST_DAYS: Final = 365
MOST_REMINDERS: Final = 5
_ENDS: Final = (ValidityKind.YEARS, ValidityKind.MONTHS, ValidityKind.DAYS)
_ONCE: Final = (Effect.COPIES, Effect.REVOKES)
_ANSWERED_BY: Final = {
    PermitFact.NUMBER: (FieldType.TEXT,),
    PermitFact.SERVICE: (FieldType.CHOICE,),
    PermitFact.ISSUED_ON: (FieldType.DATE,),
    PermitFact.RENEWING: (FieldType.BOOLEAN,),
}


def check(definition: Definition, services: Collection[str] | None) -> Iterator[Finding]:
    """All findings about renewal and amendment; `services` as in `validate.faults_of`."""
    product = definition.product
    yield from _questions(definition)
    if product.amendable and (product.kind is ProductKind.NONE or product.effect in _ONCE):
        yield "product.amendable", "There is no permit of its own here that could be amended."
    if definition.renewal is None:
        return
    if product.kind is ProductKind.NONE or product.effect in _ONCE or not _ends(product):
        yield "renewal", "A product without an end is not renewed."
    yield from _days(definition.renewal)
    yield from _by(definition, definition.renewal.by, services)


def _questions(definition: Definition) -> Iterator[Finding]:
    """A fact of the earlier permit must be of the question's type, and its number names one permit."""
    numbers = 0
    for at, field in enumerate(definition.fields, start=1):
        if field.from_permit is None:
            continue
        path, wanted = f"fields[{at}].from_permit", _ANSWERED_BY[field.from_permit]
        if field.type not in wanted or field.sealed:
            yield path, f"The {field.from_permit} of a permit answers an open question of the type {wanted[0]}."
        numbers += field.from_permit is PermitFact.NUMBER
        if numbers > 1:
            yield path, "The earlier permit is named once."


def _ends(product: Product) -> bool:
    """By date; an officer may note the last day of what another system made, whatever the phrase says."""
    kind = product.validity.kind
    return kind in _ENDS or (kind is ValidityKind.PHRASE and product.kind is ProductKind.RECORDED)


def _days(renewal: Renewal) -> Iterator[Finding]:
    yield from between("renewal.opens_days", renewal.opens_days, 1, MOST_DAYS)
    if list(renewal.reminders) != sorted(set(renewal.reminders), reverse=True):
        yield "renewal.reminders", "must fall from the earliest to the last, each once, such as [60, 30, 7]."
    if len(renewal.reminders) > MOST_REMINDERS:
        yield "renewal.reminders", f"has more than {MOST_REMINDERS} items."
    for at, days in enumerate(renewal.reminders, start=1):
        path = f"renewal.reminders[{at}]"
        if not 1 <= days <= renewal.opens_days:
            yield path, f"{days} days: a reminder comes at least 1 day before the end, and not before renewing opens."


def _by(definition: Definition, by: str, services: Collection[str] | None) -> Iterator[Finding]:
    if by and services is not None and by not in services and by != definition.code:
        yield "renewal.by", f"There is no service '{by}'{nearest(by, services) or '.'}"

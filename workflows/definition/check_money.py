"""Fees: is there a law, can the sum be known, and is it free where the law says free?"""

from collections.abc import Iterator

from workflows.definition.checks import Finding, between, missing
from workflows.definition.kinds import FeeKind
from workflows.definition.model import Definition


def check(definition: Definition) -> Iterator[Finding]:
    """All findings about the fee."""
    fee = definition.fee
    if fee.kind is not FeeKind.FREE and not fee.law.strip():
        yield "fee.law", "A fee needs the law that allows it."
    if definition.population_document and fee.kind is not FeeKind.FREE:
        yield "fee.kind", "A population document is free (UU 24/2013 art. 79A)."
    yield from _amount(definition)
    yield from between("fee.payable_days", fee.payable_days, 1, 365)
    if definition.same_visit and fee.kind in (FeeKind.FIXED, FeeKind.FORMULA):
        yield "fee.kind", "A same-visit service cannot wait for a payment to the mall; make the fee external."
    yield from _lines(definition)


def _amount(definition: Definition) -> Iterator[Finding]:
    fee = definition.fee
    if fee.kind is FeeKind.FIXED and not fee.amount:
        yield "fee.amount", "A fixed fee needs an amount above 0."
    if fee.kind is FeeKind.FREE and fee.amount:
        yield "fee.amount", "A free service has no amount."
    if fee.kind is FeeKind.FORMULA and fee.amount is not None:
        yield "fee.amount", "A formula has lines, not an amount."
    if fee.amount is not None and fee.amount < 0:
        yield "fee.amount", "An amount cannot be below 0."
    if fee.kind is FeeKind.EXTERNAL and not fee.amount and not fee.note.id.strip():
        yield "fee.note", "Say how much an external fee is, or who sets it and where it is paid."


def _lines(definition: Definition) -> Iterator[Finding]:
    fee = definition.fee
    if fee.kind is FeeKind.FORMULA and not fee.lines:
        yield "fee.lines", "A formula needs at least one line."
    if fee.kind is not FeeKind.FORMULA and fee.lines:
        yield "fee.lines", f"A {fee.kind} fee has no lines."
    for at, line in enumerate(fee.lines, start=1):
        path = f"fee.lines[{at}]"
        yield from missing({f"{path}.label": line.label})
        read = line.amount.names | (line.when.names if line.when else frozenset())
        for name in sorted(read):
            field = definition.question(name)
            if not field.required:
                yield path, f"The sum hangs on '{name}', which may stay unanswered; make it required."
            elif field.when is not None and line.when is None:
                yield path, f"'{name}' may be hidden; say with `when` in which case the line counts."

"""Fees: is there a law, can the sum be known, and is it free where the law says free?"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from workflows.definition.checks import Finding, between, missing
from workflows.definition.kinds import FeeKind
from workflows.definition.model import Definition, Fee
from workflows.definition.rates import COLLECTED

LAW: Final = re.compile(r"\b[A-Z]\w+.*\b\d{1,4}(/[\w.-]+)*(/| Tahun )(19|20)\d{2}\b")
"""The name of a rule that can be looked up: its kind, and its number with the year; `Perda Kab. Banyuwangi 1/2024`."""


def check(definition: Definition, agencies: Mapping[str, str]) -> Iterator[Finding]:
    """All findings about the fee; `agencies` maps known codes to their kind."""
    fee = definition.fee
    if fee.kind is not FeeKind.FREE and not fee.law.strip():
        yield "fee.law", "A fee needs the law that allows it."
    elif agencies.get(definition.agency) == "skpd":
        yield from _local_law(fee)
    if definition.population_document and fee.kind is not FeeKind.FREE:
        yield "fee.kind", "A population document is free (UU 24/2013 art. 79A)."
    yield from _amount(definition)
    yield from _validity(fee)
    yield from between("fee.payable_days", fee.payable_days, 1, 365)
    if definition.same_visit and fee.kind in (FeeKind.FIXED, FeeKind.FORMULA):
        yield "fee.kind", "A same-visit service cannot wait for a payment to the mall; make the fee external."
    yield from _lines(definition)


def _local_law(fee: Fee) -> Iterator[Finding]:
    """What a local office takes rests on a rule with kind, number and year, or is a levy that nobody allowed.

    UU 1/2022 leaves few licences for which a region may ask money at all, so "by local regulation" is no basis.
    A sample cannot be published where people pay; it may still name a rule that is to be filled in.
    """
    asked = fee.kind in COLLECTED or bool(fee.amount)
    if not asked or fee.sample:
        return
    laws = {"fee.law": fee.law} | {f"fee.lines[{at}].law": line.law for at, line in enumerate(fee.lines, 1) if line.law}
    for path, law in laws.items():
        if not LAW.search(law):
            yield path, "A local fee needs a rule with kind, number and year, such as 'Perda Kab. Banyuwangi 1/2024'."


def _validity(fee: Fee) -> Iterator[Finding]:
    """The days of a rate are dates, in their order."""
    days = {"fee.valid_from": fee.valid_from, "fee.valid_until": fee.valid_until}
    wrong = [path for path, text in days.items() if text and not _is_day(text)]
    for path in wrong:
        yield path, "must be a date such as 2026-12-31."
    if not wrong and fee.valid_from and fee.valid_until and fee.valid_until < fee.valid_from:
        yield "fee.valid_until", "A rate cannot end before it begins."
    if fee.kind is FeeKind.FREE and any(days.values()):
        yield "fee.valid_until" if fee.valid_until else "fee.valid_from", "What is free has no rate that could end."


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


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

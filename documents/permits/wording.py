"""How a permit writes things: Indonesian whatever the language of the page, secret numbers masked."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from agencies.identifiers import mask_nik, mask_phone
from agencies.sealing import unseal
from workflows.definition.kinds import FieldType
from workflows.definition.model import Field, Validity, ValidityKind
from workflows.definition.typed import MONTHS, thousands

NOTHING = "–"
LIFETIME = "Berlaku tanpa batas waktu, selama ketentuan dalam dokumen ini dipenuhi dan tidak dicabut."
SHOWN_DIGITS = 4


def day(when: date) -> str:
    """`22 November 2026`."""
    return f"{when.day} {MONTHS[when.month - 1].title()} {when.year}"


def answer(field: Field, stored: Any, regions: Mapping[str, str]) -> str:
    """One stored answer in words. Secret ones are opened only to be masked."""
    if stored is None or stored == "":
        return NOTHING
    if field.secret:
        return masked(field.type, unseal(str(stored)))
    if field.type is FieldType.CHOICE:
        return next((one.label.id for one in field.options if one.value == stored), str(stored))
    if field.type in (FieldType.KECAMATAN, FieldType.VILLAGE):
        return regions.get(str(stored), str(stored))
    return _plain(field.type, stored)


def masked(kind: FieldType, opened: str) -> str:
    """A secret number, with as much of it as its owner needs to know it again."""
    if kind is FieldType.NIK:
        return mask_nik(opened)
    if kind is FieldType.PHONE:
        return mask_phone(opened)
    return "*" * max(len(opened) - SHOWN_DIGITS, SHOWN_DIGITS) + opened[SHOWN_DIGITS:][-SHOWN_DIGITS:]


def _plain(kind: FieldType, stored: Any) -> str:
    if kind is FieldType.BOOLEAN:
        return "Ya" if stored else "Tidak"
    if kind is FieldType.MONEY:
        return f"Rp {thousands(int(stored))}"
    if kind is FieldType.DATE:
        return day(date.fromisoformat(str(stored)))
    if kind is FieldType.INTEGER:
        return thousands(int(stored))
    if kind is FieldType.DECIMAL:
        return thousands(Decimal(str(stored)))
    if kind is FieldType.GEOPOINT:
        return str(stored).replace(",", ", ")
    return str(stored)


def validity(rule: Validity, granted_on: date, valid_until: date | None) -> str:
    """From when until when it may be used; empty where the product has no validity."""
    if valid_until:
        return f"Berlaku sejak {day(granted_on)} sampai dengan {day(valid_until)}."
    if rule.kind is ValidityKind.PHRASE:
        return f"{rule.phrase.id}."
    return LIFETIME if rule.kind is ValidityKind.LIFETIME else ""


def masked_name(name: str) -> str:
    """`S*** A*****`: enough for who knows the holder, too little for who does not."""
    return " ".join(word[0] + "*" * max(len(word) - 1, 2) for word in name.split())

"""Is a rate in force? An article begins to apply on a day, and may stop on another."""

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from workflows.definition.model import Fee, FeeKind

COLLECTED: Final = (FeeKind.FIXED, FeeKind.FORMULA)
"""Fees that the mall itself bills."""


def first_day(fee: Fee) -> date | None:
    """The first day (WIB) on which the rate applies; None when it is not bounded."""
    return date.fromisoformat(fee.valid_from) if fee.valid_from else None


def last_day(fee: Fee) -> date | None:
    """The last day (WIB) on which the rate applies; None when it is not bounded."""
    return date.fromisoformat(fee.valid_until) if fee.valid_until else None


def has_ended(fee: Fee, on: date) -> bool:
    """Has the last day of the rate passed?"""
    last = last_day(fee)
    return last is not None and last < on


def in_force(fee: Fee, on: date) -> bool:
    """May the rate be asked for of an application that is handed in on this day?"""
    first = first_day(fee)
    return (first is None or first <= on) and not has_ended(fee, on)


def not_in_force(fee: Fee, on: date) -> str:
    """The sentence for an applicant whose service has no rate today; empty when it has one.

    A fee that another agency sets and collects is that agency's business.
    """
    if fee.kind not in COLLECTED or in_force(fee, on):
        return ""
    return _(
        "Tarif layanan ini tidak berlaku hari ini, sehingga permohonan belum dapat diajukan. Isian dan berkas Anda "
        "tetap tersimpan; administrator mal melihat tarif ini di daftar tugasnya. Silakan coba lagi kemudian."
    )

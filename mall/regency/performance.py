"""How far an office reached its targets (Perpres 29/2014, PermenPANRB 88/2021)."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

PLACES = Decimal("0.01")
GRADES = (
    (Decimal(90), "AA"),
    (Decimal(80), "A"),
    (Decimal(70), "BB"),
    (Decimal(60), "B"),
    (Decimal(50), "CC"),
    (Decimal(30), "C"),
)
"""Above so much; D for the rest."""


class Polarity(models.TextChoices):
    """Which way is better."""

    HIGHER = "higher", _("Makin tinggi makin baik")
    LOWER = "lower", _("Makin rendah makin baik")


def achievement(target: Decimal | None, reached: Decimal | None, polarity: str) -> Decimal | None:
    """Per cent of the target, to two places; None, and never 0, where the target is 0 or either is missing."""
    if not target or reached is None:
        return None
    exact = reached / target if polarity == Polarity.HIGHER else (2 * target - reached) / target
    return (100 * exact).quantize(PLACES, ROUND_HALF_UP)


def grade(value: Decimal) -> str:
    """The grade of an evaluation; the bounds belong to the lower one."""
    return next((name for above, name in GRADES if value > above), "D")


def mean(values: Sequence[Decimal | None]) -> Decimal | None:
    """Over those that are known; None where none is."""
    known = [one for one in values if one is not None]
    return (sum(known, Decimal(0)) / len(known)).quantize(PLACES, ROUND_HALF_UP) if known else None

"""What the tests of the roll-ups share: the cells as a plain table, and the same counted from the log."""

from decimal import Decimal

from django.db import transaction

from agencies import clock
from mall.transparency.period import Month
from mall.transparency.rollups import recounting
from mall.transparency.rollups.models import Cell, CountedMonth

KEY = ("measure", "month", "service", "agency", "kecamatan", "part")
Cells = dict[tuple[object, ...], tuple[int, Decimal]]


def cells() -> Cells:
    """Every cell by its key."""
    return {row[:6]: row[6:] for row in Cell.objects.values_list(*KEY, "count", "amount")}


def recounted() -> Cells:
    """The cells as they would be if everything were counted from the log; nothing is kept of it."""
    with transaction.atomic():
        CountedMonth.objects.all().delete()
        for month in recounting.months():
            recounting.recount_month(month)
        found = cells()
        transaction.set_rollback(True)
    return found


def this_month() -> Month:
    """The running month."""
    return Month.of(clock.today())

"""Histograms of working days whose buckets widen by 2^(1/8), so that they add up and still tell a percentile.

Bucket 0 holds exactly zero days; bucket b > 0 the whole days from 2^((b-1)/8) up to, not including, 2^(b/8). Up to
eleven days each bucket holds one number, so that short times are exact; above, half a bucket is at most 4.5 %.
"""

import math
from collections.abc import Mapping
from decimal import Decimal

STEPS = 8
"""Buckets in a doubling."""
_SLIP = 1e-9
"""What a logarithm may be wrong by at the edge of a bucket."""


def bucket_sql(days: str) -> str:
    """The bucket of a number of days, as PostgreSQL computes it, as text."""
    return f"CASE WHEN {days} <= 0 THEN '0' ELSE (1 + floor({STEPS} * ln({days}) / ln(2.0) + {_SLIP}))::int::text END"


def bucket(days: int) -> int:
    """The same in Python."""
    return 1 + math.floor(STEPS * math.log2(days) + _SLIP) if days > 0 else 0


def middle(number: int) -> float:
    """The days that stand for a bucket: the middle of the whole numbers in it."""
    if number <= 0:
        return 0.0
    first, after = (math.ceil(2 ** ((number + step) / STEPS) - _SLIP) for step in (-1, 0))
    return (first + after - 1) / 2


def percentile(counts: Mapping[int, int], share: float) -> Decimal | None:
    """As `percentile_cont` tells it, within one bucket; None of nothing. `counts` by bucket."""
    total = sum(counts.values())
    if not total:
        return None
    at = share * (total - 1)
    low, high = _value(counts, math.floor(at)), _value(counts, math.ceil(at))
    return Decimal(str(round(low + (high - low) * (at - math.floor(at)), 6)))


def _value(counts: Mapping[int, int], place: int) -> float:
    """What stands at a place, from 0, when all are put in order."""
    seen = 0
    for number in sorted(counts):
        seen += counts[number]
        if place < seen:
            return middle(number)
    raise IndexError(place)

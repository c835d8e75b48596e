"""The arithmetic of a comparison: how likely an honest officer shows at least as much, and which of many to believe.

Plain code, exact to the floating point: the tails are sums of the beta-binomial, whose extra parameter says how much
honest officers differ among themselves. Without it everybody with many cases would stand out.
"""

import math
from collections.abc import Sequence
from statistics import median

LEAST = 1e-300
"""What stands for zero: a logarithm is taken of it."""
NORMAL_QUARTILE = 0.6744897501960817
"""Half of all normal deviations are smaller."""


def tail(found: int, of: int, rate: float, steady: float) -> float:
    """The chance of at least `found` among `of` where each happens at `rate`.

    `steady` is the weight of the rate, in cases: the smaller, the more honest officers differ. Infinite: binomial.
    """
    if found <= 0:
        return 1.0
    rate = min(max(rate, 1e-9), 1 - 1e-9)
    below = found <= of * rate
    span = range(found) if below else range(found, of + 1)
    total = math.fsum(math.exp(_log_chance(many, of, rate, steady)) for many in span)
    return min(1.0, max(LEAST, 1 - total if below else total))


def _log_chance(found: int, of: int, rate: float, steady: float) -> float:
    choose = math.lgamma(of + 1) - math.lgamma(found + 1) - math.lgamma(of - found + 1)
    if math.isinf(steady):
        return choose + found * math.log(rate) + (of - found) * math.log1p(-rate)
    yes, no = rate * steady, (1 - rate) * steady
    return choose + _log_beta(found + yes, of - found + no) - _log_beta(yes, no)


def _log_beta(one: float, other: float) -> float:
    return math.lgamma(one) + math.lgamma(other) - math.lgamma(one + other)


def steadiness(seen: Sequence[tuple[int, int, float]]) -> float:
    """How steady honest officers are, from (found, of, rate) of everybody: the weight of a rate, in cases.

    By the median deviation, which a few who cheat do not move; infinite where officers differ no more than chance.
    """
    used = [(found, of, rate) for found, of, rate in seen if of * rate >= 1 and rate < 1]
    if not used:
        return math.inf
    apart = [abs(found - of * rate) / math.sqrt(of * rate * (1 - rate)) for found, of, rate in used]
    spread = (median(apart) / NORMAL_QUARTILE) ** 2
    size = median([of for _found, of, _rate in used])
    if spread <= 1 or size <= 1:
        return math.inf
    alike = min(0.99, (spread - 1) / (size - 1))
    return 1 / alike - 1


def together(*weights: float) -> float:
    """Two sources of doubt about one rate, as one weight."""
    doubt = sum(1 / one for one in weights)
    return 1 / doubt if doubt else math.inf


def believed(chances: Sequence[float], share: float) -> float:
    """The largest chance to believe so that at most `share` of the believed are chance (Benjamini-Hochberg); or 0."""
    ordered = sorted(chances)
    limits = (one for rank, one in enumerate(ordered, start=1) if one <= share * rank / len(ordered))
    return max(limits, default=0.0)


def strength(chance: float) -> float:
    """A chance as a number that grows with surprise, and can be added: zeros before its first digit."""
    return -math.log10(max(chance, LEAST))

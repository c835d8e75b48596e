"""The arithmetic of the satisfaction index (IKM, PermenPANRB 14/2017), exact to the last digit.

The weight of an element is 1/9 and never the printed 0.11, with which a perfect survey could only reach 99.00. The
index is rounded half up to two places first and graded afterwards, because the bands are defined to two places and
have gaps between them. Units pool their respondents: an average of indexes is not an index.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

ELEMENTS = 9
BEST = 4
CHI_SQUARE = Fraction("3.841")
"""Of one degree of freedom at 95 %, as the table of Krejcie and Morgan uses it."""
MARGIN = Fraction("0.05")
EVEN = Fraction(1, 2)
Z = Fraction("1.96")
"""Half the width of 95 % of a normal distribution, in standard deviations."""


class Grade(StrEnum):
    """Quality of the service, best first; the lowest index of each."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


LOWEST = {Grade.A: Decimal("88.31"), Grade.B: Decimal("76.61"), Grade.C: Decimal("65.00"), Grade.D: Decimal("25.00")}


def index(totals: Sequence[int], respondents: int) -> Fraction:
    """The index of a unit, 25 to 100, from the sum of the scores of each element.

    Raises:
        ValueError: not nine elements, nobody answered, or a sum that so many answers of 1 to 4 cannot have.
    """
    if len(totals) != ELEMENTS or respondents < 1:
        raise ValueError("nine sums over at least one respondent")
    if not all(respondents <= one <= BEST * respondents for one in totals):
        raise ValueError("a sum that answers of 1 to 4 cannot have")
    return Fraction(25 * sum(totals), ELEMENTS * respondents)


def rounded(value: Fraction) -> Decimal:
    """To two places, half up, without a binary fraction on the way."""
    return Decimal(math.floor(100 * value + EVEN)).scaleb(-2)


def root(value: Fraction) -> Decimal:
    """The square root to two places, half up, exact."""
    return Decimal((math.isqrt(math.floor(40_000 * value)) + 1) // 2).scaleb(-2)


def grade(published: Decimal) -> Grade:
    """The grade of an index that is rounded already."""
    return next(one for one, lowest in LOWEST.items() if published >= lowest)


def least_sample(population: int) -> int:
    """How many must answer of so many (Krejcie and Morgan 1970), rounded half up; everybody of a handful."""
    if population <= 0:
        return 0
    spread = CHI_SQUARE * EVEN * (1 - EVEN)
    wanted = spread * population / (MARGIN**2 * (population - 1) + spread)
    return min(population, math.floor(wanted + EVEN))


@dataclass(frozen=True, slots=True)
class Survey:
    """What was answered about one unit in one period."""

    closed: int
    """Cases that were closed and could have been answered: the population N."""
    answered: int
    totals: tuple[int, ...]
    """The sum of the scores of each element, in the order of the law; all 0 where nobody answered."""
    squares: int = 0
    """The sum over respondents of the square of all that one gave; for the margin of error."""

    @property
    def needed(self) -> int:
        """How many answers the period must have had."""
        return least_sample(self.closed)

    @property
    def is_enough(self) -> bool:
        """May a grade be given?"""
        return 0 < self.answered >= self.needed

    @property
    def index(self) -> Decimal | None:
        """The index to two places; None where nobody answered."""
        return rounded(index(self.totals, self.answered)) if self.answered else None

    @property
    def grade(self) -> Grade | None:
        """The grade; None while too few answered, whatever the index."""
        return grade(self.index) if self.is_enough and self.index is not None else None

    @property
    def silent(self) -> int:
        """How many did not answer."""
        return self.closed - self.answered

    @property
    def rate(self) -> Decimal | None:
        """How many of a hundred answered, to one place; None where nobody could."""
        return (
            Decimal(math.floor(Fraction(1000 * self.answered, self.closed) + EVEN)).scaleb(-1) if self.closed else None
        )

    @property
    def margin(self) -> Decimal | None:
        """Half the width of the interval that holds the index of all with 95 %, to two places; None below two answers.

        Of a sample without replacement from so many closed cases: who asks everybody has no margin.
        """
        if self.answered < 2:
            return None
        points = sum(self.totals)
        spread = (self.squares - Fraction(points**2, self.answered)) / (self.answered - 1)
        left = Fraction(self.closed - self.answered, self.closed - 1)
        return root((Z * Fraction(25, ELEMENTS)) ** 2 * spread / self.answered * left)

    def mean(self, element: int) -> Decimal | None:
        """The mean score of one element, 1 to 4, to two places."""
        return rounded(Fraction(self.totals[element], self.answered)) if self.answered else None


def pooled(surveys: Sequence[Survey]) -> Survey:
    """Several units as one, every respondent counting once."""
    totals = tuple(sum(one.totals[place] for one in surveys) for place in range(ELEMENTS))
    closed, answered = sum(one.closed for one in surveys), sum(one.answered for one in surveys)
    return Survey(closed, answered, totals, sum(one.squares for one in surveys))

"""Which case of a history is lived when and by whom, and the writing of any share of them.

Any block can be written by a process of its own: every case has dice of its own, and only the numbers are given block
after block, within a year. A case whose numbers are of two years is left over, to be written when both are done.
"""

from bisect import bisect
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from random import Random
from typing import Final

from mall.history import plot, telling
from mall.history.days import DAY, Days
from mall.history.life import Desk, Life
from mall.history.manner import ORDINARY
from mall.history.rows import LETTERS, Sheets
from mall.history.schemes import Cast
from mall.history.series import Counters, Row
from mall.history.world import World
from workflows.cases.codes import check_character

BATCH: Final = 2_000
BACKLOG: Final = (1.15, 1.0, 1.2, 1.25, 1.0, 1.0, 1.3, 1.2, 1.0, 0.95, 0.95, 1.1)
"""How much longer it takes in each month, January first."""
LETTERS_BEFORE_CHECK: Final = 7
_WAY = 1_540_483_477
"""Odd, so that multiplying by it modulo 32^7 gives every code once."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows as COPY reads them, table by table, and where the number series stand after them.

    `left` are the cases left over.
    """

    texts: list[tuple[str, bytes]]
    numbers: list[Row]
    cases: int = 0
    left: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Cases that are written together; `year` is the one in which they begin, 0 for those that were left over."""

    year: int
    cases: Sequence[int]


def cut(cases: Sequence[int], year: int = 0) -> list[Block]:
    """The cases in blocks of one batch each."""
    return [Block(year, cases[start : start + BATCH]) for start in range(0, len(cases), BATCH)]


@dataclass(frozen=True, slots=True)
class Plan:
    """All cases, in the order in which they begin: `starts` in seconds of the history. `before` stand there already."""

    seed: int
    until: date
    world: World
    days: Days
    starts: list[int]
    people: list[tuple[str, str]]
    players: Cast | None
    before: int

    def blocks(self) -> list[Block]:
        """All cases, by the year in which they begin."""
        years = groupby(range(len(self.starts)), lambda number: self.days.year(self.starts[number]))
        return [block for year, cases in years for block in cut(list(cases), year)]

    def write(self, block: Block, turn: AbstractContextManager[Counters]) -> Batch:
        """Write a block, but for the cases whose numbers are not all of its year, where it has one.

        Lives need no numbers; the turn to give them is asked for when all are lived.
        """
        left, lives = [], []
        for number in block.cases:
            life = self._life(number)
            wanted = telling.wanted(life)
            if block.year and any(of != block.year for _series, of in wanted.values()):
                left.append(number)
            else:
                lives.append((number, life, wanted))
        with turn as counters:
            numbered = [(number, life, telling.numbered(wanted, counters)) for number, life, wanted in lives]
            taken = counters.taken()
        sheets = Sheets()
        for number, life, given in numbered:
            applicant = self.people[number % len(self.people)]
            desk = Desk(sheets, _tracking(self.before + number), applicant, self.until)
            telling.tell(life, desk, given)
        return Batch(sheets.texts(), taken, len(lives), tuple(left))

    def _life(self, number: int) -> Life:
        """One case that is over before the history ends; begun earlier where it would not be."""
        world, days = self.world, self.days
        begun, last = self.starts[number], days.number(self.until) * DAY
        dice = Random(f"{self.seed}/{number}")  # noqa: S311 - repeatable
        service = world.services[bisect(world.totals, dice.random() * world.totals[-1], hi=len(world.totals) - 1)]
        office, manner = world.offices[service.definition.agency], ORDINARY
        if self.players:
            staged = Random(f"{self.seed}/{number}/staged")  # noqa: S311 - repeatable
            office, manner = self.players.staged(staged, service, office, begun // DAY)
        while True:
            begun = _opening(days, begun) if service.same_visit else begun
            pace = office.pace * BACKLOG[days.months[begun // DAY] - 1] * dice.lognormvariate(0, 0.4)
            life = Life(dice, days, service, office, begun, begun, manner)
            life.facts["officers"] = world.officers[service.code]
            plot.live(life, world, pace, counter=service.same_visit or dice.random() < 0.6)
            if life.at < last or begun < 120 * DAY:
                return life
            begun -= 45 * DAY


def _opening(days: Days, begun: int) -> int:
    """A moment at the counter: while somebody is there."""
    day = begun // DAY
    if days.book.shuts[day] < 0:
        day = days.later(day, 1)
    return day * DAY + 8 * 3600 + begun % (6 * 3600)


def _tracking(number: int) -> str:
    """A code of its own for each case of any history: the place in a walk through all codes."""
    place = (number * _WAY + 12_345) % 32**LETTERS_BEFORE_CHECK
    body = "".join([LETTERS[place >> (5 * digit) & 31] for digit in range(LETTERS_BEFORE_CHECK)])
    return body + check_character(body)

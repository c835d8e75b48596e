"""Writing a history: lives are made here, batch after batch, and loaded into PostgreSQL."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from mall.history.days import DAY, Days
from mall.history.loading import load
from mall.history.manner import SITE
from mall.history.plan import Batch, Plan, cut
from mall.history.rows import Sheets, uuid
from mall.history.schemes import Cast, cast
from mall.history.series import Counters
from mall.history.sharing import written
from mall.history.world import NAMES, SURNAMES, World, made
from workflows.cases.models import Case

LARGE: Final = 20_000
"""Cases from which on indexes are built afterwards, and every processor helps."""
SEASON: Final = (1.1, 0.95, 0.8, 0.9, 1.0, 1.25, 1.35, 1.0, 1.05, 1.0, 1.0, 0.75)
"""How many come in each month, January first."""


@dataclass(frozen=True, slots=True)
class History:
    """What is asked for. Years that end with `until`; the same seed on the same rows gives the same rows."""

    cases: int
    seed: int
    years: int
    until: date
    schemes: int = 0
    """How many officers cheat. None: every office has one checker and nobody is compared with anybody."""

    @property
    def a_year(self) -> float:
        """Cases of one year."""
        return self.cases / self.years


def seed(history: History, *, told: Callable[[int], None] = lambda _done: None) -> None:
    """Write it, whole or not at all.

    Raises:
        LookupError: the agencies are not loaded, or there are too few cases for so many schemes.
    """
    world, days = made(history.seed), days_of(history)
    large = history.cases >= LARGE
    hands = len(os.sched_getaffinity(0)) if large else 1
    with closing(batches(history, world, days, hands=hands)) as whole:
        load(_told(whole, told), large=large)


def days_of(history: History) -> Days:
    """Every day that a case of it can touch."""
    first = history.until - timedelta(days=366 * history.years + 40)
    return Days.between(first, history.until + timedelta(900), SITE)


def _told(batches: Iterator[Batch], told: Callable[[int], None]) -> Iterator[Batch]:
    done = 0
    for batch in batches:
        yield batch
        done += batch.cases
        told(done)


def batches(history: History, world: World, days: Days, *, hands: int = 1) -> Generator[Batch, None, None]:
    """The people first, then the cases, written by as many hands; last those that are numbered in two years."""
    sheets = Sheets()
    plan = _plan(history, world, days, sheets)
    yield Batch(sheets.texts(), [])
    counters = Counters.load()
    left: list[int] = []
    for batch in written(plan.blocks(), counters, plan.write, hands):
        counters.learn(batch.numbers)
        left += batch.left
        yield batch
    yield from written(cut(sorted(left)), counters, plan.write, 1)


def _plan(history: History, world: World, days: Days, sheets: Sheets) -> Plan:
    dice = Random(f"people {history.seed}")  # noqa: S311 - repeatable
    people = _people(history, world, days, sheets, dice)
    players = cast_of(history, world, days)
    starts = _starts(history, days, dice)
    return Plan(history.seed, history.until, world, days, starts, people, players, Case.objects.count())


def _people(history: History, world: World, days: Days, sheets: Sheets, dice: Random) -> list[tuple[str, str]]:
    """Applicants of every district, two or three cases each; they have no numbers, so that they are nobody."""
    found = []
    for _one in range(max(1, history.cases * 2 // 5)):
        pk, village = uuid(dice, days.milliseconds(DAY)), dice.choice(world.villages)
        name = f"{dice.choice(NAMES)} {dice.choice(SURNAMES)}"
        row = (pk, name, "", "", "", "", dice.choice(["female", "male"]), "", village, "real", "none", days.text(DAY))
        sheets.add("agencies_person", *row)
        found.append((pk, village[:8]))
    dice.shuffle(found)
    return found


def _starts(history: History, days: Days, dice: Random) -> list[int]:
    """When each case begins: on working days mostly, by season, growing by the year."""
    first, last = days.number(history.until) - 365 * history.years, days.number(history.until) - 1
    span = range(first, last)
    shut = days.book.shuts
    weights = [
        SEASON[days.months[day] - 1] * (1 + (day - first) / 3650) * (1.0 if shut[day] > 0 else 0.12) for day in span
    ]
    chosen = dice.choices(span, weights, k=history.cases)
    return sorted(day * DAY + int(dice.triangular(7 * 3600, 22 * 3600, 9.5 * 3600)) for day in chosen)


def cast_of(history: History, world: World, days: Days) -> Cast | None:
    """Who plays in this history: the same for the same seed and size; None where nobody cheats."""
    if not history.schemes:
        return None
    last = days.number(history.until)
    within = range(last - 300, last - 60)
    return cast(world, cases=history.a_year, seed=history.seed, schemes=history.schemes, days=within)

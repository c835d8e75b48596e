"""Writing a history: lives are made here, batch after batch, and loaded into PostgreSQL."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from mall.history import plot, telling
from mall.history.days import DAY, Days
from mall.history.life import Desk, Life
from mall.history.loading import Batch, load
from mall.history.manner import ORDINARY, SITE
from mall.history.rows import LETTERS, Sheets, uuid
from mall.history.schemes import Cast, cast
from mall.history.series import Counters
from mall.history.world import NAMES, SURNAMES, World, made
from workflows.cases.codes import check_character
from workflows.cases.models import Case

BATCH: Final = 2_000
LARGE: Final = 20_000
"""Cases from which on indexes are built afterwards."""
Made = tuple[Sheets, list[tuple[str, str, int, int]], int]
"""The rows of a batch, where the number series stand after it, and how many cases there are so far."""
SEASON: Final = (1.1, 0.95, 0.8, 0.9, 1.0, 1.25, 1.35, 1.0, 1.05, 1.0, 1.0, 0.75)
"""How many come in each month, January first."""
BACKLOG: Final = (1.15, 1.0, 1.2, 1.25, 1.0, 1.0, 1.3, 1.2, 1.0, 0.95, 0.95, 1.1)
"""How much longer it takes in each month."""
LETTERS_BEFORE_CHECK: Final = 7
_WAY = 1_540_483_477
"""Odd, so that multiplying by it modulo 32^7 gives every code once."""


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
    load(_ready(batches(history, world, days), told), large=history.cases >= LARGE)


def days_of(history: History) -> Days:
    """Every day that a case of it can touch."""
    first = history.until - timedelta(days=366 * history.years + 40)
    return Days.between(first, history.until + timedelta(900), SITE)


def _ready(made: Iterator[Made], told: Callable[[int], None]) -> Iterator[Batch]:
    for sheets, rows, done in made:
        yield sheets.texts(), rows
        told(done)


def batches(history: History, world: World, days: Days) -> Iterator[Made]:
    """The people first, then the cases in the order in which they begin."""
    dice = Random(f"people {history.seed}")  # noqa: S311 - repeatable
    sheets = Sheets()
    people = _people(history, world, days, sheets, dice)
    counters, before = Counters.load(), Case.objects.count()
    starts = _starts(history, days, dice)
    last = _day_number(days, history.until) * DAY
    players = cast_of(history, world, days)
    for number, begun in enumerate(starts):
        life = _life(history, world, days, number, begun, last, players)
        tracking = _tracking(before + number)
        telling.tell(life, Desk(sheets, counters), tracking, people[number % len(people)], history.until)
        if number % BATCH == BATCH - 1 or number == len(starts) - 1:
            yield sheets, counters.rows(), number + 1
            sheets = Sheets()


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
    first, last = _day_number(days, history.until) - 365 * history.years, _day_number(days, history.until) - 1
    span = range(first, last)
    shut = days.book.shuts
    weights = [
        SEASON[days.months[day] - 1] * (1 + (day - first) / 3650) * (1.0 if shut[day] > 0 else 0.12) for day in span
    ]
    chosen = dice.choices(span, weights, k=history.cases)
    return sorted(day * DAY + int(dice.triangular(7 * 3600, 22 * 3600, 9.5 * 3600)) for day in chosen)


def _day_number(days: Days, day: date) -> int:
    return (day - days.book.base).days


def cast_of(history: History, world: World, days: Days) -> Cast | None:
    """Who plays in this history: the same for the same seed and size; None where nobody cheats."""
    if not history.schemes:
        return None
    last = _day_number(days, history.until)
    within = range(last - 300, last - 60)
    return cast(world, cases=history.a_year, seed=history.seed, schemes=history.schemes, days=within)


def _life(history: History, world: World, days: Days, number: int, begun: int, last: int, players: Cast | None) -> Life:
    """One case that is over before the history ends; begun earlier where it would not be."""
    dice = Random(f"{history.seed}/{number}")  # noqa: S311 - repeatable
    service = dice.choices(world.services, world.weights)[0]
    office, manner = world.offices[service.definition.agency], ORDINARY
    if players:
        staged = Random(f"{history.seed}/{number}/staged")  # noqa: S311 - repeatable
        office, manner = players.staged(staged, service, office, begun // DAY)
    officers = {one.agency: world.offices[one.agency].checker for one in service.definition.recommenders}
    while True:
        begun = _opening(days, begun) if service.definition.same_visit else begun
        pace = office.pace * BACKLOG[days.months[begun // DAY] - 1] * dice.lognormvariate(0, 0.4)
        life = Life(dice, days, service, office, begun, begun, manner)
        life.facts["officers"] = officers
        plot.live(life, world, pace, counter=service.definition.same_visit or dice.random() < 0.6)
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

"""Writing a history: lives are made here and copied into PostgreSQL by a second thread, batch after batch."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from queue import Queue
from random import Random
from typing import Any, Final

from django.db import connection, connections, transaction

from mall.history import plot, series, telling
from mall.history.days import DAY, Days
from mall.history.life import Desk, Life
from mall.history.rows import COLUMNS, LETTERS, Sheets, uuid
from mall.history.series import Counters
from mall.history.world import NAMES, SURNAMES, World, made
from workflows.cases.codes import check_character
from workflows.cases.models import Case

BATCH: Final = 2_000
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


def seed(history: History, *, told: Callable[[int], None] = lambda _done: None) -> None:
    """Write it. Not in a transaction: every batch is one, whole with its numbers.

    Raises:
        PermissionError: this connection may not load rows as a restore does.
    """
    _require_rights()
    world = made(history.seed)
    days = Days.between(history.until - timedelta(days=366 * history.years + 40), history.until + timedelta(900), "MPP")
    waiting: Queue[Any] = Queue(maxsize=2)
    failed: list[BaseException] = []
    writer = threading.Thread(target=_write_all, args=(waiting, failed), name="history")
    writer.start()
    try:
        for sheets, rows, done in batches(history, world, days):
            waiting.put((sheets.texts(), rows))
            told(done)
            if failed:
                break
    finally:
        waiting.put(None)
        writer.join()
    if failed:
        raise failed[0]


def _require_rights() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            raise PermissionError("rows are loaded as a restore loads them: this needs the database's own superuser")


def batches(
    history: History, world: World, days: Days
) -> Iterator[tuple[Sheets, list[tuple[str, str, int, int]], int]]:
    """The people first, then the cases in the order in which they begin."""
    dice = Random(f"people {history.seed}")  # noqa: S311 - repeatable
    sheets = Sheets()
    people = _people(history, world, days, sheets, dice)
    counters, before = Counters.load(), Case.objects.count()
    starts = _starts(history, days, dice)
    last = _day_number(days, history.until) * DAY
    for number, begun in enumerate(starts):
        life = _life(history, world, days, number, begun, last)
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


def _life(history: History, world: World, days: Days, number: int, begun: int, last: int) -> Life:
    """One case that is over before the history ends; begun earlier where it would not be."""
    dice = Random(f"{history.seed}/{number}")  # noqa: S311 - repeatable
    service = dice.choices(world.services, world.weights)[0]
    office = world.offices[service.definition.agency]
    officers = {one.agency: world.offices[one.agency].checker for one in service.definition.recommenders}
    while True:
        begun = _opening(days, begun) if service.definition.same_visit else begun
        pace = office.pace * BACKLOG[days.months[begun // DAY] - 1] * dice.lognormvariate(0, 0.4)
        life = Life(dice, days, service, office, begun, begun)
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


def _write_all(waiting: "Queue[Any]", failed: list[BaseException]) -> None:
    """Write every batch until there is none; after a failure only take them from the queue."""
    try:
        while (batch := waiting.get()) is not None:
            if not failed:
                try:
                    _write(*batch)
                except BaseException as error:  # noqa: BLE001 - raised again by whoever waits
                    failed.append(error)
    finally:
        connections.close_all()


@transaction.atomic
def _write(texts: list[tuple[str, str]], rows: list[tuple[str, str, int, int]]) -> None:
    """One batch with its numbers, as a restore loads rows: what triggers and foreign keys ask, the history keeps."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, text in texts:
            columns = ", ".join(COLUMNS[table].split())
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                copy.write(text)
    series.keep(rows)

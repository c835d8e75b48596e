"""A seeded year with officers who cheat, and how well the signals find them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from agencies import clock
from agencies.models import User
from mall.history import seeding
from mall.history.schemes import Cast
from mall.history.seeding import History
from mall.history.world import made
from mall.transparency.period import Month, midnight
from mall.voice.signals.counting import METHOD, later
from mall.voice.signals.facts import Window
from mall.voice.signals.models import Signal, SignalRun
from mall.voice.signals.weighing import find

LAST = Month(2026, 10)
UNTIL = LAST.later(1).first - timedelta(days=1)
FIRST_PAGE = 20


def year() -> Window:
    """The twelve months of the seeded year."""
    return Window(midnight(LAST.later(-11).first), midnight(LAST.later(1).first))


def seeded(cases: int, seed: int, schemes: int) -> Cast:
    """Write the year in the transaction of the test; who plays in it, nobody where nobody cheats."""
    history = History(cases, seed, 1, UNTIL, schemes=schemes)
    seeding.seed(history)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    players = seeding.cast_of(history, made(seed), seeding.days_of(history))
    return players or Cast({})


def one(officer: User, *cases: UUID, agency: str = "DPMPTSP", kind: str = "jumps", **figures: Any) -> Signal:
    """A signal of last month about this officer."""
    month = later(clock.today().replace(day=1), -1)
    made_at = {"done_at": clock.now(), "method": METHOD, "signals": 1}
    run, _new = SignalRun.objects.get_or_create(month=month, defaults=made_at)
    known = {"found": 12, "of": 40, "peers_found": 3, "peers_of": 310, "expected": 0.4, "chance": 1e-9, "score": 9.0}
    place = run.found.count() + 1
    facts = {"run": run, "place": place, "kind": kind, "officer": officer, "agency_id": agency, "cases": list(cases)}
    return Signal.objects.create(**facts, **(known | figures))


@dataclass(frozen=True)
class Found:
    """How many schemes were found by their own sign, and what else stands on the first page."""

    planted: int
    hits: int
    honest_first: int
    honest: int
    flags: int
    missed: tuple[str, ...]

    @property
    def share(self) -> float:
        """The part of the schemes that was found."""
        return self.hits / self.planted


def found(players: Cast) -> Found:
    """Run the signals over the year and compare them with who was planted."""
    flags = find(year())
    guilty = {one.officer: one for one in players.schemes}
    seen = {(one.officer, str(one.kind)) for one in flags}
    hits = [one for one in players.schemes if (one.officer, one.kind) in seen]
    innocent = [one for one in flags if one.officer not in guilty]
    return Found(
        len(players.schemes),
        len(hits),
        sum(one.officer not in guilty for one in flags[:FIRST_PAGE]),
        len(innocent),
        len(flags),
        tuple(f"{one.kind} {one.share:.2f}" for one in players.schemes if one not in hits),
    )

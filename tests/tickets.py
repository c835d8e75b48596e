"""Lines and tickets for tests, and a made month at the counters in which some clerks pass over who waits."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from agencies.ids import new_id
from agencies.models import Lane, Membership, User
from mall.counter.tickets import services
from mall.counter.tickets.machine import PRIORITY, Outcome, Priority
from mall.counter.tickets.models import Ticket
from mall.voice.signals.facts import Window
from tests.factories import make_user
from workflows.actors import Actor, ActorKind
from workflows.cases.models import Case
from workflows.trail import services as trail
from workflows.trail.chain import Facts
from workflows.trail.models import Event

SITE, MALL = "MPP", "DPMPTSP"


def clerk(agency: str = MALL, *, role: str = "clerk", site: str = "") -> Actor:
    """Somebody new at the counters of an agency; at one site only, or at every one."""
    user = make_user(roles=[(role, agency)])
    if site:
        Membership.objects.filter(user=user).update(site=site)
    return Actor.of(user)


def take(by: Actor | None = None, *, priority: str = Priority.NONE, agency: str = MALL, site: str = SITE) -> Ticket:
    """One more number."""
    return services.issue(site=site, agency=agency, by=by or clerk(), priority=priority)


def taken(count: int, *priorities: str) -> list[Ticket]:
    """So many numbers of the mall's own line, one after the other; then one for each class."""
    by = clerk()
    return [take(by, priority=one) for one in (*[Priority.NONE] * count, *priorities)]


def serve(ticket: Ticket, by: Actor, *, reason: str = "", case: Case | None = None) -> Ticket:
    """Call, begin and close."""
    services.call(ticket_id=ticket.pk, by=by, reason=reason)
    services.begin(ticket_id=ticket.pk, by=by)
    outcome = Outcome.CASE if case else Outcome.ADVISED
    return services.finish(ticket_id=ticket.pk, by=by, outcome=outcome, case_id=case.pk if case else None)


def events(kind: str) -> list[Event]:
    """What was recorded of tickets, oldest first."""
    return list(Event.objects.filter(subject_kind=services.SUBJECT, kind=kind).order_by("at", "id"))


@dataclass(frozen=True)
class Habit:
    """How one clerk calls: how many in the month, the shares before their turn and by class, and how many of those who
    had the turn she calls and puts back at once."""

    calls: int
    skips: float
    classes: float = 0.04
    put_back: float = 0.1


SKIPS: Final = 0.03
"""What honest clerks do: visitors come back, appointments, emergencies."""
MONTH: Final = Window(datetime(2026, 9, 30, 17, tzinfo=UTC), datetime(2026, 10, 31, 17, tzinfo=UTC))
LAST: Final = date(2026, 10, 1)
LINES: Final = (("MPP", "DPMPTSP", 9), ("MPP", "DUKCAPIL", 7), ("GENTENG", "DPMPTSP", 4))


@dataclass(frozen=True)
class Played:
    """Who cheated in the month, and who looks odd for a good reason."""

    skippers: frozenset[UUID]
    outliers: frozenset[UUID]


def month(seed: int) -> Played:
    """Twenty clerks of three lines, some twelve visitors a day each: two pass over who waits, one has many with a
    class, one works twice as much. Honest clerks differ too."""
    dice = random.Random(seed)
    clerks = [(make_user(), line) for line in LINES for _one in range(line[2])]
    skippers = [clerks[dice.randrange(9)], clerks[9 + dice.randrange(7)]]
    priority, busy = dice.sample([one for one in clerks if one not in skippers], 2)
    made: list[Event] = []
    for one in clerks:
        honest = min(0.08, dice.gammavariate(8, SKIPS / 8))
        habit = Habit(dice.randint(180, 300), honest)
        if one in skippers:
            habit = Habit(habit.calls, honest + 0.13, put_back=dice.choice((0.1, 0.5, 0.9)))
        if one == priority:
            habit = Habit(habit.calls, honest, classes=0.4)
        if one == busy:
            habit = Habit(2 * habit.calls, honest)
        made += _called(dice, one[0], one[1], habit)
    trail.write(made)
    return Played(frozenset(one[0].pk for one in skippers), frozenset({priority[0].pk, busy[0].pk}))


def alike(clerks: int, skips: float) -> None:
    """A month in which all of a line do the same; lines are told apart by the share."""
    dice = random.Random(clerks)
    line = (SITE, "DPMPTSP" if skips else "DUKCAPIL", clerks)
    trail.write([event for _one in range(clerks) for event in _called(dice, make_user(), line, Habit(80, skips))])


def _called(dice: random.Random, user: User, line: tuple[str, str, int], habit: Habit) -> Iterator[Event]:
    """The calls of one clerk, as the services record them; now and then nobody comes."""
    by = Actor(ActorKind.USER, user_id=user.pk)
    span = (MONTH.end - MONTH.begin) / timedelta(seconds=1)
    for _call in range(habit.calls):
        at = MONTH.begin + timedelta(seconds=dice.uniform(0, span - 600))
        turn, passed, code, wait = dice.random(), 0, "", dice.uniform(60, 300) if dice.random() < 0.05 else 0
        if turn < habit.skips:
            if dice.random() < habit.put_back:
                wait = dice.uniform(2, 20)
            else:
                passed, code = dice.randint(1, 6), dice.choice(("returned", "appointment", "emergency"))
        elif turn < habit.skips + habit.classes:
            passed, code = dice.randint(0, 5), PRIORITY
        where: Facts = {"site": line[0], "line": line[1]}
        chain = trail.Chain(services.SUBJECT, new_id(), trail.Head(), by, Lane.REAL)
        yield chain.add("ticket.called", at, {**where, "passed": passed, "code": code if passed else ""})
        if wait:
            yield chain.add("ticket.held", at + timedelta(seconds=wait), {**where, "holds": 1})

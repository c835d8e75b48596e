"""One case as it is being lived: the moment, its chain of events, who holds it, and its rows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from random import Random
from typing import Any, NamedTuple

from mall.history.days import DAY, Days
from mall.history.manner import ORDINARY, Manner
from mall.history.rows import NULL, Sheets, escaped, plain, uuid, within
from mall.history.world import Office, Service

GENESIS = ""


class Said(NamedTuple):
    """One event before it is chained."""

    kind: str
    at: int
    actor: tuple[str, str, str]
    data: dict[str, Any]


@dataclass(slots=True)
class Life:
    """A case. `at` is now, in seconds of the history; `due` the end of its term, None while it stands still.

    Nothing is numbered and no row is written before `Sheets` are asked for: a life that would outlast the history is
    thrown away.
    """

    dice: Random
    days: Days
    service: Service
    office: Office
    begun: int
    at: int
    manner: Manner = ORDINARY
    id: str = ""
    state: str = "draft"
    due: int | None = None
    passed: int | None = None
    said: list[Said] = field(default_factory=list)
    held: list[tuple[int, str, str, str]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    text: Callable[[int], str] = field(init=False)
    """A moment as text."""

    def __post_init__(self) -> None:
        """Be born."""
        self.id = self.new_id()
        self.text = self.days.text

    def new_id(self) -> str:
        """A fresh id of this moment."""
        return uuid(self.dice, self.days.milliseconds(self.at))

    def wait(self, working_days: int) -> None:
        """Let so many working days pass, in the hours of the staff; the passing of the term is noted on the way."""
        day, second = divmod(self.at, DAY)
        opens, closes = self.manner.opens, self.manner.closes
        if working_days > 0:
            then = self.days.later(day, working_days) * DAY + within(self.dice, opens, closes)
        else:
            then = self.at + within(self.dice, 240, 5400)
            if second < opens or then % DAY > closes or then // DAY > day or self.days.book.shuts[day] < 0:
                then = self.days.later(day, 1) * DAY + opens + within(self.dice, 0, 7200)
        self.until(then)

    def until(self, then: int) -> None:
        """Let time pass up to a moment."""
        if self.due is not None and self.passed is None and then > self.due > self.at:
            self.at = self.passed = self.due
            self.say("case.term_passed", {"due": self.text(self.at), "state": self.state}, system("sweeper"))
        self.at = max(then, self.at + 1)

    def say(self, kind: str, data: dict[str, Any], actor: tuple[str, str, str]) -> None:
        """Note what happens now."""
        self.said.append(Said(kind, self.at, actor, data))

    def move(self, kind: str, to: str, actor: tuple[str, str, str], data: dict[str, Any] | None = None) -> None:
        """Note a transition of the machine."""
        self.say(kind, {**(data or {}), "from": self.state, "to": to}, actor)
        self.state = to

    def hold(self, holder: str, reason: str, agency: str = "") -> None:
        """From now on this party has it."""
        if self.held and self.held[-1][1:] == (holder, reason, agency):
            return
        if self.held and self.held[-1][0] == self.at:
            self.held.pop()
        self.held.append((self.at, holder, reason, agency))

    def desk(self, reason: str) -> None:
        """From now on whoever decides has it."""
        if self.service.at_mall:
            self.hold("mall", reason)
        else:
            self.hold("agency", reason, self.office.code)

    def write_chain(self, sheets: Sheets) -> str:
        """The rows of the events; the hash of the last. Sealed as `workflows.trail.chain` does."""
        previous, lines, case = GENESIS, sheets.lines["workflows_event"], self.id
        for seq, (event, at, (kind, actor, name), data) in enumerate(self.said, start=1):
            made, when, told = uuid(self.dice, self.days.milliseconds(at)), self.text(at), plain(data)
            facts = f'["{previous}","{made}","case","{case}",{seq},"{event}","{when}","real"'
            sealed = sha256(f'{facts},"{kind}","{actor}","{name}",{told}]'.encode()).hexdigest()
            head = f"{made}\tcase\t{case}\t{seq}\t{event}\t{when}\treal\t{kind}\t{actor or NULL}\t{name}"
            lines.append(f"{head}\t{escaped(told)}\t{previous}\t{sealed}")
            previous = sealed
        return previous

    def write_ledger(self, sheets: Sheets) -> None:
        """The rows of the intervals, end to end."""
        lines = sheets.lines["workflows_interval"]
        ends = [self.text(since) for since, *_party in self.held] + [self.text(self.at)]
        for place, (since, holder, reason, agency) in enumerate(self.held):
            made = uuid(self.dice, self.days.milliseconds(since))
            lines.append(f"{made}\t{self.id}\t{holder}\t{agency}\t{reason}\t{ends[place]}\t{ends[place + 1]}")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a finished life is written with: its code, whose it is (her id and her district), the end of the history."""

    sheets: Sheets
    tracking: str
    applicant: tuple[str, str]
    today: date


def user(pk: str) -> tuple[str, str, str]:
    """An actor of the log: somebody with a log-in."""
    return ("user", pk, "")


def system(name: str) -> tuple[str, str, str]:
    """An actor of the log: a part of the program."""
    return ("system", "", name)

"""One case as it is being lived: the moment, its chain of events, who holds it, and its rows."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from mall.history.days import DAY, Days
from mall.history.manner import ORDINARY, Manner
from mall.history.rows import NULL, Sheets, escaped, plain, uuid
from mall.history.world import Office, Service

GENESIS = ""


@dataclass(frozen=True, slots=True)
class Said:
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

    def __post_init__(self) -> None:
        """Be born."""
        self.id = self.new_id()

    def new_id(self) -> str:
        """A fresh id of this moment."""
        return uuid(self.dice, self.days.milliseconds(self.at))

    def text(self, at: int | None = None) -> str:
        """A moment as text; now where none is given."""
        return self.days.text(self.at if at is None else at)

    def wait(self, working_days: int) -> None:
        """Let so many working days pass, in the hours of the staff; the passing of the term is noted on the way."""
        day, second = divmod(self.at, DAY)
        opens, closes = self.manner.opens, self.manner.closes
        if working_days > 0:
            then = self.days.later(day, working_days) * DAY + self.dice.randint(opens, closes)
        else:
            then = self.at + self.dice.randint(240, 5400)
            if second < opens or then % DAY > closes or then // DAY > day or self.days.book.shuts[day] < 0:
                then = self.days.later(day, 1) * DAY + opens + self.dice.randint(0, 7200)
        self.until(then)

    def until(self, then: int) -> None:
        """Let time pass up to a moment."""
        if self.due is not None and self.passed is None and then > self.due > self.at:
            self.at = self.passed = self.due
            self.say("case.term_passed", {"due": self.text(), "state": self.state}, system("sweeper"))
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
        previous, lines = GENESIS, sheets.lines["workflows_event"]
        for seq, one in enumerate(self.said, start=1):
            made = uuid(self.dice, self.days.milliseconds(one.at))
            kind, actor, name = one.actor
            at, data = self.text(one.at), plain(one.data)
            facts = f'["{previous}","{made}","case","{self.id}",{seq},"{one.kind}","{at}","real",'
            facts += f'"{kind}","{actor}","{name}",{data}]'
            sealed = hashlib.sha256(facts.encode()).hexdigest()
            head = f"{made}\tcase\t{self.id}\t{seq}\t{one.kind}\t{at}\treal\t{kind}\t{actor or NULL}\t{name}"
            lines.append(f"{head}\t{escaped(data)}\t{previous}\t{sealed}")
            previous = sealed
        return previous

    def write_ledger(self, sheets: Sheets) -> None:
        """The rows of the intervals, end to end."""
        lines = sheets.lines["workflows_interval"]
        ends = [since for since, *_party in self.held[1:]] + [self.at]
        for (since, holder, reason, agency), end in zip(self.held, ends, strict=True):
            made = uuid(self.dice, self.days.milliseconds(since))
            times = f"{self.text(since)}\t{self.text(end)}"
            lines.append(f"{made}\t{self.id}\t{holder}\t{agency}\t{reason}\t{times}")


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

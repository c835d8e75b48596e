"""Starts the programs in order, keeps them running, and stops them in reverse order."""

import signal
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from types import FrameType
from typing import NoReturn

from mall.runtime.child import Child
from mall.runtime.errors import Trouble

LOOK_EVERY = 0.2
MOST_ENDS = 5
WITHIN = 60.0
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(BaseException):
    """Somebody asked us to stop. Not an `Exception`, so that no handler on the way swallows it."""


def ignore_signals() -> None:
    """While stopping, a second Ctrl-C must not leave a program behind."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


class Supervisor:
    """A stack of running programs, the lowest first."""

    def __init__(self, say: Callable[[str], None]) -> None:
        """`say` tells the person at the terminal one sentence."""
        self.say = say
        self.children: list[Child] = []
        self._ends: defaultdict[str, deque[float]] = defaultdict(deque)
        self._awaited: dict[str, float] = {}
        self._asked_to_stop = False

    def stop_on_signals(self) -> None:
        """From now on Ctrl-C, SIGTERM and a closed terminal raise `Stop`, at the latest in `watch`."""
        for number in SIGNALS:
            signal.signal(number, self._raise_stop)

    def _raise_stop(self, _number: int, _frame: FrameType | None) -> NoReturn:
        self._asked_to_stop = True  # in the middle of a finaliser Python drops what is raised
        raise Stop

    def start(self, children: Sequence[Child]) -> None:
        """Start these together on top of what runs, and wait until all are healthy."""
        for child in children:
            self.children.append(child)
            child.start()
        for child in children:
            child.wait_ready()

    def watch(self) -> NoReturn:
        """Restart whoever ends, until `Stop`; raise `Trouble` when one ends too often or does not come back."""
        while not self._asked_to_stop:
            self.look()
            time.sleep(LOOK_EVERY)
        raise Stop

    def look(self) -> None:
        """Restart at once whoever has ended, the lowest first; say so when one is healthy again."""
        for child in self.children:
            if not child.alive:
                self._restart(child)
        for child in self.children:
            if child.name in self._awaited:
                self._await(child)

    def _restart(self, child: Child) -> None:
        how = _in_words(child.process.returncode if child.process else None)
        self._count(child, how)
        self.say(f"{child.name} {how}; starting it again.")
        child.stop()
        child.start()
        self._awaited[child.name] = time.monotonic() + child.patience

    def _await(self, child: Child) -> None:
        """Ask whether it is healthy again. Never waits for it: others may end meanwhile."""
        if child.ready():
            del self._awaited[child.name]
            for name in self._awaited:  # they may have waited for this one
                self._awaited[name] = time.monotonic() + child.patience
            self.say(f"{child.name} is back.")
        elif time.monotonic() > self._awaited[child.name]:
            raise Trouble(f"{child.name} did not come back within {child.patience:.0f} seconds; {child.last_words()}")

    def _count(self, child: Child, how: str) -> None:
        ends, now = self._ends[child.name], time.monotonic()
        ends.append(now)
        while ends[0] < now - WITHIN:
            ends.popleft()
        if len(ends) > MOST_ENDS:
            raise Trouble(
                f"{child.name} {how} {len(ends)} times within a minute, so all is stopped; {child.last_words()}"
            )

    def stop(self) -> None:
        """Stop all, the last started first."""
        for child in reversed(self.children):
            child.stop()
        self.children.clear()


def _in_words(code: int | None) -> str:
    if code is not None and code < 0:
        return f"was killed ({signal.Signals(-code).name})"
    return f"ended by itself (code {code})"

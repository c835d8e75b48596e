"""One program that we started: its start, its health, its end."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mall.runtime.errors import Trouble
from mall.runtime.identity import Identity

PAUSE = 0.1
LARGE_LOG = 10 * 1024 * 1024


@dataclass
class Child:
    """A program with a name, a log file, a health question and a polite way to stop.

    `tied` programs end when we die, even by SIGKILL, so that nothing is left behind.
    """

    name: str
    argv: Sequence[str]
    log: Path
    ready: Callable[[], bool]
    env: Mapping[str, str] | None = None
    identity: Identity = field(default_factory=Identity)
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 180.0
    grace: float = 20.0
    tied: bool = True
    before: Callable[[], None] | None = None
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the program without waiting for its health."""
        if self.before:
            self.before()
        self._turn_over()
        words = [*self._tie(), *self.argv]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.identity.command(words),
                env=dict(os.environ if self.env is None else self.env),
                user=self.identity.uid,
                group=self.identity.gid,
                extra_groups=None if self.identity.uid is None else [],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _turn_over(self) -> None:
        """Begin a new log when the old one is large, and keep one old one."""
        if self.log.exists() and self.log.stat().st_size > LARGE_LOG:
            self.log.replace(self.log.with_suffix(".old.log"))

    def _tie(self) -> list[str]:
        # Set inside the namespace: entering one clears it.
        return ["setpriv", f"--pdeathsig={self.stop_signal.name.removeprefix('SIG')}", "--"] if self.tied else []

    @property
    def alive(self) -> bool:
        """Whether the program runs."""
        return self.process is not None and self.process.poll() is None

    def wait_ready(self) -> None:
        """Wait for its health; raise `Trouble` when it ends first or takes too long."""
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            if self.ready():
                return
            if not self.alive:
                raise Trouble(f"{self.name} ended while starting; {self.last_words()}")
            time.sleep(PAUSE)
        raise Trouble(f"{self.name} was not ready within {self.patience:.0f} seconds; {self.last_words()}")

    def stop(self) -> None:
        """Ask it to stop, and end its whole group when it does not."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(self.grace)
            except subprocess.TimeoutExpired:
                self._kill_group(self.process.pid)
                self.process.wait()
        # What a killed parent left behind in its group goes too.
        self._kill_group(self.process.pid)
        self.process = None

    @staticmethod
    def _kill_group(group: int) -> None:
        try:
            os.killpg(group, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return

    def last_words(self) -> str:
        """The last line of its log, and where the rest is."""
        try:
            lines = self.log.read_text(errors="replace").strip().splitlines()
        except OSError:
            lines = []
        said = lines[-1].strip()[:300] if lines else "it said nothing"
        return f"it said: {said} (all of it in {self.log})."

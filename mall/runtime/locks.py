"""File locks. The kernel frees them when their holder dies, so none is ever stale."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO


@dataclass
class FileLock:
    """A lock on a file, shared or alone; children that we start do not inherit it."""

    path: Path
    file: TextIO | None = None

    def take(self, *, shared: bool = False, wait: bool = True) -> bool:
        """Take the lock, or change how it is held; False when somebody else has it and we do not wait."""
        if self.file is None:
            self.file = self.path.open("a+", encoding="ascii")
        how = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(self.file, how)
        except BlockingIOError:
            return False
        return True

    def sign(self) -> None:
        """Write our process id into the file, for people who look."""
        if self.file is not None:
            self.file.seek(0)
            self.file.truncate()
            self.file.write(f"{os.getpid()}\n")
            self.file.flush()

    def release(self) -> None:
        """Give the lock back."""
        if self.file is not None:
            self.file.close()
            self.file = None


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock on `path` for the block, waiting for others to finish theirs."""
    lock = FileLock(path)
    lock.take()
    try:
        yield
    finally:
        lock.release()

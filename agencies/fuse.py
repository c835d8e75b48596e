"""Keeps a part that is away from holding up everybody who asks for it."""

import time
from dataclasses import dataclass


@dataclass
class Fuse:
    """Blows when a part fails, and mends by itself after `rest` seconds: only then is the part tried again.

    One fuse belongs to one process. Threads may share it: at worst two of them try at once.
    """

    rest: float
    _mended_at: float = 0.0

    @property
    def blown(self) -> bool:
        """Whether the part failed a moment ago and is to be left alone."""
        return time.monotonic() < self._mended_at

    def blow(self) -> None:
        """The part has failed."""
        self._mended_at = time.monotonic() + self.rest

"""One root for every day: the heads of all chains that grew that day in a Merkle tree, chained to the day before.

Whoever keeps a published root can prove later that nothing before it was changed, removed or put in between.
"""

import hashlib
from collections.abc import Iterable
from typing import ClassVar

import pgtrigger
from django.db import models

GENESIS = ""
EMPTY = hashlib.sha256(b"").hexdigest()
"""The root of a day on which nothing happened."""


class DayRoot(models.Model):
    """What the whole log was at the end of one day (WIB)."""

    day = models.DateField(primary_key=True, help_text="Which day, WIB.")
    root = models.CharField(max_length=64, help_text="Merkle root over the heads of the day's chains.")
    previous = models.CharField(max_length=64, blank=True, help_text="Link of the day before.")
    link = models.CharField(max_length=64, help_text="SHA-256 over previous, day and root.")
    sealed_at = models.DateTimeField(help_text="When it was computed.")

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Protect(name="dayroot_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="dayroot_no_truncate",
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'the roots of the log are append-only';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.root[:12]}"


def merkle(heads: Iterable[str]) -> str:
    """The root over the hashes in their order of letters; a lone one goes up a level as it is (RFC 6962 prefixes)."""
    level = [_hash(b"\0", head) for head in sorted(heads)]
    while len(level) > 1:
        pairs = [_hash(b"\1", a, b) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0] if level else EMPTY


def _hash(prefix: bytes, *parts: str) -> str:
    return hashlib.sha256(prefix + b"".join(bytes.fromhex(part) for part in parts)).hexdigest()


def link(previous: str, day: str, root: str) -> str:
    """What chains a day to the one before: SHA-256 over `previous|day|root` as text."""
    return hashlib.sha256(f"{previous}|{day}|{root}".encode()).hexdigest()

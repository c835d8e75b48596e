"""What a letter says, word for word: composed once, kept with its row, shown on a page and printed as PDF."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from documents.letters.kinds import LetterKind

Fact = tuple[str, str]
"""One row of a small table: what it is, and how it is."""


@dataclass(frozen=True, slots=True)
class Part:
    """One heading with what stands below it."""

    heading: str
    text: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def empty(self) -> bool:
        """Does nothing stand below the heading?"""
        return not (self.text or self.items or self.facts)

    @classmethod
    def kept(cls, plain: Mapping[str, Any]) -> Self:
        """The part as it was kept."""
        return cls(plain["heading"], tuple(plain["text"]), tuple(plain["items"]), _facts(plain["facts"]))


@dataclass(frozen=True, slots=True)
class Words:
    """Every word of a letter, in Indonesian. Two equal ones of one layout give equal bytes."""

    kind: LetterKind
    title: str
    number: str
    """Its own number, or that of the application it answers."""
    agency: str
    to: str
    """By which name it speaks to the applicant."""
    opening: tuple[str, ...]
    dated: str
    created: str
    """The moment as the PDF keeps it, UTC."""
    canary: bool
    facts: tuple[Fact, ...] = ()
    sum: str = ""
    warning: str = ""
    parts: tuple[Part, ...] = ()
    heading: tuple[str, ...] = ()
    signer: str = ""
    footing: tuple[str, ...] = ()
    code: str = ""
    verify_url: str = ""

    @classmethod
    def kept(cls, plain: Mapping[str, Any]) -> Self:
        """The words as they were kept."""
        lists = {name: tuple(plain[name]) for name in ("opening", "heading", "footing")}
        parts = tuple(Part.kept(one) for one in plain["parts"])
        kind = LetterKind(plain["kind"])
        return cls(**{**plain, **lists, "kind": kind, "facts": _facts(plain["facts"]), "parts": parts})

    def plain(self) -> dict[str, Any]:
        """The words for JSON."""
        return {**asdict(self), "kind": str(self.kind)}

    @property
    def spaced_code(self) -> str:
        """The code in groups of four, as people read it."""
        return " ".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))

    @property
    def fingerprint(self) -> bytes:
        """16 bytes that stand for these words; the identifier inside the PDF."""
        text = json.dumps(self.plain(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).digest()[:16]

    @property
    def prose(self) -> tuple[str, ...]:
        """Everything that is read as sentences, in order; rows of tables, names and numbers are not."""
        below = (one for part in self.parts for one in (*part.text, *part.items))
        return (*self.opening, *((self.warning,) if self.warning else ()), *below)


def _facts(plain: list[list[str]]) -> tuple[Fact, ...]:
    return tuple((name, text) for name, text in plain)

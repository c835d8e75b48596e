"""The three kinds of file that we take, and what each must begin with."""

from dataclasses import dataclass
from pathlib import PurePosixPath

MOST_BYTES = 10 * 1024 * 1024
MOST_PAGES = 50
MOST_PIXELS = 40_000_000
LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: `name` is also the word used in a definition's `formats`."""

    name: str
    mime: str
    magic: bytes
    extensions: frozenset[str]


PDF = Kind("pdf", "application/pdf", b"%PDF-", frozenset({"pdf"}))
JPG = Kind("jpg", "image/jpeg", b"\xff\xd8\xff", frozenset({"jpg", "jpeg", "jpe", "jfif"}))
PNG = Kind("png", "image/png", b"\x89PNG\r\n\x1a\n", frozenset({"png"}))
KINDS = (PDF, JPG, PNG)
PICTURES = (JPG, PNG)


def kind_of(content: bytes) -> Kind | None:
    """The kind, by the very first bytes; None for anything else."""
    return next((kind for kind in KINDS if content.startswith(kind.magic)), None)


def by_mime(mime: str) -> Kind:
    """The kind with this media type; `KeyError` if there is none."""
    return {kind.mime: kind for kind in KINDS}[mime]


def extension(name: str) -> str:
    """What follows the last dot, in small letters."""
    return PurePosixPath(name).suffix.removeprefix(".").lower()

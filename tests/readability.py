"""How plain a letter is: short sentences, and none of the words that only offices use."""

import re
from collections.abc import Iterable

LONGEST = 26
"""Words of the longest sentence; names of offices are long in themselves."""
ON_AVERAGE = 12
OFFICESE = (
    "sehubungan", "bahwa", "dimaksud", "adapun", "oleh karena itu", "yang mana", "guna", "agar supaya", "perihal",
    "demikian", "terlampir", "yang bersangkutan", "a quo", "dengan hormat",
)  # fmt: skip
"""Said at the counter by nobody."""


def sentences(texts: Iterable[str]) -> list[str]:
    """Every sentence of these texts; the dots of numbers, moments and addresses end none."""
    return [one for text in texts for one in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text) if one]


def faults(texts: Iterable[str]) -> list[str]:
    """What keeps these texts from being plain."""
    said = sentences(texts)
    lengths = [len(one.split()) for one in said]
    found = [one for one, length in zip(said, lengths, strict=True) if length > LONGEST]
    found += [one for one in said for word in OFFICESE if re.search(rf"\b{word}\b", one, re.IGNORECASE)]
    average = sum(lengths) / len(lengths)
    return [*found, f"{average:.1f} words a sentence"] if average > ON_AVERAGE else found

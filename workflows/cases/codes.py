"""Codes that people read out and type."""

import secrets
from typing import Final

ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No O, 0, I or 1: the code is read out at a counter."""


def tracking_code() -> str:
    """Seven random characters and a check character."""
    body = "".join(secrets.choice(ALPHABET) for _position in range(7))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Catches one wrong character and most swaps."""
    total = sum((place + 2) * ALPHABET.index(letter) for place, letter in enumerate(body))
    return ALPHABET[total % 31]

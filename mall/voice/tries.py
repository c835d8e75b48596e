"""Guesses at a code and its secret word, counted."""

from typing import Final

from django.http import HttpRequest

from documents import limits

HOUR: Final = 3600
MOST: Final = 10
"""For one code, whatever the address: a word of 25 bits is not guessed in ten tries."""
MOST_ANY: Final = 60
"""From one address, whatever the code."""


def may_try(request: HttpRequest, code: str, *, of: str) -> bool:
    """Is there a try left in this hour? It is spent. `of` names what is looked for."""
    here = limits.within(request, purpose=f"{of}.find", most=MOST_ANY, seconds=HOUR)
    return limits.within_for(code, purpose=f"{of}.code", most=MOST, seconds=HOUR) and here

"""What an ordinary run leaves to `bin/test --long`."""

import os
from collections.abc import Sequence
from typing import Any

import pytest

LONG = bool(os.environ.get("MALL_LONG"))


def partly(values: Sequence[Any], every: int = 2) -> list[Any]:
    """These values as parameters of a test: one in so many is asked in every run, the others in a long one."""
    return [value if place % every == 0 else _long(value) for place, value in enumerate(values)]


def _long(value: Any) -> Any:
    words = value if isinstance(value, tuple) else (value,)
    return pytest.param(*words, marks=pytest.mark.long)

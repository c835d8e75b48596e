"""Every test begins with nobody having asked anything yet."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_has_asked() -> None:
    """Forget how often this address has asked."""
    cache.clear()

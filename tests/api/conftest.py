"""Every test begins with nobody having asked anything yet."""

import pytest
from django.core.cache import cache

from tests.api.calling import Caller
from tests.factories import make_person, make_user


@pytest.fixture(autouse=True)
def nobody_has_asked() -> None:
    """Forget how often this address has asked."""
    cache.clear()


@pytest.fixture
def citizen(db: None) -> Caller:
    """A citizen with an account and her data filled in."""
    user = make_user()
    make_person(user=user)
    return Caller(user)

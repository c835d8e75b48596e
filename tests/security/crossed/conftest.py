"""One world for all tests of this folder, rolled back behind them."""

import logging
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.lasting import undone
from tests.security.crossing import Crossing
from tests.security.things import World
from tests.security.world import build


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The people and things of the matrix. Each cell undoes what it did."""
    with undone(django_db_blocker):
        yield build()


@pytest.fixture(scope="package")
def crossing(world: World) -> Iterator[Crossing]:
    """The runner, with the world as it was before any cell; thousands of log lines are left out."""
    logging.disable(logging.ERROR)
    yield Crossing(world)
    logging.disable(logging.NOTSET)

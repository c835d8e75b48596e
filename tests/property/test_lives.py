"""Random sequences of events through the services on PostgreSQL; `tests/lives.py` says how so many are affordable."""

import random

import pytest

from tests.lives import Tree
from tests.long import LONG

TREES = 100 if LONG else 1
LIVES = 100
"""A tree; 100 lives in the ordinary suite and 10^4 with --long. 10^3 sequences of the arithmetic: test_ledger.py."""


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(TREES))
def test_m10_random_lives_through_the_services_keep_every_rule_of_the_clock(seed: int) -> None:
    tree = Tree(random.Random(seed))
    tree.grow(LIVES)
    assert tree.lives == LIVES
    assert tree.moves - tree.refused > LIVES, "most lives must come to something"
    assert len(tree.ends) > 2

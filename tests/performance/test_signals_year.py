"""Twenty officers who ask for money, planted among honest ones who look odd, in a seeded year: how many are found.

Planted by behaviour (`mall/history/schemes.py`), found by comparison (`mall/voice/signals/`). Figures go to
docs/figures.md.
"""

import sys
import time

import pytest

from tests import signals
from tests.cpu import backend_seconds

CASES, SCHEMES = 25_000, 20
MOST_SECONDS = 10


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("seed", [*range(101, 106), *range(201, 206)])
def test_idea_7_signals_find_most_of_twenty_schemes_of_a_year_and_hardly_an_honest_officer(seed: int) -> None:
    players = signals.seeded(CASES, seed, SCHEMES)
    begin, own = backend_seconds(), time.process_time()
    found = signals.found(players)
    spent = backend_seconds() - begin
    told = f"seed {seed}: {found}; {spent:.1f} s PostgreSQL, {time.process_time() - own:.1f} s ours"
    sys.stderr.write(f"{told}\n")
    assert found.share >= 0.8
    assert found.honest_first <= 2
    assert spent <= MOST_SECONDS

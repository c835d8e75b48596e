"""What it costs that PostgreSQL itself tiles the ledger: the same moves with its trigger and without, turn about."""

import statistics
from datetime import datetime, timedelta

import pytest
from django.db import connection

from agencies import clock
from agencies.clock import WIB
from tests.cpu import spent
from tests.crowds import crowd
from tests.engine import INTAKE, played
from workflows.cases.models import Case
from workflows.clock import ledger
from workflows.clock.models import Held, Holder, Interval, Reason

pytestmark = [pytest.mark.long, pytest.mark.django_db]
MONDAY = datetime(2026, 6, 8, 9, tzinfo=WIB)
CASES, MOVES, TURNS = 20, 20, 6
"""Cases a turn, moves of each (a long life), and turns with and without."""
PARTIES = (Held(Holder.APPLICANT, Reason.CORRECTING), Held(Holder.MALL, Reason.CHECKING))


def switch(*, on: bool) -> None:
    """The trigger, in this transaction only."""
    name = next(one for one in Interval._meta.triggers if one.name == "interval_tiles").get_pgid(Interval)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE workflows_interval {'ENABLE' if on else 'DISABLE'} TRIGGER {name}")


def lives(cases: list[Case]) -> None:
    """Each case goes from hand to hand."""
    for case in cases:
        for step in range(1, MOVES + 1):
            ledger.pass_to(case.pk, PARTIES[step % 2], MONDAY + timedelta(hours=step))


def test_tiling_in_the_database_costs_less_than_a_millisecond_a_move() -> None:
    with clock.pretend(MONDAY):
        template = played("DPMPTSP-SIP-DOKTER", *INTAKE).case_id
    crowd(template, many=CASES * TURNS * 2, due=0, now=MONDAY)
    cases = list(Case.objects.exclude(pk=template).order_by("reference"))
    costs: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(TURNS * 2):
        on = bool(turn % 2)
        switch(on=on)
        costs[on].append(spent(lambda: lives(cases[:CASES])) / (CASES * MOVES) * 1000)
        del cases[:CASES]
    switch(on=True)
    tiled, plain = (statistics.median(costs[on]) for on in (True, False))
    print(f"\na move: {tiled:.2f} ms with the trigger, {plain:.2f} without, {tiled / plain:.2f} times")  # noqa: T201
    assert tiled - plain < 1

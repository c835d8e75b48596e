"""What roll-ups cost the writers of one hot service: the same work with and without, in turns (docs/figures.md).

With them every event that counts is one more row of the outbox, and a folder works beside.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from agencies.ids import new_id
from mall.transparency.rollups import folding
from tests.engine import DECIDED, TestCast, played
from tests.rollups import cells, recounted
from workflows.actors import Actor
from workflows.trail import folding as trail_folding
from workflows.trail import registry
from workflows.trail import services as trail

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
SERVICE = "DPMPTSP-SIP-DOKTER"
TURNS, KEPT = 8, 0.85
FOLDER = """
import time
import django
django.setup()
from workflows.trail import folding
print("ready", flush=True)
while True:
    folding.fold()
    time.sleep(2)
"""


def cpu() -> float:
    """Seconds of the processor so far: ours, and those of the server process of our connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def compared(name: str, work: Callable[[], object], env: dict[str, str]) -> float:
    """How much of the rate is kept with roll-ups on, by the writer's processor and its server's."""
    wall, used = {False: 0.0, True: 0.0}, {False: 0.0, True: 0.0}
    program = [sys.executable, "-c", FOLDER]
    for turn in range(2 * TURNS):
        on = bool(turn % 2)
        (registry.register_batch if on else lambda one: registry.unregister(one.name))(folding.CONSUMER)
        running = subprocess.Popen(program, env=env, cwd=settings.BASE_DIR, stdout=-1) if on else None
        if running and running.stdout:
            running.stdout.readline()
        begin, spent = time.monotonic(), cpu()
        work()
        wall[on], used[on] = wall[on] + time.monotonic() - begin, used[on] + cpu() - spent
        if running:
            running.terminate()
            running.wait()
    registry.register_batch(folding.CONSUMER)
    by_wall, by_cpu = wall[False] / wall[True], used[False] / used[True]
    print(f"\n{name}: {by_wall:.2f} of the rate kept by the wall, {by_cpu:.2f} by the processor")  # noqa: T201
    return by_cpu


def test_one_hot_service_keeps_85_percent_of_its_writes_with_roll_ups_on(program_env: dict[str, str]) -> None:
    cast = TestCast()

    def lives() -> None:
        for _case in range(4):
            played(SERVICE, *DECIDED, cast=cast)

    lives()
    assert compared("whole cases through the services", lives, program_env) >= KEPT


def test_bare_events_of_one_subject_each_are_written_nearly_as_fast(program_env: dict[str, str]) -> None:
    by = Actor.system("bench")

    def events() -> None:
        for _event in range(400):
            trail.record(subject_kind="bench", subject_id=new_id(), kind="case.submitted", by=by)

    events()
    assert compared("bare events", events, program_env) >= 0.7
    while trail_folding.fold():
        pass
    assert cells() == recounted()

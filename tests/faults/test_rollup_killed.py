"""The folder of the figures, killed at random by SIGKILL: afterwards the cells are those of the log."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings

from mall.transparency.rollups.models import Cell
from tests.cases import at
from tests.engine import TestCast
from tests.rollups import cells, recounted
from workflows.trail import folding
from workflows.trail.models import OutboxRow

pytestmark = pytest.mark.django_db(transaction=True)
FOLDER = """
import os, random, signal, sys, threading, time
import django
django.setup()
from django.db import connection
from workflows.trail import folding
connection.ensure_connection()
delay = float(sys.argv[1])

def die():
    time.sleep(delay)
    os.kill(os.getpid(), signal.SIGKILL)

print("ready", flush=True)
sys.stdin.readline()
threading.Thread(target=die, daemon=True).start()
while True:
    folding.fold(most=2)
"""


def killed(delay: float, env: dict[str, str]) -> None:
    """A folder that takes two events a transaction and dies after so many seconds."""
    program = [sys.executable, "-c", FOLDER, str(delay)]
    with subprocess.Popen(program, env=env, cwd=settings.BASE_DIR, stdin=-1, stdout=-1, text=True) as running:
        assert running.stdout
        assert running.stdin
        assert running.stdout.readline() == "ready\n"
        running.stdin.write("go\n")
        running.stdin.flush()
        running.wait(60)
    assert running.returncode == -signal.SIGKILL


def survives(times: int, env: dict[str, str]) -> None:
    dice, cast = random.Random(os.environ.get("MALL_SEED", "7")), TestCast()
    waiting = OutboxRow.objects.filter(consumer="transparency.rollup", state="pending")
    for _time in range(times):
        for _case in range(3):
            at("decided", cast=cast)
        killed(dice.uniform(0.2, 1.5), env)
    assert OutboxRow.objects.filter(consumer="transparency.rollup", state="done").exists()
    died_in_between = waiting.exists()
    while folding.fold():
        pass
    assert not waiting.exists()
    assert sum(Cell.objects.filter(measure="decided").values_list("count", flat=True)) == 3 * times
    assert cells() == recounted()
    assert died_in_between or times < 10


def test_folder_killed_twice_counts_everything_once(program_env: dict[str, str]) -> None:
    survives(2, program_env)


@pytest.mark.long
def test_folder_killed_fifty_times_counts_everything_once(program_env: dict[str, str]) -> None:
    survives(50, program_env)


def test_two_folders_at_once_count_everything_once(program_env: dict[str, str]) -> None:
    cast = TestCast()
    for _case in range(6):
        at("decided", cast=cast)
    program = [sys.executable, "-c", FOLDER, "1.5"]
    both = [
        subprocess.Popen(program, env=program_env, cwd=settings.BASE_DIR, stdin=-1, stdout=-1, text=True)
        for _one in range(2)
    ]
    for one in both:
        assert one.stdout
        one.stdout.readline()
    for one in both:
        one.communicate("go\n", timeout=60)
    while folding.fold():
        pass
    assert cells() == recounted()


@pytest.mark.parametrize("schedule", [settings.CELERY_BEAT_SCHEDULE["trail.fold"]["schedule"]])
def test_figure_is_at_most_five_seconds_old(program_env: dict[str, str], schedule: float) -> None:
    assert schedule <= 2
    with subprocess.Popen([sys.executable, "-c", BEAT], env=program_env, cwd=settings.BASE_DIR) as running:
        try:
            at("decided")
            wait_for(1, 60)
            at("decided")
            wait_for(2, 5)
        finally:
            running.terminate()


def wait_for(decided: int, seconds: float) -> None:
    """Look until so many decisions are counted."""
    end = time.monotonic() + seconds
    while sum(Cell.objects.filter(measure="decided").values_list("count", flat=True)) < decided:
        assert time.monotonic() < end
        time.sleep(0.1)


BEAT = """
import time
import django
django.setup()
from django.conf import settings
from workflows.trail import tasks
while True:
    tasks.fold()
    time.sleep(settings.CELERY_BEAT_SCHEDULE["trail.fold"]["schedule"])
"""

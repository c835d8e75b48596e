"""A worker that is killed while it makes a permit leaves one permit, never two and never none (F-02)."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from agencies import clock
from documents import blobs
from documents.permits import queries
from documents.permits.models import DocumentState, PermitDocument
from documents.permits.sealing.local import LocalSigner
from tests.permits import granted, permit_of
from workflows.permits.models import Permit
from workflows.trail import relay
from workflows.trail.models import OutboxRow

pytestmark = pytest.mark.django_db(transaction=True)

KILLED_AT = """
import os, signal, sys
import django
django.setup()
from documents import blobs
from documents.permits import rendering, services
from documents.permits.sealing.local import LocalSigner
from workflows.cases import services as cases
from workflows.trail import relay

def dies(owner, name, *, on_call=1, after=False):
    real, calls = getattr(owner, name), []
    def deadly(*args, **kwargs):
        calls.append(1)
        last = len(calls) == on_call
        if last and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        done = real(*args, **kwargs)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    setattr(owner, name, deadly)

{where}
relay.drain("documents")
"""

POINTS = {
    "after the file, before its row": 'dies(blobs, "write", after=True)',
    "before rendering": 'dies(rendering, "render")',
    "after rendering, before the file": 'dies(rendering, "render", after=True)',
    "after the row, before the seal": 'dies(LocalSigner, "seal")',
    "after the seal, before its file": 'dies(LocalSigner, "verify", after=True)',
    "after the sealed file, before its row": 'dies(blobs, "write", on_call=2, after=True)',
    "before the permit is handed over": 'dies(cases, "attach_document")',
    "after the permit is handed over": 'dies(cases, "attach_document", after=True)',
}


def assert_one_sound_document(permit: Permit) -> None:
    """One document, sealed, whose bytes are those that the register names."""
    found = permit_of(permit.case)
    document = PermitDocument.objects.get(permit=permit)
    content = queries.content_of(document)
    assert (found.case.state, document.state) == ("issued", DocumentState.SEALED)
    assert found.sha256 == document.sealed_sha256 == blobs.digest(content)
    assert LocalSigner().verify(content).valid
    assert OutboxRow.objects.get(consumer="documents.permit", state="done").attempts >= 2
    call_command("check_permits")


def killed(where: str, env: dict[str, str]) -> None:
    """A worker that dies at this point, by SIGKILL."""
    program = [sys.executable, "-c", KILLED_AT.replace("{where}", where)]
    done = subprocess.run(program, env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


def survives(where: str, env: dict[str, str]) -> None:
    """Kill one there, let its lease pass, and let another go on."""
    permit = granted()
    before = set(blobs.everything())
    killed(where, env)
    OutboxRow.objects.filter(state="pending").update(leased_until=clock.now() - timedelta(seconds=1))
    relay.drain("documents")
    assert_one_sound_document(permit)
    assert len({path for path in blobs.everything() if path not in before}) <= 3  # rendered, sealed, at most one orphan


def test_worker_dies_between_file_and_row(program_env: dict[str, str]) -> None:
    survives(POINTS["after the file, before its row"], program_env)


@pytest.mark.long
@pytest.mark.parametrize("point", sorted(POINTS))
def test_worker_dies_at_every_point(point: str, program_env: dict[str, str]) -> None:
    survives(POINTS[point], program_env)


# --- Real Celery workers, killed at random moments --------------------------------------------------------------------

LEASE_AND_TEN = relay.LEASE.total_seconds() + 10
ROUNDS = 3


@pytest.fixture
def programs(program_env: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts Celery programs, each the leader of its own group, and ends them afterwards."""
    running: list[subprocess.Popen[bytes]] = []

    def start(*words: str) -> subprocess.Popen[bytes]:
        argv = [sys.executable, "-m", "celery", "-A", "mall", *words, "--loglevel", "WARNING"]
        log = (tmp_path / f"{len(running)}.log").open("wb")
        running.append(
            subprocess.Popen(
                argv, env=program_env, cwd=settings.BASE_DIR, stdout=log, stderr=log, start_new_session=True
            )
        )
        return running[-1]

    yield start
    for program in running:
        kill_group(program)


def kill_group(program: subprocess.Popen[bytes]) -> None:
    """SIGKILL for the program and its children."""
    with suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGKILL)
    program.wait()


def eventually(question: Callable[[], bool], seconds: float) -> None:
    """Wait until it is so."""
    end = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@pytest.mark.long
def test_real_workers_are_killed_at_random_and_the_permit_comes_within_the_lease_and_ten_seconds(
    programs: Callable[..., subprocess.Popen[bytes]],
) -> None:
    worker_words = (
        "worker",
        "--queues",
        "quick,default,documents",
        "--concurrency",
        "1",
        "--without-gossip",
        "--without-mingle",
    )
    dice = random.Random(11)
    programs("beat", "--pidfile=")
    for number in range(ROUNDS):
        worker = programs(*worker_words, "--hostname", f"first-{number}@%h")
        permit = granted()
        rows = OutboxRow.objects.filter(consumer="documents.permit", state="pending")
        eventually(lambda rows=rows: rows.filter(attempts__gte=1).exists(), 60)
        time.sleep(dice.uniform(0, 0.6))
        kill_group(worker)
        died = time.monotonic()
        if permit_of(permit.case).case.state == "issued":
            continue
        second = programs(*worker_words, "--hostname", f"second-{number}@%h")
        eventually(lambda permit=permit: permit_of(permit.case).case.state == "issued", 90)
        took = time.monotonic() - died
        assert took <= LEASE_AND_TEN, took
        eventually(lambda rows=rows: not rows.exists(), 10)
        document = PermitDocument.objects.get(permit=permit)
        assert blobs.digest(queries.content_of(document)) == permit_of(permit.case).sha256
        kill_group(second)
    call_command("check_permits")

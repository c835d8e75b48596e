"""Sending a file to the child and reading its answer."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import structlog

from documents.vault.kinds import Kind
from documents.vault.washing.limits import MOST_WRITTEN, Fault, Unfit

log = structlog.get_logger(__name__)
PATIENCE = 60
"""Seconds on the wall; the child's own limit counts seconds of work."""
_HOME = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Washed:
    """The file as it will be kept."""

    content: bytes
    pages: int
    place: str = ""
    """Latitude and longitude that a photo carried, where they were asked for."""


def wash(content: bytes, kind: Kind, *, place: bool = False) -> Washed:
    """Have the file written anew; with `place`, note where a photo says that it was taken before that is removed.

    Raises:
        Unfit: it cannot be read, or breaks a limit.
    """
    argv = [sys.executable, "-P", "-m", "documents.vault.washing", kind.name, *(["place"] if place else [])]
    try:
        done = subprocess.run(
            argv,
            input=content,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
            env={"PYTHONPATH": str(_HOME)},
        )
    except subprocess.TimeoutExpired as error:
        raise Unfit(Fault.COMPLEX) from error
    if done.returncode:
        log.info("washing.child_stopped", code=done.returncode, kind=kind.name)
        raise Unfit(Fault.COMPLEX)
    return _read(done.stdout)


def _read(answer: bytes) -> Washed:
    line, _newline, washed = answer.partition(b"\n")
    head = json.loads(line)
    if "fault" in head:
        raise Unfit(Fault(head["fault"]))
    if len(washed) > MOST_WRITTEN:
        raise Unfit(Fault.COMPLEX)
    return Washed(washed, head["pages"], head.get("place", ""))

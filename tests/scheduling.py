"""Which worker of a parallel run takes which tests: whole files, so that what a file starts is started once.

pytest-xdist's own groups are marks on the tests, which it writes into a name that pytest no longer reads.
"""

from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

CROSSED = "tests/security/crossed/"
FIRST = (
    CROSSED,
    "tests/faults/test_storm.py",
    "tests/canary/test_canary.py",
    "tests/faults/test_runtime_run.py",
    "tests/faults/test_rollup_killed.py",
    "tests/unit/test_history.py",
)
"""What takes longest, so that no worker is left alone with it at the end."""


def unit_of(nodeid: str) -> str:
    """The file of a test; but files that share one world are one unit."""
    file = nodeid.partition("::")[0]
    return CROSSED if file.startswith(CROSSED) else file


class WholeFiles(LoadScopeScheduling):
    """Hands out a unit at a time."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)


def turn_of(nodeid: str) -> tuple[int, str]:
    """When a test is handed out: the longest first, then by folder."""
    unit = unit_of(nodeid)
    return FIRST.index(unit) if unit in FIRST else len(FIRST), unit.rpartition("/")[0]


def reading_order(tests: Path, worker: str) -> list[str]:
    """The folders of the tests, from another third on for each worker ("gw0", "gw1", …).

    pytest rewrites a test file when it is first read, and keeps that: so each worker does a third of them.
    """
    rooms = sorted(room.name for room in tests.iterdir() if any(room.glob("**/test_*.py")))
    thirds = [["unit"], ["web"], [room for room in rooms if room not in ("unit", "web")]]
    start = int(worker.removeprefix("gw")) % len(thirds)
    return [f"tests/{room}" for third in thirds[start:] + thirds[:start] for room in third]

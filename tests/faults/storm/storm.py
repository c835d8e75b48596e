"""A running mall under load, somebody who breaks its parts, and the questions asked of it afterwards."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import redis

from mall.runtime.folders import CHECKOUT, Folders
from mall.runtime.postgres import DATABASE, USER
from notifications import sending
from tests.faults.runtime import Mall, demo_env
from tests.faults.storm.visitor import Visitor
from workflows.trail import relay

PASSWORD = "kata-sandi-panjang"
LEASE = relay.LEASE.total_seconds()
MAILING = sending.LEASE.total_seconds()
"""How long a mail whose sender died waits: longer than other promises, as two letters are worse than a late one."""
SOON = 10.0

_LEFT = """
SELECT 'promise to ' || consumer FROM workflows_outboxrow WHERE state = 'pending' AND created_at <= %(until)s
UNION ALL
SELECT 'e-mail' FROM notifications_delivery
WHERE channel = 'email' AND state IN ('pending', 'failed') AND created_at <= %(until)s
  AND (leased_until IS NULL OR leased_until < now())
UNION ALL
SELECT 'permit' FROM workflows_permit WHERE kind = 'rendered' AND issued_at IS NULL AND granted_at <= %(until)s
"""
_LOST = """
SELECT a.id, a.seq FROM unnest(%(case)s::uuid[], %(revision)s::int[], %(hash)s::text[]) AS a(id, seq, hash)
LEFT JOIN workflows_event e ON e.subject_kind = 'case' AND e.subject_id = a.id AND e.seq = a.seq
WHERE e.hash IS DISTINCT FROM a.hash
"""
_SENT = """
SELECT a.id FROM unnest(%(case)s::uuid[], %(key)s::uuid[], %(reference)s::text[]) AS a(id, key, reference)
LEFT JOIN workflows_case c ON c.id = a.id
WHERE c.submission_key IS DISTINCT FROM a.key OR c.reference IS DISTINCT FROM a.reference
"""
_MAKING = """
SELECT p.case_id FROM workflows_outboxrow o JOIN workflows_event e ON e.id = o.event_id
JOIN workflows_permit p ON p.id = (e.data->>'permit')::uuid
WHERE o.consumer = 'documents.permit' AND o.state = 'pending' AND o.leased_until > now()
  AND p.kind = 'rendered' AND p.issued_at IS NULL
"""


def crowd() -> float:
    """How many times as much as this machine can do there is to do, for limits in seconds."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def eventually(question: Callable[[], Any], seconds: float, what: str) -> Any:
    """The first answer that is not empty; `what` is what has not happened when there is none in time."""
    end = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < end, f"{what}: not within {seconds:.0f} s"
        time.sleep(0.02)
    return answer


class Office:
    """The program that works in the mall, on a pair of pipes."""

    def __init__(self, var: Path, pause: float) -> None:
        argv = [sys.executable, "-m", "tests.faults.storm.office", str(pause)]
        log = (var / "log" / "office.log").open("ab")
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            argv, env=demo_env(var), cwd=CHECKOUT, stdin=pipe, stdout=pipe, stderr=log, text=True
        )

    def __call__(self, *words: Any) -> Any:
        """Ask for something and wait for the answer."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "fault" not in answer, answer
        return answer["value"]

    def close(self) -> None:
        """The end of its day."""
        self.process.kill()
        self.process.wait()


class Storm:
    """Everything a fault test needs of one running mall."""

    def __init__(self, mall: Mall, pause: float) -> None:
        self.mall = mall
        self.office = Office(mall.var, pause)
        self.login = self.office("citizen")
        self.visitor = Visitor(mall.port)
        self.visitor.log_in(self.login, PASSWORD)
        self.office("go")

    # --- Looking ------------------------------------------------------------------------------------------------------

    def rows(self, query: str, **words: Any) -> list[tuple[Any, ...]]:
        """What PostgreSQL says, past everything of ours."""
        where = {"host": str(Folders(self.mall.var).sockets), "user": USER, "dbname": DATABASE}
        with psycopg.connect(**where, autocommit=True, connect_timeout=5) as link:
            return link.execute(query, words or None).fetchall()

    def valkey(self) -> "redis.Redis[bytes]":
        """A line to the broker."""
        return redis.Redis(unix_socket_path=str(self.valkey_socket))

    @property
    def valkey_socket(self) -> Path:
        """Where the broker listens."""
        return Folders(self.mall.var).sockets / "valkey.sock"

    def now(self) -> datetime:
        """The moment, as PostgreSQL has it."""
        moment: datetime = self.rows("SELECT now()")[0][0]
        return moment

    def state_of(self, case: str) -> str:
        """Where a case stands."""
        return str(self.rows("SELECT state FROM workflows_case WHERE id = %(id)s", id=case)[0][0])

    def permit_in_the_making(self) -> str:
        """A case whose permit a worker is making at this moment: freshly approved, so that there is one."""
        case = str(self.office("approved"))
        eventually(lambda: (case,) in [(str(row[0]),) for row in self.rows(_MAKING)], 60 * crowd(), "no worker began")
        return case

    # --- Breaking -----------------------------------------------------------------------------------------------------

    def pid(self, *words: str) -> int:
        """The program of ours whose command line has these words."""
        return self.mall.child(*words)

    @staticmethod
    def kill_group(pid: int) -> None:
        """SIGKILL for a program and everybody it started."""
        os.killpg(os.getpgid(pid), signal.SIGKILL)

    @contextmanager
    def frozen(self, *pids: int) -> Iterator[None]:
        """These programs hang for the block. Freezing the supervisor keeps what is killed dead."""
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    # --- Judging ------------------------------------------------------------------------------------------------------

    def settle(self, since: datetime, limit: float, what: str) -> float:
        """Wait until nothing promised before that moment is left; the seconds it took from then on."""
        eventually(lambda: not self._left(since), limit * crowd() + 5, what)
        took = (self.now() - since).total_seconds()
        print(f"{what}: everything kept after {took:.1f} s (limit {limit:.0f} s, crowd {crowd():.1f})")  # noqa: T201
        assert took <= limit * crowd(), (what, took, crowd())
        self.is_sound()
        return took

    def _left(self, until: datetime) -> list[tuple[Any, ...]]:
        try:
            return self.rows(_LEFT, until=until)
        except psycopg.OperationalError:
            return [("no database",)]

    def is_sound(self) -> None:
        """Nothing acknowledged is lost, nothing was given up, and both checkers find nothing."""
        told = self.office("told")
        assert told["fault"] == ""
        acts = told["acts"]
        sent = [act for act in acts if act["key"]]
        assert sent, "the load has sent nothing"
        assert self.rows(_LOST, **_columns(acts, "case", "revision", "hash")) == []
        assert self.rows(_SENT, **_columns(sent, "case", "key", "reference")) == []
        assert self.rows("SELECT id, consumer, last_error FROM workflows_outboxrow WHERE state = 'failed'") == []
        assert self.office("check") == ""


def _columns(acts: list[dict[str, Any]], *names: str) -> dict[str, list[Any]]:
    return {name: [act[name] for act in acts] for name in names}

"""The programs that make up the running mall, besides its servers."""

import http.client
import os
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from mall.celery import app
from mall.runtime.beat import LOCK
from mall.runtime.child import Child

WORKERS = 2
BLOCKING_THREADS = 2
SIMULATOR = "mall.payments.simulator"
QUICKLY = {"CELERY_SKIP_CHECKS": "1"}
"""Django's system checks belong to CI: here they keep a killed worker away for longer."""


def web(port: int, logs: Path) -> Child:
    """The pages and the API: granian on the loopback."""
    argv = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    argv += [
        "--workers",
        str(WORKERS),
        "--blocking-threads",
        str(BLOCKING_THREADS),
        "--no-ws",
        "--log-level",
        "warning",
    ]
    # A connection lives as long as its thread.
    argv += ["--blocking-threads-idle-timeout", "600", "--respawn-failed-workers", "--workers-kill-timeout", "10"]
    return _child("Web server", [*argv, "mall.wsgi:application"], logs / "web.log", lambda: _serves(port))


def worker(logs: Path) -> Child:
    """The Celery worker for messages and permits."""
    argv = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "mall",
        "worker",
        "--queues",
        "quick,default,documents,letters",
        "--concurrency",
        "2",
    ]
    argv += ["--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--hostname", f"mal-{os.getpid()}@%h"]
    return _child("Worker", argv, logs / "worker.log", _worker_answers, os.environ | QUICKLY)


def beat(logs: Path) -> Child:
    """The clock that rings the sweepers."""
    argv = [sys.executable, "-m", "celery", "-A", "mall", "beat", "--loglevel", "WARNING", "--pidfile="]
    return _child("Beat", argv, logs / "beat.log", _some_beat_leads, os.environ | QUICKLY)


def simulator(port: int, logs: Path) -> list[Child]:
    """The pretended payment gateway of the demo, where that program exists."""
    if not settings.EMBEDDED or find_spec(SIMULATOR) is None:
        return []
    argv = [sys.executable, "-m", SIMULATOR, "--port", str(port)]
    return [_child("Payment simulator", argv, logs / "simulator.log", lambda: _listens(port))]


def _child(
    name: str, argv: list[str], log: Path, ready: Callable[[], bool], env: Mapping[str, str] | None = None
) -> Child:
    return Child(name=name, argv=argv, log=log, ready=ready, env=env)


def _serves(port: int) -> bool:
    host = settings.ALLOWED_HOSTS[0]
    return _status(port, "/readyz", host) == http.client.OK


def _listens(port: int) -> bool:
    return _status(port, "/", "127.0.0.1") is not None


def _status(port: int, path: str, host: str) -> int | None:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        link.request("GET", path, headers={"Host": host})
        return link.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        link.close()


def _worker_answers() -> bool:
    try:
        return bool(app.control.inspect(timeout=0.3).ping())
    except (OSError, KombuError, RedisError):
        return False


def _some_beat_leads() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted", [LOCK])
            return cursor.fetchone() is not None
    except DatabaseError:
        return False
    finally:
        connection.close()  # a server that is killed before the next question must not answer it by a fault

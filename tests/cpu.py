"""Seconds of the processor, ours and PostgreSQL's together: what work needs, however busy the machine is."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection


def spent(work: Callable[[], object]) -> float:
    """What this work needed."""
    own, served = time.process_time(), backend_seconds()
    work()
    return time.process_time() - own + backend_seconds() - served


def backend_seconds() -> float:
    """What the server process of our connection has spent so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")

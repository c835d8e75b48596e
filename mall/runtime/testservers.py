"""One throwaway PostgreSQL and Valkey a checkout, shared by every pytest process that runs at the same time.

Who needs them joins: the first starts them, the last to leave stops them. Both know by file locks, which the kernel
frees when a process dies. Each process has a database and a Valkey slot of its own.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from psycopg import sql

from mall.runtime.folders import Folders
from mall.runtime.locks import FileLock, alone
from mall.runtime.postgres import Postgres
from mall.runtime.valkey import Valkey

TEMPLATE = "tpl_"
SLOTS = 32_768
TEMPLATE_IS_MADE_OF = (
    "*/migrations/*.py",
    "mall/*/migrations/*.py",
    "mall/*/*/migrations/*.py",
    "*/management/commands/load_*.py",
    "agencies/loader.py",
    "agencies/catalogue/*",
    "agencies/data/*",
    "workflows/catalogue/*",
    "workflows/definition/*.py",
    "mall/settings/base.py",
    "requirements/base.txt",
)

FILLING = """
import django
from django.core.management import call_command
django.setup()
for command in ("migrate", "load_agencies", "load_catalogue"):
    call_command(command, verbosity=0)
"""


def root(checkout: Path) -> Path:
    """The folder of the test servers."""
    return checkout / "var" / "test"


def folders(checkout: Path) -> Folders:
    """The folders below it."""
    return Folders(root(checkout))


def database_name(run: int) -> str:
    """The database of one pytest process; pytest-xdist adds the worker's name."""
    return f"test_mal_{run}"


def slots(run: int) -> tuple[int, int]:
    """Valkey's database numbers of one pytest process: the broker's and the cache's."""
    return run % SLOTS * 2, run % SLOTS * 2 + 1


@dataclass
class Lease:
    """The share of one process in the servers of a checkout."""

    checkout: Path
    run: int
    users: FileLock = field(init=False)

    def __post_init__(self) -> None:
        """Make the folders."""
        self.folders.make()
        self.users = FileLock(self.folders.root / "users.lock")

    @cached_property
    def folders(self) -> Folders:
        """Where they live."""
        return folders(self.checkout)

    @cached_property
    def postgres(self) -> Postgres:
        """The shared cluster."""
        log = self.folders.logs / "postgres.log"
        return Postgres(self.folders.postgres, self.folders.sockets, log, throwaway=True, tied=False)

    @cached_property
    def valkey(self) -> Valkey:
        """The shared Valkey."""
        log = self.folders.logs / "valkey.log"
        return Valkey(self.folders.valkey, self.folders.sockets, log, throwaway=True, tied=False)

    @property
    def gate(self) -> Path:
        """Held while somebody joins or leaves."""
        return self.folders.root / "gate.lock"

    def join(self) -> str | None:
        """Make sure that the servers run; return a database to copy (migrated, with the catalogue), or None when
        it cannot be made."""
        with alone(self.gate):
            first = self.users.take(wait=False)
            try:
                template = self._prepared(first)
            except BaseException:
                # The next to join would wait for us, and we for it at the gate.
                self.users.release()
                raise
            self.users.take(shared=True)
        return template

    def _prepared(self, first: bool) -> str | None:
        self._start()
        template = self._template()
        if first:
            self._drop(lambda name: name.startswith("test_"))
            self._drop(lambda name: name.startswith(TEMPLATE) and name != template)
        return template

    def leave(self) -> None:
        """Drop what is ours, and stop the servers when nobody else uses them."""
        mine = database_name(self.run)
        shutil.rmtree(self.folders.root / "files" / str(self.run), ignore_errors=True)
        with alone(self.gate):
            if self.postgres.answers():
                self._drop(lambda name: name == mine or name.startswith(f"{mine}_"))
            if self.users.take(wait=False):
                self.valkey.stop()
                self.postgres.stop()
            self.users.release()

    def _start(self) -> None:
        for server in (self.postgres, self.valkey):
            if not server.answers():
                child = server.child()
                child.start()
                child.wait_ready()

    def _drop(self, chosen: Callable[[str], bool]) -> None:
        with self.postgres.connect("postgres") as link:
            for (name,) in link.execute("SELECT datname FROM pg_database").fetchall():
                if chosen(str(name)):
                    link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(str(name))))

    def _template(self) -> str | None:
        name = f"{TEMPLATE}{_digest(self.checkout)}"
        with self.postgres.connect("postgres") as link:
            if link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return name
        draft = f"{TEMPLATE}draft"
        self._drop(lambda found: found == draft)
        self.postgres.ensure_database(draft)
        if not self._fill(draft):
            return None
        with self.postgres.connect("postgres") as link:
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            link.execute(rename.format(sql.Identifier(draft), sql.Identifier(name)))
        return name

    def _fill(self, database: str) -> bool:
        env = os.environ | {"DJANGO_SETTINGS_MODULE": "mall.settings.test", "MALL_TEST_DATABASE": database}
        argv = [sys.executable, "-c", FILLING]
        # A failure is not told here: pytest then does the same itself and shows the error in full.
        return subprocess.run(argv, cwd=self.checkout, env=env, capture_output=True, check=False).returncode == 0


def _digest(checkout: Path) -> str:
    """Changes with any migration, loader or definition of ours and with any locked package."""
    digest = hashlib.sha256()
    found = [path for pattern in TEMPLATE_IS_MADE_OF for path in checkout.glob(pattern) if path.is_file()]
    for path in sorted(found):
        digest.update(str(path.relative_to(checkout)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]

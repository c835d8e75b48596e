"""`manage.py run`: the whole mall in one terminal."""

import logging
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.utils import Error as DatabaseError

from mall.runtime import demo_logins, preflight, prepare, programs
from mall.runtime.errors import Trouble
from mall.runtime.folders import Folders
from mall.runtime.locks import FileLock
from mall.runtime.postgres import DATABASE, Postgres
from mall.runtime.roles import APPLICATION
from mall.runtime.supervisor import Stop, Supervisor, ignore_signals
from mall.runtime.valkey import Valkey

DEFAULT_PORT = 8000


class Command(BaseCommand):
    """Start everything, watch over it, stop it on Ctrl-C."""

    help = "Start the servers, the web server, the worker and beat; Ctrl-C stops them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two choices."""
        parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port of the site (default: %(default)s)")
        parser.add_argument("--reset-demo", action="store_true", help="begin with fresh demo data")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run until asked to stop; a fault is one sentence and a non-zero exit."""
        port: int = options["port"]
        self._settle_port(port)
        supervisor = Supervisor(self._say)
        supervisor.stop_on_signals()
        logging.getLogger().setLevel(logging.WARNING)  # the terminal is for sentences
        folders = Folders(settings.VAR)
        lock = FileLock(folders.lock)
        try:
            self._begin(folders, lock, port, reset=options["reset_demo"])
            self._start(supervisor, folders, port)
            supervisor.watch()
        except Stop:
            self._say("Stopping …")
        except (Trouble, CommandError, DatabaseError, OSError) as fault:
            raise SystemExit(" ".join(str(fault).split())) from fault
        finally:
            ignore_signals()
            supervisor.stop()
            lock.release()
        self._say("Stopped.")

    def _settle_port(self, port: int) -> None:
        """Begin again when the settings were read with another port: addresses in messages carry it."""
        if getattr(settings, "MALL_PORT", port) != port:
            os.environ["MALL_PORT"] = str(port)
            os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - the same program again

    def _begin(self, folders: Folders, lock: FileLock, port: int, *, reset: bool) -> None:
        folders.make()
        if not lock.take(wait=False):
            raise Trouble(f"The mall already runs in {folders.root}; stop that one first, or set MALL_VAR.")
        lock.sign()
        preflight.require_space(folders.root)
        preflight.require_libraries()
        preflight.require_port(port)
        if settings.EMBEDDED:
            preflight.require_port(port + 1)
        if reset:
            if not settings.EMBEDDED:
                raise Trouble("--reset-demo deletes data and works only in the demo.")
            prepare.forget_demo(folders)

    def _start(self, supervisor: Supervisor, folders: Folders, port: int) -> None:
        if settings.EMBEDDED:
            self._start_servers(supervisor, folders)
        prepare.schema(self._say)
        prepare.catalogue()
        if settings.EMBEDDED:
            prepare.demo(folders, self._say)
        prepare.static_files()
        prepare.warn(self._say)
        logs = folders.logs
        supervisor.start(
            [*programs.simulator(port + 1, logs), programs.web(port, logs), programs.worker(logs), programs.beat(logs)]
        )
        prepare.let_go()
        self._tell(port)

    def _start_servers(self, supervisor: Supervisor, folders: Folders) -> None:
        if not (folders.postgres / "PG_VERSION").exists():
            self._say("Making a database …")
        postgres = Postgres(folders.postgres, folders.sockets, folders.logs / "postgresql.log")
        valkey = Valkey(folders.valkey, folders.sockets, folders.logs / "valkey.log")
        supervisor.start([postgres.child(), valkey.child()])
        postgres.ensure_database(DATABASE)
        postgres.ensure_role(APPLICATION)

    def _tell(self, port: int) -> None:
        self._say(f"\nThe mall is open: http://127.0.0.1:{port}/")
        logins = demo_logins.lines() if settings.EMBEDDED else []
        for line in ["Log-ins of the demo:", *logins] if logins else []:
            self._say(line)
        self._say("Ctrl-C closes it.")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

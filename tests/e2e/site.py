"""The mall as visitors meet it: pages over HTTP, style sheets packed as in production, the gateway's own program."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.test.testcases import LiveServerThread

from mall.settings.base import MANIFEST
from notifications import sending
from tests.mailserver import free_port
from workflows.trail import relay

PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Site:
    """Where the mall and the payment gateway are found."""

    url: str
    gateway: str

    def work(self) -> None:
        """Do what the worker would do by now, away from the browser's event loop."""
        with ThreadPoolExecutor(1) as worker:
            worker.submit(_work).result()


def _work() -> None:
    """Render permits, make bills, write and send messages."""
    try:
        for _round in range(3):
            if not relay.drain("documents") + relay.drain("letters") + relay.drain("default"):
                break
        sending.send_due()
    finally:
        connections.close_all()


@contextmanager
def serving(folder: Path) -> Iterator[Site]:
    """The site on free ports of the loopback, until the block ends. `folder` takes the packed files."""
    port, pay_port = free_port(), free_port()
    url, gateway = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{pay_port}"
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    opened = policy | {"form-action": [*policy["form-action"], gateway]}
    with override_settings(
        STORAGES=settings.STORAGES | {"staticfiles": {"BACKEND": MANIFEST}},
        STATIC_ROOT=folder / "static",
        WHITENOISE_AUTOREFRESH=False,
        WHITENOISE_USE_FINDERS=False,
        MALL_BASE_URL=url,
        MALL_GATEWAY_URL=gateway,
        CONTENT_SECURITY_POLICY={"DIRECTIVES": opened},
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        assert staticfiles_storage.manifest_hash
        # Static files come from the application's own middleware, as in production.
        server = LiveServerThread("127.0.0.1", lambda _handler: WSGIHandler(), port=port)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        assert server.error is None, server.error
        try:
            yield Site(url, gateway)
        finally:
            server.terminate()


@contextmanager
def gateway_program(site: Site, env: dict[str, str], folder: Path) -> Iterator[None]:
    """The payment simulator as the demo starts it."""
    port = site.gateway.rsplit(":", 1)[1]
    argv = [sys.executable, "-m", "mall.payments.simulator", "--port", port, "--mall", site.url]
    program = subprocess.Popen([*argv, "--journal", str(folder / "journal.jsonl")], env=env, cwd=settings.BASE_DIR)
    try:
        end = time.monotonic() + PATIENCE
        while not _answers(port) and time.monotonic() < end:
            time.sleep(0.1)
        yield
    finally:
        program.terminate()
        program.wait(timeout=PATIENCE)


def _answers(port: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", int(port)), timeout=1):
            return True
    except OSError:
        return False

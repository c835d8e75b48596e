"""The same supervisor with production settings: servers that it finds, and does not start."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from mall.runtime.child import Child
from mall.runtime.folders import Folders
from mall.runtime.postgres import DATABASE, USER, Postgres
from mall.runtime.valkey import Valkey, program
from tests.faults.runtime import OPEN, Mall, demo_env, free_port, wait_until_gone
from tests.faults.test_runtime_refusals import GOOD

pytestmark = pytest.mark.long


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A PostgreSQL and a Valkey of somebody else, as their addresses."""
    folders = Folders(tmp_path / "theirs")
    folders.make()
    postgres = Postgres(folders.postgres, folders.sockets, folders.logs / "postgres.log", throwaway=True)
    port = free_port()
    valkey = Child(
        name="Valkey",
        argv=[str(program()), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folders.valkey),
              "--unixsocket", str(folders.sockets / "valkey.sock")],
        log=folders.logs / "valkey.log",
        ready=Valkey(folders.valkey, folders.sockets, folders.logs / "valkey.log").answers,
    )  # fmt: skip
    children = [postgres.child(), valkey]
    try:
        for child in children:
            child.start()
            child.wait_ready()
        postgres.ensure_database(DATABASE)
        yield {
            "DATABASE_URL": f"postgres://{USER}@{quote(str(folders.sockets), safe='')}/{DATABASE}",
            "REDIS_URL": f"redis://127.0.0.1:{port}",
        }
    finally:
        for child in children:
            child.stop()


def test_operator_runs_the_mall_on_real_servers(servers: dict[str, str], tmp_path: Path) -> None:
    var = tmp_path / "var"
    mall = Mall(var, free_port(), env=demo_env(var) | GOOD | servers)
    try:
        mall.wait_for(OPEN)
        assert not [line for line in mall.programs().values() if "postgres -D" in line or "valkey-server" in line]
        assert "Log-ins" not in mall.said
        assert not (var / "secrets").exists()
        assert _ask(mall.port, {}) == 301
        assert _ask(mall.port, {"X-Forwarded-Proto": "https"}) == 200
        assert _ask(mall.port, {"X-Forwarded-Proto": "https", "Host": "evil.example"}) == 400
    finally:
        assert mall.stop() == 0
    assert wait_until_gone(var, 2) == {}


def _ask(port: int, headers: dict[str, str]) -> int:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        link.request("GET", "/akun/login/", headers={"Host": GOOD["MALL_HOSTS"]} | headers)
        return link.getresponse().status
    finally:
        link.close()

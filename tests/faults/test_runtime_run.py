"""`manage.py run` as a person meets it: real servers, real processes, real signals."""

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis
from celery import Celery

from mall.runtime.beat import LOCK
from mall.runtime.folders import Folders
from mall.runtime.postgres import DATABASE, USER
from tests.faults.runtime import OPEN, Mall, demo_env, free_port, run_once, wait_until_gone

SECOND_START = 15.0
LOOPBACK = "0100007F"


@pytest.fixture(scope="module")
def mall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mall]:
    """One copy for the whole module, without the demo's cases, which other tests cover."""
    var = tmp_path_factory.mktemp("mall") / "var"
    var.mkdir(mode=0o700)
    (var / "demo.loaded").touch()
    running = Mall(var, free_port())
    try:
        running.wait_for(OPEN)
        yield running
    finally:
        running.stop()
        assert wait_until_gone(var) == {}


def _connect(mall: Mall) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(host=str(Folders(mall.var).sockets), user=USER, dbname=DATABASE, autocommit=True)


def test_person_starts_the_mall_and_gets_one_address(mall: Mall) -> None:
    assert mall.said.count("http://") == 1
    assert f"The mall is open: http://127.0.0.1:{mall.port}/" in mall.said
    assert mall.ready()["status"] == "ok"


def test_embedded_servers_open_no_tcp_port_and_the_site_only_the_loopback(mall: Mall) -> None:
    with _connect(mall) as link:
        assert link.execute("SHOW listen_addresses").fetchone() == ("",)
        assert link.execute("SHOW fsync").fetchone() == ("on",)
    with redis.Redis(unix_socket_path=str(Folders(mall.var).sockets / "valkey.sock")) as link:
        assert link.config_get("port") == {"port": "0"}
    listening = {line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:] if " 0A " in line}
    assert {place for place in listening if place.endswith(f":{mall.port:04X}")} == {f"{LOOPBACK}:{mall.port:04X}"}


def test_folder_is_private(mall: Mall) -> None:
    assert {path.stat().st_mode & 0o777 for path in (mall.var, Folders(mall.var).sockets)} == {0o700}
    keys = [path for path in (mall.var / "secrets").rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in keys} == {0o600}


def test_second_start_in_the_same_folder_is_refused_in_one_sentence(mall: Mall) -> None:
    second = run_once("run", "--port", str(free_port()), env=demo_env(mall.var))
    assert second.returncode == 1
    assert second.stderr.strip() == f"The mall already runs in {mall.var}; stop that one first, or set MALL_VAR."


def test_start_on_a_taken_port_is_refused_in_one_sentence(mall: Mall, tmp_path: Path) -> None:
    second = run_once("run", "--port", str(mall.port), env=demo_env(tmp_path / "var"))
    assert second.returncode == 1
    assert second.stderr.strip().startswith(f"Port {mall.port} is taken")
    assert len(second.stderr.strip().splitlines()) == 1


def test_killed_postmaster_comes_back_with_its_data_and_one_sentence(mall: Mall) -> None:
    with _connect(mall) as link:
        link.execute("CREATE TABLE kept (word text)")
        link.execute("INSERT INTO kept VALUES ('still here')")
    os.kill(mall.child("postgres", "-D"), signal.SIGKILL)
    mall.wait_for("PostgreSQL was killed (SIGKILL); starting it again.")
    mall.wait_for("PostgreSQL is back.")
    assert mall.ready()["status"] == "ok"
    with _connect(mall) as link:
        assert link.execute("SELECT word FROM kept").fetchone() == ("still here",)


def test_killed_valkey_comes_back(mall: Mall) -> None:
    os.kill(mall.child("valkey-server"), signal.SIGKILL)
    mall.wait_for("Valkey is back.")
    assert mall.ready()["parts"]["valkey"] == "ok"


def test_flushed_valkey_stops_nothing(mall: Mall) -> None:
    """The worker hears beat again at the next ring, without a restart."""
    socket = Folders(mall.var).sockets / "valkey.sock"
    with redis.Redis(unix_socket_path=str(socket)) as link:
        link.flushall()
    before = _sweeps(mall)
    end = time.monotonic() + 25
    while (after := _sweeps(mall)) <= before and time.monotonic() < end:
        time.sleep(0.5)
    assert after > before


def _sweeps(mall: Mall) -> int:
    """How often the worker has been woken, by its own count."""
    socket = Folders(mall.var).sockets / "valkey.sock"
    with Celery(broker=f"redis+socket://{socket}?virtual_host=0", set_as_current=False) as app:
        told = app.control.inspect(timeout=1).stats() or {}
    return sum(worker["total"].get("trail.sweep", 0) for worker in told.values())


def test_killed_web_server_takes_its_workers_along_and_comes_back(mall: Mall) -> None:
    before = [pid for pid, line in mall.programs().items() if "granian" in line]
    os.kill(mall.child("granian"), signal.SIGKILL)
    mall.wait_for("Web server is back.")
    assert mall.ready()["status"] == "ok"
    assert not set(before) & set(mall.programs())


def test_beat_takes_its_lock_again_after_the_postmaster_came_back(mall: Mall) -> None:
    asked = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted"
    end = time.monotonic() + 15
    with _connect(mall) as link:
        while (found := link.execute(asked, [LOCK]).fetchone()) != (1,) and time.monotonic() < end:
            time.sleep(0.2)
    assert found == (1,)


def test_logs_are_json_and_name_the_request(mall: Mall) -> None:
    assert mall.get("/there-is-no-such-page")[0] == 404
    lines = (mall.var / "log" / "web.log").read_text().splitlines()
    assert any(re.search(r'"status": 404.*"request_id": "[0-9a-f]{32}"', line) for line in lines), lines[-3:]


def test_killed_supervisor_leaves_nothing_and_the_next_start_is_quick(mall: Mall) -> None:
    """Last but one: the lock and the pid files of a dead run hinder nobody."""
    os.kill(mall.process.pid, signal.SIGKILL)
    mall.process.wait()
    assert wait_until_gone(mall.var) == {}
    again = Mall(mall.var, mall.port)
    mall.process = again.process
    seconds = again.wait_for(OPEN)
    assert "Making a database" not in again.said
    assert "Preparing" not in again.said
    others = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert seconds < SECOND_START * others, (
        f"{seconds:.1f} s, with {others:.1f} times as much to do as this machine can"
    )
    with _connect(mall) as link:
        assert link.execute("SELECT word FROM kept").fetchone() == ("still here",)


def test_person_stops_the_mall_and_no_program_is_left(mall: Mall) -> None:
    """Last: Ctrl-C ends every program in order, with exit code 0."""
    began = time.monotonic()
    assert mall.stop(signal.SIGINT) == 0
    assert time.monotonic() - began < 30
    assert wait_until_gone(mall.var, 2) == {}

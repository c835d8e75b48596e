"""Starts that must not happen: each ends with one sentence and a non-zero exit."""

import base64
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from environ import Env

from mall.runtime import identity, preflight
from mall.runtime.child import Child
from mall.runtime.errors import Trouble
from mall.runtime.folders import CHECKOUT, Folders
from mall.runtime.postgres import Postgres
from mall.runtime.supervisor import Supervisor
from mall.settings import checks
from tests.faults.runtime import demo_env, free_port, run_once


def _key(seed: int) -> str:
    return base64.b64encode(bytes((seed * 7 + step * 11) % 256 for step in range(32))).decode()


GOOD = {
    "DJANGO_SETTINGS_MODULE": "mall.settings.production",
    "SECRET_KEY": "h7Gf2kQz9WmX4vLp0RtYb6NcJd3SaEu8iOyKqTxZrPlMnBvCwA5",
    "MALL_FIELD_KEY": _key(1),
    "MALL_INDEX_KEY": _key(2),
    "MALL_GATEWAY_KEY": _key(3),
    "MALL_REGISTRY_KEY": _key(4),
    "MALL_HOSTS": "mpp.banyuwangikab.go.id",
    "MALL_BASE_URL": "https://mpp.banyuwangikab.go.id",
    "MALL_GATEWAY_URL": "https://gateway.banyuwangikab.go.id",
    "DATABASE_URL": "postgres://mal:word@127.0.0.1:1/mal",
    "REDIS_URL": "redis://127.0.0.1:1",
}

BAD = [
    ("SECRET_KEY", "", "SECRET_KEY is not set."),
    ("SECRET_KEY", "django-insecure-" + "abcdefghij" * 5, "SECRET_KEY is a default or too weak"),
    ("SECRET_KEY", "x" * 60, "SECRET_KEY is a default or too weak"),
    ("MALL_FIELD_KEY", "", "MALL_FIELD_KEY is not set."),
    ("MALL_FIELD_KEY", "not base64!", "MALL_FIELD_KEY is not base64."),
    ("MALL_FIELD_KEY", base64.b64encode(b"short").decode(), "MALL_FIELD_KEY has 5 bytes"),
    ("MALL_FIELD_KEY", base64.b64encode(b"tests only, a field key, 32 byte").decode(), "MALL_FIELD_KEY is a default"),
    ("MALL_INDEX_KEY", base64.b64encode(bytes(32)).decode(), "MALL_INDEX_KEY is a default or not random."),
    ("MALL_INDEX_KEY", _key(1), "must differ"),
    ("MALL_REGISTRY_KEY", "", "MALL_REGISTRY_KEY is not set."),
    ("MALL_REGISTRY_KEY", _key(1), "must differ"),
    ("MALL_HOSTS", "*", "MALL_HOSTS has a wildcard"),
    ("MALL_HOSTS", "mpp.go.id,.go.id", "MALL_HOSTS has a wildcard"),
    ("MALL_BASE_URL", "mpp.go.id", "MALL_BASE_URL is not an address"),
    ("DATABASE_URL", "", "DATABASE_URL is not set."),
    ("DATABASE_URL", "sqlite:///x.db", "DATABASE_URL does not name a PostgreSQL server"),
    ("REDIS_URL", "", "REDIS_URL is not set."),
    ("REDIS_URL", "redis://127.0.0.1/3", "without a database number"),
    ("DEBUG", "1", "production has no debug mode"),
]

IN_ONE_PROCESS = """
import importlib, json, os, sys
from django.core.exceptions import ImproperlyConfigured
good, bad = json.load(sys.stdin)
os.environ.update(good)
for name, value, _ in bad:
    kept = os.environ.get(name)
    os.environ[name] = value
    try:
        importlib.import_module("mall.settings.production")
        print("accepted")
    except ImproperlyConfigured as fault:
        print(fault)
    sys.modules.pop("mall.settings.production", None)
    if kept is None: del os.environ[name]
    else: os.environ[name] = kept
"""


def _production_env(tmp_path: Path, **changed: str) -> dict[str, str]:
    return demo_env(tmp_path / "var") | GOOD | changed


def test_production_refuses_each_bad_setting_by_name() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IN_ONE_PROCESS],
        input=json.dumps([GOOD, BAD]),
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    for (name, value, expected), said in zip(BAD, done.stdout.splitlines(), strict=True):
        assert expected in said, f"{name}={value!r}: {said}"


def test_operator_reads_one_sentence_about_a_bad_setting(tmp_path: Path) -> None:
    done = run_once("run", env=_production_env(tmp_path, MALL_HOSTS="*"))
    assert done.returncode == 1
    assert done.stderr.strip() == "Settings refused: MALL_HOSTS has a wildcard; name each host."


def test_production_settings_pass_djangos_deployment_check(tmp_path: Path) -> None:
    done = run_once("check", "--deploy", "--fail-level", "WARNING", env=_production_env(tmp_path))
    assert done.returncode == 0, done.stderr


def test_production_without_its_database_ends_with_one_sentence(tmp_path: Path) -> None:
    done = run_once("run", "--port", str(free_port()), env=_production_env(tmp_path))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "127.0.0.1" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_demo_refuses_a_real_database(tmp_path: Path) -> None:
    done = run_once("run", env=demo_env(tmp_path / "var") | {"DATABASE_URL": GOOD["DATABASE_URL"]})
    assert done.returncode == 1
    assert done.stderr.startswith("Settings refused: the demo has servers of its own and refuses DATABASE_URL")


def test_database_url_keeps_its_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://mal:word@db:5433/mal?sslmode=verify-full")
    parts = checks.database_url(Env())
    assert (parts["HOST"], parts["PORT"], parts["OPTIONS"]) == ("db", 5433, {"sslmode": "verify-full"})


def test_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(preflight.LIBRARIES, "libpango-9.9.so.9", "libpango-9.9-0")
    with pytest.raises(Trouble, match=r"without libpango-9\.9-0; run: apt-get install libpango-9\.9-0$"):
        preflight.require_libraries()


def test_full_disk_is_refused_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "LEAST_FREE", shutil.disk_usage(tmp_path).free + 2**40)
    with pytest.raises(Trouble, match=r"MB are free in"):
        preflight.require_space(tmp_path)


def test_unwritable_folder_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = run_once("run", env=demo_env(tmp_path / "file" / "var"))
    assert done.returncode == 1
    assert "cannot be created: Not a directory." in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.skipif(os.getuid() != 0, reason="only root may fall back to another user")
def test_root_without_user_namespaces_gives_postgresql_another_user(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Path("/tmp") / f"mal-test-{os.getpid()}"
    _block_namespaces(tmp_path_factory.mktemp("bin"), monkeypatch)
    folders = Folders(place)
    try:
        folders.make()
        postgres = Postgres(folders.postgres, folders.sockets, folders.logs / "postgres.log")
        child = postgres.child()
        child.start()
        child.wait_ready()
        assert postgres.identity.uid == identity.NOBODY
        assert folders.postgres.stat().st_uid == identity.NOBODY
        child.stop()
        assert postgres.processes() == []
    finally:
        shutil.rmtree(place)


@pytest.mark.skipif(os.getuid() != 0, reason="an ordinary user needs no namespace")
def test_blocked_namespaces_and_an_unreachable_folder_end_with_one_sentence(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    _block_namespaces(tmp_path_factory.mktemp("bin"), monkeypatch)
    (tmp_path / "private").mkdir(mode=0o700)
    folders = Folders(tmp_path / "private" / "var")
    folders.make()
    with pytest.raises(Trouble, match="allows neither user namespaces"):
        Postgres(folders.postgres, folders.sockets, folders.logs / "postgres.log").child()


def _block_namespaces(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the kernel does it: `unshare` ends with an error."""
    refusing = programs / "unshare"
    refusing.write_text("#!/bin/sh\necho 'unshare: Operation not permitted' >&2\nexit 1\n")
    refusing.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")


def test_program_that_keeps_ending_is_given_up_with_a_sentence(tmp_path: Path) -> None:
    said: list[str] = []
    child = Child(name="Clerk", argv=["sh", "-c", "echo no paper; exit 3"], log=tmp_path / "log", ready=lambda: True)
    supervisor = Supervisor(said.append)
    supervisor.start([child])
    with pytest.raises(Trouble, match=r"Clerk ended by itself \(code 3\) 6 times within a minute.*no paper"):
        supervisor.watch()
    assert said.count("Clerk ended by itself (code 3); starting it again.") == 5


def test_program_that_ignores_the_polite_signal_is_killed_with_its_children(tmp_path: Path) -> None:
    log = tmp_path / "log"
    script = "trap '' TERM; sleep 300 & echo deaf $!; wait; sleep 300"
    child = Child(name="Deaf", argv=["sh", "-c", script], log=log, ready=lambda: "deaf" in log.read_text(), grace=0.3)
    child.start()
    child.wait_ready()
    process = child.process
    assert process is not None
    child.stop()
    assert process.returncode == -signal.SIGKILL
    grandchild = Path("/proc") / log.read_text().split()[1] / "cmdline"
    assert not grandchild.exists() or grandchild.read_text() == "", "gone, or dead and not yet collected"


def test_folder_of_a_stranger_in_tmp_is_refused(tmp_path: Path) -> None:
    """Somebody may plant the name of our socket folder before us."""
    if os.getuid() != 0:
        pytest.skip("needs a second user")
    deep = Folders(tmp_path / ("d" * 100) / "var")
    deep.sockets.mkdir(mode=0o777)
    try:
        os.chown(deep.sockets, 12345, 12345)
        with pytest.raises(Trouble, match="belongs to another user"):
            deep.make()
    finally:
        deep.sockets.rmdir()

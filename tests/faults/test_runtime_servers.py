"""The shared test servers and the two health questions."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from mall.celery import app
from mall.runtime.beat import GuardedScheduler
from mall.runtime.masking import masked
from mall.runtime.testservers import Lease, database_name, slots


@pytest.mark.django_db
def test_machine_asks_for_readiness_and_every_part_is_there(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.json() == {
        "status": "ok",
        "parts": {"postgresql": "ok", "valkey": "ok", "migrations": "ok"},
    }
    assert answer.status_code == 200


def test_machine_asks_for_life_without_a_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_servers_are_real_postgresql_18_reached_by_a_socket() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('listen_addresses')")
        version, addresses = cursor.fetchone() or (0, "?")
    assert version >= 180_000
    assert addresses == ""


@pytest.mark.django_db
def test_two_test_runs_at_once_do_not_meet() -> None:
    """A second pytest process joins the same servers and finds another database and other Valkey slots."""
    other = settings.RUN + 1
    lease = Lease(settings.BASE_DIR, other)
    lease.join()
    try:
        lease.postgres.ensure_database(database_name(other))
        assert database_name(other) not in str(connection.settings_dict["NAME"])
        assert not set(slots(other)) & set(slots(settings.RUN))
    finally:
        lease.leave()
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_mal\\_%%'")
        names = {row[0] for row in cursor.fetchall()}
    assert connection.settings_dict["NAME"] in names
    assert database_name(other) not in names


@pytest.mark.django_db(transaction=True)
def test_program_started_by_a_test_sees_its_database_and_cache(program_env: dict[str, str]) -> None:
    cache.set("word", "from the test")
    script = (
        "import django; django.setup()\n"
        "from django.core.cache import cache\nfrom django.db import connection\n"
        "connection.ensure_connection(); print(connection.settings_dict['NAME'], cache.get('word'))"
    )
    env = program_env | {"PYTHONPATH": str(settings.BASE_DIR)}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{connection.settings_dict['NAME']} from the test"


@pytest.mark.django_db
def test_of_two_beats_one_leads_and_the_other_takes_over() -> None:
    first, second = GuardedScheduler(app, lazy=True), GuardedScheduler(app, lazy=True)
    try:
        assert first._holds_lock()
        assert not second._holds_lock()
        assert first._holds_lock(), "asking again keeps it"
        first._drop()
        assert second._holds_lock()
        assert not first._holds_lock()
    finally:
        first._drop()
        second._drop()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NIK 3510012501900001 is not valid", "NIK [nik] is not valid"),
        ("called 081234567890 and +6281234567890", "called [phone] and [phone]"),
        ("mail to siti.rahayu@contoh.id.", "mail to [email]"),
        ("duplicate key\nDETAIL:  Key (name)=(Siti) exists.", "duplicate key\nDETAIL: [masked]"),
        ("case 0190a1b2-c3d4-7e5f-8081-234567890123", "case 0190a1b2-c3d4-7e5f-8081-234567890123"),
        ("request 0812345678908123456789081234567a", "request 0812345678908123456789081234567a"),
    ],
)
def test_log_lines_lose_what_names_a_person_and_keep_what_names_a_case(text: str, expected: str) -> None:
    assert masked(text) == expected


def test_answer_carries_the_request_id_that_a_proxy_gave(client: Client) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "abcdef12-3456"})["X-Request-ID"] == "abcdef12-3456"
    assert client.get("/healthz", headers={"X-Request-ID": "bad\nid"})["X-Request-ID"] != "bad\nid"


def test_every_answer_allows_nothing_from_elsewhere(client: Client) -> None:
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy

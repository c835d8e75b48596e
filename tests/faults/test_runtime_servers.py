"""The shared test servers and the two health questions."""

import pytest
from django.db import connection
from django.test import Client


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

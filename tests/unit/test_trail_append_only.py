"""The log can be added to and nothing else; what is changed past the database is found by its chain."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cases import at
from tests.clockwork import assert_whole
from workflows.invariants.check import CHAIN, offenders

pytestmark = pytest.mark.django_db
CHANGES = {
    "update": "UPDATE workflows_event SET kind = 'case.approved' WHERE seq = 1",
    "delete": "DELETE FROM workflows_event WHERE seq = 1",
}


@pytest.mark.parametrize("sql", CHANGES.values(), ids=CHANGES)
def test_m22_database_refuses_to_change_or_delete_an_event(sql: str) -> None:
    at("submitted")
    with pytest.raises(DatabaseError, match="workflows_event"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert_whole()


@pytest.mark.parametrize("sql", CHANGES.values(), ids=CHANGES)
def test_m22_checker_finds_an_event_that_was_changed_past_the_triggers(sql: str) -> None:
    at("submitted")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    assert CHAIN in {one.rule for one in offenders()}

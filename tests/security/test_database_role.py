"""The application's role in PostgreSQL owns nothing: not even with its connection can the log be changed."""

from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg import sql

from mall.runtime import roles
from tests.engine import DECIDED, fresh, played
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
ROLE = sql.Identifier("mal_app_of_tests")
MAKE = """
    DO $$ BEGIN CREATE ROLE mal_app_of_tests; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
"""


@pytest.fixture
def application() -> Iterator[None]:
    """From here on as the application."""
    with connection.cursor() as cursor:
        cursor.execute(MAKE)
        for statement in roles.statements(ROLE):
            cursor.execute(statement.as_string(cursor.connection))
        cursor.execute("SET ROLE mal_app_of_tests")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def tried(statement: str) -> str:
    """How PostgreSQL answers; empty when it does as it is told."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as fault:
        return str(fault)
    return ""


def test_everything_that_never_changes_is_kept_from_the_application() -> None:
    kept = set(roles.kept())
    for table in ("workflows_event", "workflows_decision", "workflows_payment"):
        assert {(table, "UPDATE"), (table, "DELETE")} <= kept
    assert ("workflows_case", "DELETE") in kept
    assert ("workflows_case", "UPDATE") not in kept


def test_application_walks_a_case_to_its_permit(application: None) -> None:
    script = played("DPMPTSP-SIP-DOKTER", *DECIDED)
    assert fresh(script.case_id).state == "approved"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE workflows_event SET kind = 'x'",
        "DELETE FROM workflows_event",
        "TRUNCATE workflows_event",
        "SET LOCAL pgtrigger.ignore = '{workflows_event:event_append_only}'; UPDATE workflows_event SET kind = 'x'",
        "UPDATE workflows_decision SET reason = 'x'",
        "DELETE FROM workflows_payment",
        "TRUNCATE workflows_case CASCADE",
        "DELETE FROM workflows_permit",
        "DELETE FROM django_migrations",
    ],
)
def test_application_cannot_change_what_is_kept(statement: str, application: None) -> None:
    assert "permission denied" in tried(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE workflows_event DISABLE TRIGGER ALL",
        "DROP TABLE workflows_event",
        "CREATE OR REPLACE FUNCTION take_over() RETURNS trigger AS 'BEGIN RETURN NULL; END' LANGUAGE plpgsql",
        "CREATE TABLE mine (id integer)",
    ],
)
def test_application_owns_nothing(statement: str, application: None) -> None:
    said = tried(statement)
    assert "must be owner" in said or "permission denied" in said


def test_owner_too_is_held_by_the_trigger() -> None:
    played("DPMPTSP-SIP-DOKTER", *DECIDED)
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        Event.objects.update(kind="x")

"""The schema of the registers, and the role that alone may read it."""

from django.conf import settings
from django.core.management.base import CommandError
from django.db import ProgrammingError, migrations, transaction
from psycopg import sql

SCHEMA = "registry"
ROLE = """
    DO $$ BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
"""
"""A role belongs to the whole cluster: another database of it may have made it, now or long ago."""
OPEN = """
    CREATE SCHEMA IF NOT EXISTS {schema};
    GRANT USAGE ON SCHEMA {schema} TO {role};
    GRANT USAGE ON SCHEMA public TO {role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
"""


def make(apps, schema_editor):
    link = schema_editor.connection
    role = settings.MALL_REGISTRY_ROLE
    with link.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            _make_role(link, cursor, role)
        cursor.execute(_said(cursor, OPEN, role))


def _make_role(link, cursor, role):
    try:
        with transaction.atomic(using=link.alias):
            cursor.execute(_said(cursor, ROLE, role))
    except ProgrammingError as fault:
        raise CommandError(
            f"The role {role} is missing and may not be made; as a superuser run: CREATE ROLE {role} NOLOGIN;"
        ) from fault


def _said(cursor, statement, role):
    named = sql.SQL(statement).format(role=sql.Identifier(role), schema=sql.Identifier(SCHEMA))
    return named.as_string(cursor.connection)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        # Backwards: the schema stays, empty; the role may serve another database of the cluster.
        migrations.RunPython(make, migrations.RunPython.noop),
    ]

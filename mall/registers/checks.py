"""What `manage.py check` says of the role of the registers: one sentence, and the statement that helps."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from mall.runtime.roles import SCHEMA

MADE = ("registers", "0001_schema")
ASK = """
    SELECT current_user, r.rolname IS NOT NULL,
        CASE WHEN r.rolname IS NULL THEN false ELSE pg_has_role(current_user, r.rolname, 'SET') END,
        CASE WHEN s.nspname IS NULL THEN false ELSE has_schema_privilege(current_user, s.nspname, 'USAGE') END
    FROM (SELECT 1) one
    LEFT JOIN pg_roles r ON r.rolname = %s
    LEFT JOIN pg_namespace s ON s.nspname = %s
"""


def _asked() -> tuple[str, bool, bool, bool] | None:
    """Who we are, whether the role is there, may be taken on, and is needed at all.

    None without a database, and before the migration that makes the role: a check must not keep it from running.
    """
    try:
        if MADE not in MigrationRecorder(connection).applied_migrations():
            return None
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ASK, [settings.MALL_REGISTRY_ROLE, SCHEMA])
            user, there, taken, open_to_all = cursor.fetchone()
    except DatabaseError:
        return None
    return str(user), bool(there), bool(taken), bool(open_to_all)


@checks.register
def registers_can_be_read(app_configs: Sequence[Any] | None, **_more: Any) -> list[checks.CheckMessage]:
    """The role is there, and the application may take it on."""
    asked = _asked() if app_configs is None else None
    role = settings.MALL_REGISTRY_ROLE
    if asked is None or asked[2]:
        return []
    user, there, _taken, _open = asked
    if not there:
        told = f"The role {role} is missing, so no register by name can be read."
        hint = f"As a superuser: CREATE ROLE {role} NOLOGIN; then start again (docs/operations.md)."
        return [checks.Error(told, hint=hint, id="registers.E001")]
    told = f"The role {user} may not take on {role}, so no register by name can be read."
    hint = f"As a superuser: GRANT {role} TO {user} WITH INHERIT FALSE, SET TRUE;"
    return [checks.Error(told, hint=hint, id="registers.E002")]


@checks.register(deploy=True)
def registers_are_apart(app_configs: Sequence[Any] | None, **_more: Any) -> list[checks.CheckMessage]:
    """Without the role, the application reads nothing of them."""
    asked = _asked() if app_configs is None else None
    if asked is None or not asked[3]:
        return []
    told = f"The role {asked[0]} reads the registers by name without {settings.MALL_REGISTRY_ROLE}."
    hint = "Set DATABASE_OWNER_URL to another role, which owns the tables and migrates (docs/operations.md)."
    return [checks.Warning(told, hint=hint, id="registers.W001")]

"""Two questions a machine asks: does the process live, and can it serve?"""

from collections.abc import Callable
from functools import cache

import structlog
from django.core.cache import cache as valkey
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = structlog.get_logger(__name__)


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 when PostgreSQL, Valkey and the schema are there; else 503 with the parts that are not."""
    parts = {"postgresql": _holds(_database), "valkey": _holds(_broker), "migrations": _holds(_migrations)}
    ready = all(parts.values())
    state = {name: "ok" if holds else "down" for name, holds in parts.items()}
    return JsonResponse({"status": "ok" if ready else "down", "parts": state}, status=200 if ready else 503)


def _holds(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except Exception as fault:  # noqa: BLE001 - any fault of a part is the answer to the question
        log.warning("readyz.down", part=question.__name__, error=type(fault).__name__)
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _broker() -> bool:
    valkey.set("readyz", "1", timeout=60)
    return bool(valkey.get("readyz") == "1")


@cache
def _migrations() -> bool:
    """Asked until it holds, then remembered: a schema only moves forward under running code."""
    missing = pending_migrations()
    if missing:
        raise LookupError(missing)  # an error is not remembered
    return True


def pending_migrations(using: str = "default") -> int:
    """How many migrations the database lacks."""
    executor = MigrationExecutor(connections[using])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))

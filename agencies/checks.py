"""What `manage.py check` says of the holiday table, at every start and whenever somebody asks."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DatabaseError, transaction

from agencies.queries import year_without_cuti_bersama

TOLD = "The holiday table has no cuti bersama for {year}; due dates that reach it would fall too early."
HINT = "Import the decree (SKB): Administrasi, Hari libur, Impor dari berkas; see docs/operations.md."


@checks.register
def cuti_bersama_is_known(app_configs: Sequence[Any] | None, **_more: Any) -> list[checks.CheckMessage]:
    """Warn from 1 November while next year's cuti bersama is missing (S09); silent where there is no database yet."""
    if app_configs is not None:
        return []
    try:
        with transaction.atomic():
            year = year_without_cuti_bersama()
    except DatabaseError:
        return []
    return [checks.Warning(TOLD.format(year=year), hint=HINT, id="agencies.W001")] if year else []

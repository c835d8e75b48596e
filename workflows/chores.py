"""What falls due by itself, done row by row: the one loop of every sweep.

Each chore is scanned in batches, one indexed query a batch, the longest due first; each row is done in a transaction
of its own under the lock of its case, which looks again whether it is still due. So any number of sweepers may run,
one that is killed loses nothing, and one that comes late catches up in order.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import connection
from django.db.models import Q, QuerySet

from agencies import clock
from agencies.errors import MallError

log = structlog.get_logger(__name__)
BATCH = 500
BUDGET = 45.0
"""Seconds; beat rings again soon, and what is left is due again then."""


@dataclass(frozen=True, slots=True)
class Chore:
    """One kind of thing that falls due: which rows, by which moment, and what is done to each."""

    name: str
    moment: str
    due: Callable[[datetime], QuerySet[Any]]
    do: Callable[[UUID], bool]


def run(chores: Iterable[Chore], *, seconds: float = BUDGET) -> dict[str, int]:
    """Do everything that is due now, for so long at most; how many of each."""
    until = time.monotonic() + seconds
    return {chore.name: _run(chore, until) for chore in chores}


def _run(chore: Chore, until: float) -> int:
    """One chore, batch after batch. Each batch begins behind the last row of the one before, done or not."""
    done, after = 0, Q()
    while rows := list(batch(chore, after)):
        for _moment, pk in rows:
            if time.monotonic() > until:
                return done
            done += _one(chore, pk)
        moment, pk = rows[-1]
        after = Q(**{f"{chore.moment}__gt": moment}) | Q(**{chore.moment: moment, "pk__gt": pk})
    return done


def batch(chore: Chore, after: Q) -> QuerySet[Any, tuple[date, UUID]]:
    """The next rows that are due, behind those before."""
    rows = chore.due(clock.now()).filter(after).order_by(chore.moment, "pk")
    return rows.values_list(chore.moment, "pk")[:BATCH]


def _one(chore: Chore, pk: UUID) -> bool:
    """Do one row; one that fails is logged and does not stop the others."""
    try:
        return chore.do(pk)
    except MallError as error:
        log.info("sweep.passed_over", chore=chore.name, id=str(pk), why=type(error).__name__)
    except Exception:
        if connection.needs_rollback:
            raise
        log.exception("sweep.failed", chore=chore.name, id=str(pk))
    return False

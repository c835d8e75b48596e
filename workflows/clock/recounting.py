"""Counts open terms again after a change of the calendar: in the background, in batches, from where it stopped.

Changes are taken in the order in which they were made, each by the calendar of its own moment. The place that was
reached is written in the transaction that moves a case, so a worker that is killed loses no case and moves none twice;
another goes on from there. A lost ring costs at most a minute, for the sweep looks as well.
"""

import heapq
import time
from collections.abc import Iterator
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies import clock
from agencies.errors import MallError
from workflows.cases.advice import Recommendation, RecommendationState
from workflows.cases.machine import UNDER_TERM, CaseState
from workflows.cases.models import Case
from workflows.clock.holidays import TermsAt, move_due_dates, read_once
from workflows.clock.recounts import Recount
from workflows.objections.models import Objection, ObjectionState

log = structlog.get_logger(__name__)
BATCH = 200
BUDGET = 45.0
"""Seconds of one run."""


def work(*, seconds: float = BUDGET) -> int:
    """Go on with what is left, for so long at most; how many cases were looked at."""
    until, count = time.monotonic() + seconds, 0
    while (row := waiting().first()) and time.monotonic() < until:
        seen, whole = _batch(row, until)
        count += seen
        if not whole:
            break
    return count


def waiting() -> QuerySet[Recount]:
    """Changes that are not through yet, the earliest first."""
    return Recount.objects.filter(done_at=None).order_by("at", "id")


def left() -> int:
    """How many cases are still to be looked at, for the page that shows it. Three queries a change that waits."""
    return sum(_cases(row).count() + _objections(row).count() for row in waiting())


def _batch(row: Recount, until: float) -> tuple[int, bool]:
    """The next cases of one change; how many, and whether somebody should look for more."""
    ids = list(_next(row))
    terms, later = read_once(), _later(row)
    for number, case_id in enumerate(ids):
        if time.monotonic() > until or not _one(row.pk, case_id, terms, later):
            return number, False
    if not ids:
        Recount.objects.filter(pk=row.pk, done_at=None).update(done_at=clock.now())
    return len(ids), True


def _later(row: Recount) -> frozenset[object]:
    """Days of changes that came after this one: their turn comes."""
    return frozenset(day for other in waiting() if (other.at, other.pk) > (row.at, row.pk) for day in other.added)


def _one(recount_id: UUID, case_id: UUID, terms: TermsAt, later: frozenset[object]) -> bool:
    """Count one case again; False when another worker has the change in hand."""
    try:
        with transaction.atomic():
            row = Recount.objects.select_for_update(skip_locked=True).filter(pk=recount_id, done_at=None).first()
            if row is None:
                return False
            if row.after is None or row.after < case_id:
                move_due_dates(case_id, row.days(), terms, since=row.at, later=later)
                _reached(row.pk, case_id)
    except MallError as error:
        log.info("recount.passed_over", id=str(case_id), why=type(error).__name__)
        _reached(recount_id, case_id)
    return True


def _reached(recount_id: UUID, case_id: UUID) -> None:
    Recount.objects.filter(pk=recount_id).update(after=case_id)


def _next(row: Recount) -> Iterator[UUID]:
    """The next cases in the order of their ids, which is the order of locking. Two queries."""
    cases = _cases(row).order_by("id").values_list("pk", flat=True)[:BATCH]
    objections = _objections(row).order_by("case_id").values_list("case_id", flat=True)[:BATCH]
    merged = dict.fromkeys(heapq.merge(cases, objections))
    return iter(list(merged)[:BATCH])


def _cases(row: Recount) -> QuerySet[Case]:
    """Open cases in which something is due on the first changed day or later."""
    owed = Recommendation.objects.filter(case=OuterRef("pk"), state=RecommendationState.ASKED)
    running = Q(state__in=UNDER_TERM, due_at__date__gte=row.first) | Q(applicant_due_at__date__gte=row.first)
    advised = Q(state=CaseState.AWAITING_RECOMMENDATIONS) & Q(Exists(owed.filter(due_at__date__gte=row.first)))
    rows = Case.objects.filter(running | advised, closed_at=None)
    rows = rows.filter(site_id=row.site) if row.site else rows
    return rows.filter(pk__gt=row.after) if row.after else rows


def _objections(row: Recount) -> QuerySet[Objection]:
    """Objections and appeals that wait for an answer until then or later; their cases are closed meanwhile."""
    rows = Objection.objects.filter(state=ObjectionState.FILED, due_at__date__gte=row.first)
    rows = rows.filter(case__site_id=row.site) if row.site else rows
    return rows.filter(case_id__gt=row.after) if row.after else rows

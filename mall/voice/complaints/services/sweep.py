"""What time itself brings about: dates that pass without an answer, and answers that nobody replies to.

Polled like every sweep (`workflows.chores`): each row under its lock, which is looked at again, so that any number of
workers do it once.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from agencies.choices import INSPECTORATE, Role
from mall.voice.complaints.machine import WAITING, ComplaintState, Ending
from mall.voice.complaints.models import Complaint, ComplaintNote
from mall.voice.complaints.permissions import Post, post_of
from mall.voice.complaints.work import Work
from workflows.actors import Actor
from workflows.chores import BUDGET, Chore, run
from workflows.permissions import MALL

SWEEPER: Final = Actor.system("sweeper")
OPEN: Final[dict[str, Q]] = {
    "verify": Q(state=ComplaintState.FILED, verified_at=None),
    "follow_up": Q(state=ComplaintState.FORWARDED),
    "resolve": Q(state__in=WAITING),
}
"""While which dates run."""


def sweep(*, seconds: float = BUDGET) -> dict[str, int]:
    """Do everything that is due now, for so long at most; how many of each."""
    return run(CHORES, seconds=seconds)


def _passed(limit: str, now: datetime) -> QuerySet[Complaint]:
    """The open complaints of which this date has passed and nobody was told."""
    return Complaint.objects.filter(OPEN[limit], **{f"{limit}_by__lt": now, f"late_{limit}": False})


@transaction.atomic
def _tell(limit: str, complaint_id: UUID) -> bool:
    """Tell once that a date has passed."""
    work = Work.of_itself(complaint_id, SWEEPER)
    complaint = work.complaint
    due = getattr(complaint, f"{limit}_by")
    if not _passed(limit, work.at).filter(pk=complaint.pk).exists():
        return False
    setattr(complaint, f"late_{limit}", True)
    work.finish("complaint.overdue", {"clock": limit, "due": due.isoformat()}, _readers(complaint, limit))
    return True


def _readers(complaint: Complaint, limit: str) -> tuple[Post, ...]:
    """Who has it, the centre, and of an answer that is late the head of the office that has it."""
    handler = complaint.handler_id
    found = [post_of(handler)]
    if complaint.agency_id == MALL:
        found.append(post_of(INSPECTORATE))
    else:
        found.append(post_of(MALL))
    if limit == "resolve" and handler not in (MALL, INSPECTORATE):
        found.append((Role.HEAD, handler))
    return tuple(dict.fromkeys(found))


def _unanswered(now: datetime) -> QuerySet[Complaint]:
    """Answers that the reporter has let stand."""
    return Complaint.objects.filter(state=ComplaintState.ANSWERED, close_after__lt=now)


@transaction.atomic
def _close(complaint_id: UUID) -> bool:
    """Close what nobody replied to."""
    work = Work.of_itself(complaint_id, SWEEPER)
    complaint = work.complaint
    if complaint.state != ComplaintState.ANSWERED or complaint.close_after is None or complaint.close_after >= work.at:
        return False
    complaint.ending, complaint.closed_at = Ending.SILENT, work.at
    work.move(complaint.close)
    ComplaintNote.objects.create(complaint=complaint, kind=ComplaintNote.Kind.CLOSED, text="", at=work.at)
    work.finish("complaint.closed", {"ending": Ending.SILENT})
    return True


def _overdue(limit: str) -> Chore:
    do: Callable[[UUID], bool] = partial(_tell, limit)
    return Chore(f"complaint.{limit}", f"{limit}_by", partial(_passed, limit), do)


CHORES: Final = (
    *(_overdue(limit) for limit in OPEN),
    Chore("complaint.close", "close_after", _unanswered, _close),
)

"""A holiday that is entered later moves the dates of open complaints, forward and never backward."""

from datetime import datetime

from django.db import transaction

from agencies.hooks import HolidayChange
from mall.voice.complaints.models import Complaint
from mall.voice.complaints.terms import Counting, resolving
from mall.voice.complaints.work import record
from workflows.actors import Actor

CALENDAR = Actor.system("calendar")
DATES = ("verify_by", "follow_up_by", "resolve_by", "close_after")


@transaction.atomic
def recount(change: HolidayChange) -> None:
    """Count the open complaints again; the reporter reads the new dates on her page."""
    if not change.added:
        return
    last = max(change.added)
    waiting = Complaint.objects.filter(closed_at=None, filed_at__date__lte=last).order_by("pk")
    for complaint in waiting.select_for_update(of=("self",)):
        before = {name: getattr(complaint, name) for name in DATES}
        after = {name: _later(before[name], counted) for name, counted in _counted(complaint).items()}
        moved = {name: date for name, date in after.items() if date != before[name]}
        if not moved:
            continue
        for name, date in moved.items():
            setattr(complaint, name, date)
        complaint.due_at = complaint.next_due()
        complaint.save(update_fields=[*moved, "due_at"])
        told = {name: date.isoformat() for name, date in moved.items() if date}
        record(complaint, "complaint.due_moved", CALENDAR, told)


def _counted(complaint: Complaint) -> dict[str, datetime | None]:
    """The dates that are still open, as the table counts them now."""
    filed = Counting.since(complaint.filed_at)
    found = {}
    if complaint.verified_at is None:
        found["verify_by"] = filed.until("verify")
    if complaint.answered_at is None:
        found["resolve_by"] = filed.until(resolving(complaint.kind))
    if complaint.forwarded_at and complaint.followed_up_at is None:
        found["follow_up_by"] = Counting.since(complaint.forwarded_at).until("follow_up")
    if complaint.answered_at:
        found["close_after"] = Counting.since(complaint.answered_at).until("close")
    return found


def _later(known: datetime | None, counted: datetime | None) -> datetime | None:
    """The later of the two; a date that could not be promised before may be promised now."""
    found = [one for one in (known, counted) if one is not None]
    return max(found) if found else None

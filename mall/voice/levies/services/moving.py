"""A holiday that is entered later moves the dates of open reports, forward and never backward."""

from datetime import datetime

from django.db import transaction

from agencies.hooks import HolidayChange
from mall.voice.levies.models import LevyReport
from mall.voice.levies.services.filing import SUBJECT
from mall.voice.levies.terms import terms_from
from workflows.actors import Actor
from workflows.trail import services as trail

CALENDAR = Actor.system("calendar")


@transaction.atomic
def recount(change: HolidayChange) -> None:
    """Count the open reports again. Reports are few, so all of it belongs to the change of the table.

    The reporter reads the new dates on her page: nobody writes to her.
    """
    if not change.added:
        return
    last = max(change.added)
    waiting = LevyReport.objects.filter(closed_at=None, filed_at__date__lte=last).order_by("pk")
    for report in waiting.select_for_update(of=("self",)):
        terms = terms_from(report.filed_at)
        verify, resolve = _later(report.verify_due_at, terms.verify), _later(report.due_at, terms.resolve)
        if (verify, resolve) == (report.verify_due_at, report.due_at):
            continue
        report.verify_due_at, report.due_at = verify, resolve
        report.save(update_fields=["verify_due_at", "due_at"])
        told = {"verify": _said(verify), "resolve": _said(resolve)}
        trail.record(subject_kind=SUBJECT, subject_id=report.pk, kind="levy.due_moved", by=CALENDAR, data=told)


def _later(known: datetime | None, counted: datetime | None) -> datetime | None:
    """The later of the two; a date that could not be promised before may be promised now."""
    found = [one for one in (known, counted) if one is not None]
    return max(found) if found else None


def _said(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""

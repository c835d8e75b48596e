"""A holiday that is entered later moves the dates of open requests and objections, forward and never backward."""

from datetime import datetime

from django.db import transaction

from agencies.hooks import HolidayChange
from mall.voice.information.machine import OPEN
from mall.voice.information.models import InformationRequest
from mall.voice.information.objections import InformationObjection
from mall.voice.information.services.filing import SUBJECT
from mall.voice.information.terms import answer_due, objection_due
from workflows.actors import Actor
from workflows.trail import services as trail

CALENDAR = Actor.system("calendar")


@transaction.atomic
def recount(change: HolidayChange) -> None:
    """Count again what is open. Requests are few, so all of it belongs to the change of the table.

    A term that has passed stays passed: a day that was free only afterwards takes no right back.
    """
    if not change.added:
        return
    last = max(change.added)
    waiting = InformationRequest.objects.filter(state__in=OPEN, silent_at=None, registered_at__date__lte=last)
    for request in waiting.order_by("pk").select_for_update(of=("self",)):
        due = _later(request.due_at, answer_due(request.registered_at, extended=request.extended_at is not None))
        if due != request.due_at:
            request.due_at = due
            request.save(update_fields=["due_at"])
            _tell(request, due, "answer")
    _recount_objections(change)


def _recount_objections(change: HolidayChange) -> None:
    rows = InformationObjection.objects.filter(
        answered_at=None, silent_at=None, filed_at__date__lte=max(change.added)
    ).select_related("request")
    for objection in rows.order_by("request_id").select_for_update(of=("self", "request")):
        due = _later(objection.due_at, objection_due(objection.filed_at))
        if due != objection.due_at:
            objection.due_at = due
            objection.save(update_fields=["due_at"])
            _tell(objection.request, due, "objection")


def _tell(request: InformationRequest, due: datetime | None, what: str) -> None:
    told = {"what": what, "due": due.isoformat() if due else ""}
    trail.record(subject_kind=SUBJECT, subject_id=request.pk, kind="information.due_moved", by=CALENDAR, data=told)


def _later(known: datetime | None, counted: datetime | None) -> datetime | None:
    """The later of the two; a date that could not be promised before may be promised now."""
    found = [one for one in (known, counted) if one is not None]
    return max(found) if found else None

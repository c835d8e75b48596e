"""The duty to decide: opened when the law or a superior grants, done with the decision, reported when late."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from agencies.errors import Missing
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.machine import CaseState, Instance
from workflows.cases.work import Work
from workflows.clock.due import Terms
from workflows.deemed.models import DutyTask


def open_duty(work: Work, law: str) -> DutyTask:
    """The office owes the formal decision within the days of the definition. Part of another piece of work."""
    case = work.case
    due = Terms.at(case.site_id, work.at).due(work.at, case.definition.term.duty_days)
    task = DutyTask.objects.create(case=case, agency_id=case.agency_id, law=law, opened_at=work.at, due_at=due)
    work.record("duty.opened", {"duty": str(task.pk), "due": due.isoformat()})
    return task


def fulfil(work: Work) -> None:
    """The decision is there. Part of another piece of work; asks nothing of cases that owe no such duty."""
    if work.case.state != CaseState.DEEMED_GRANTED and work.case.instance == Instance.FIRST:
        return
    if DutyTask.objects.filter(case=work.case, done_at=None).update(done_at=work.at):
        work.record("duty.done")


def overdue(now: datetime) -> "QuerySet[DutyTask]":
    """Duties whose day has passed and of which nobody was told yet."""
    return DutyTask.objects.filter(done_at=None, overdue_at=None, due_at__lt=now)


@transaction.atomic
def report_overdue(*, task_id: UUID, by: Actor) -> bool:
    """Tell the head and the inspectorate, once, that the formal decision is late; True when this call did.

    Raises:
        Refused: not a part of the mall itself. Missing: no such duty.
    """
    permissions.require(permissions.may_automate(by))
    found = DutyTask.objects.filter(pk=task_id).first()
    if found is None:
        raise Missing
    work = Work.on(found.case_id, by)
    task = DutyTask.objects.select_for_update().get(pk=task_id)
    if task.done_at or task.overdue_at or task.due_at >= work.at:
        return False
    task.overdue_at = work.at
    task.save(update_fields=["overdue_at"])
    work.record("duty.overdue", {"duty": str(task.pk), "due": task.due_at.isoformat(), "agency": task.agency_id})
    work.finish()
    return True

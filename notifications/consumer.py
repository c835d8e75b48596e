"""Hears of every event that concerns somebody, and writes her the message. Registered with the trail."""

from agencies.models import Lane, User
from agencies.queries import holders
from notifications import services, table
from notifications.staff_table import OFFICE_TABLE, STAFF_TABLE
from workflows.cases.models import Case
from workflows.trail.models import Event
from workflows.trail.registry import Consumer, Delivered


def tell_person(delivered: Delivered) -> None:
    """Write the applicant what this event means for her; the same promise again changes nothing."""
    case = _case_of(delivered.event)
    if case is None:
        return
    if template := table.text_for(case, delivered.event):
        services.tell(case=case, event=delivered.event, template=template, outbox_id=delivered.outbox_id)


def tell_staff(delivered: Delivered) -> None:
    """Write those who must know at work; nobody is woken by the canary."""
    case = _case_of(delivered.event)
    if case is None or case.lane == Lane.CANARY:
        return
    readers = _readers(case, delivered.event)
    services.tell_staff(case=case, event=delivered.event, readers=readers, outbox_id=delivered.outbox_id)


def tell_office(delivered: Delivered) -> None:
    """Write those whom the event itself names, of something that is no case."""
    event = delivered.event
    readers = holders([(role, agency) for role, agency in event.data["readers"]])
    services.tell_office(event=event, template=OFFICE_TABLE[event.kind], readers=readers, outbox_id=delivered.outbox_id)


def _readers(case: Case, event: Event) -> list[tuple[User, str]]:
    """Each user with the first text that is for her; never the applicant about her own case. Two queries a row."""
    found: dict[User, str] = {}
    for notice in STAFF_TABLE[event.kind]:
        posts = notice.to(case, event)
        for user in [*notice.named(event), *(holders(posts) if posts else ())]:
            if user.pk != case.applicant.user_id:
                found.setdefault(user, notice.template)
    return list(found.items())


def _case_of(event: Event) -> Case | None:
    """The case of an event, with what the texts name; None for an event about something else."""
    if event.subject_kind != "case":
        return None
    return Case.objects.select_related("service_version", "applicant__user").filter(pk=event.subject_id).first()


PERSON = Consumer(name="notifications.person", kinds=frozenset(table.TABLE), handle=tell_person)
STAFF = Consumer(name="notifications.staff", kinds=frozenset(STAFF_TABLE), handle=tell_staff)
OFFICE = Consumer(name="notifications.office", kinds=frozenset(OFFICE_TABLE), handle=tell_office)

"""Hears of every event that concerns a person, and writes her the message. Registered with the trail."""

from notifications import services, table
from workflows.cases.models import Case
from workflows.trail.registry import Consumer, Delivered


def tell_person(delivered: Delivered) -> None:
    """Write the applicant what this event means for her; the same promise again changes nothing."""
    event = delivered.event
    case = (
        Case.objects.select_related("service_version", "applicant__user").filter(pk=event.subject_id).first()
        if event.subject_kind == "case"
        else None
    )
    if case is None:
        return
    if template := table.text_for(case, event):
        services.tell(case=case, event=event, template=template, outbox_id=delivered.outbox_id)


PERSON = Consumer(name="notifications.person", kinds=frozenset(table.TABLE), handle=tell_person)

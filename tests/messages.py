"""What the tests of messages share: cases at the counter, promises to keep, messages by the dozen."""

from uuid import UUID

from agencies.ids import new_id
from agencies.models import Person
from mall.canary.cast import Applicant
from notifications import services as messages
from notifications.models import Message
from tests.engine import EngineScript, TestCast, script_for
from tests.factories import make_person
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.models import Case
from workflows.trail import registry, relay
from workflows.trail.models import Event, OutboxRow

PLAIN = "DPMPTSP-SIP-DOKTER"
"""A service without a fee."""
PAID = "DPMPTSP-MAKAM"
"""A service with a fee."""


class CounterScript(EngineScript):
    """The same case, opened by a clerk for a person who stands before her."""

    def open(self) -> None:
        """Begin a draft for the person, with the ground noted."""
        case = services.open_draft(
            by=self.who.actor, service_code=self.definition.code, applicant_id=self.who.person_id, channel="counter"
        )
        self.case_id = case.pk
        services.set_mandate(case_id=case.pk, by=self.who.actor, kind="present")


def script_of(person: Person, code: str = PLAIN) -> EngineScript:
    """A script whose applicant is this person, who has an account."""
    assert person.user
    cast = TestCast()
    cast.people[False] = Applicant(Actor.of(person.user), person.pk, None)
    return script_for(code, cast)


def counter_script(person: Person | None = None, code: str = PLAIN) -> EngineScript:
    """A script whose applicant, without account and e-mail unless given, comes to the counter."""
    cast = TestCast()
    clerk = cast.player("clerk", "DPMPTSP")
    cast.people[False] = Applicant(clerk, (person or make_person()).pk, None)
    return CounterScript(script_for(code, cast).definition, cast)


def play(script: EngineScript, *parts: str) -> Case:
    """Play these parts, keep every promise, and return the case."""
    for part in parts:
        script.play(getattr(script, part))
    keep_promises()
    return script.case()


def keep_promises() -> None:
    """Deliver what lies in the outbox for the consumer of messages."""
    relay.drain("default")


def promises(case: Case, kind: str) -> list[registry.Delivered]:
    """What the consumer of messages was given for this kind of event."""
    events = {e.pk: e for e in Event.objects.filter(subject_id=case.pk, kind=kind)}
    rows = OutboxRow.objects.filter(event_id__in=events, consumer="notifications.person")
    return [registry.Delivered(row.pk, events[row.event_id], 1) for row in rows]


def tell(case: Case, template: str = "received", outbox_id: UUID | None = None) -> Message:
    """One more message about a case."""
    event = Event.objects.filter(subject_id=case.pk, kind="case.submitted").get()
    fresh = Case.objects.select_related("service_version", "applicant__user").get(pk=case.pk)
    return messages.tell(case=fresh, event=event, template=template, outbox_id=outbox_id or new_id())

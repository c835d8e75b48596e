"""The only writers of messages, their ledger and the call list."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from agencies.models import Lane, Person
from notifications import doorbell, texts
from notifications.facts import facts
from notifications.models import CallTask, Channel, Delivery, DeliveryState, Language, Message, Preference
from workflows import looks, permissions
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.trail.models import Event


@transaction.atomic
def tell(*, case: Case, event: Event, template: str, outbox_id: UUID) -> Message:
    """Write the applicant a message and open its deliveries; the same `outbox_id` gives the same message."""
    found = Message.objects.filter(outbox_id=outbox_id).first()
    if found:
        return found
    language = language_of(case.applicant_id)
    written = texts.write(template, language, facts(case, event, language))
    message, new = Message.objects.get_or_create(
        outbox_id=outbox_id,
        defaults={
            "person_id": case.applicant_id,
            "case": case,
            "template": template,
            "language": language,
            "subject": written.subject,
            "title": written.title,
            "body": written.body,
            "created_at": clock.now(),
        },
    )
    if new:
        _dispatch(message, case)
    return message


def _dispatch(message: Message, case: Case) -> None:
    """Open one delivery for each channel that reaches this person."""
    if case.lane == Lane.CANARY:
        Delivery.objects.create(**_done(message, Channel.CAPTURED))
        return
    Delivery.objects.create(**_done(message, Channel.INBOX))
    if address_of(case.applicant):
        Delivery.objects.create(
            message=message,
            channel=Channel.EMAIL,
            created_at=message.created_at,
            next_attempt_at=message.created_at,
        )
        transaction.on_commit(doorbell.ring)
    else:
        open_call(message, CallTask.Why.NO_EMAIL)


def _done(message: Message, channel: Channel) -> dict[str, object]:
    """A delivery that is complete as soon as it is written."""
    at = message.created_at
    done = {"attempts": 1, "created_at": at, "tried_at": at, "done_at": at}
    return {"message": message, "channel": channel, "state": DeliveryState.SENT, **done}


def open_call(message: Message, why: CallTask.Why) -> CallTask:
    """Put the message on the counter's call list, once."""
    now = clock.now()
    Delivery.objects.get_or_create(message=message, channel=Channel.CALL, defaults={"created_at": now})
    task, _new = CallTask.objects.get_or_create(
        message=message, defaults={"person_id": message.person_id, "why": why, "opened_at": now}
    )
    return task


def address_of(person: Person) -> str:
    """Where to write to: what the person gave, else her log-in; empty when there is neither."""
    return person.email or (person.user.email if person.user else "")


def language_of(person_id: UUID) -> str:
    """The language she asked for; Indonesian otherwise."""
    chosen = Preference.objects.filter(person_id=person_id).values_list("language", flat=True).first()
    return chosen or Language.ID


@transaction.atomic
def set_language(*, by: Actor, language: str) -> Preference:
    """The person chooses the language of her messages."""
    if by.person_id is None:
        raise Missing
    if language not in Language.values:
        raise Invalid({"language": [_("Pilih bahasa dari daftar.")]})
    return Preference.objects.update_or_create(person_id=by.person_id, defaults={"language": language})[0]


@transaction.atomic
def mark_read(*, message_id: UUID, by: Actor) -> Message:
    """She has opened it; the first time counts. `Missing` for anybody else's message."""
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None or message.person_id != by.person_id:
        raise Missing
    if message.read_at is None:
        message.read_at = clock.now()
        message.save(update_fields=["read_at"])
    return message


@transaction.atomic
def begin_call(*, task_id: UUID, by: Actor) -> CallTask:
    """A clerk opens a task to make the call: person, phone and message are at hand, and the look is recorded."""
    task = _task(task_id, by)
    looks.look(by=by, case=task.message.case, purpose="call")
    return task


@transaction.atomic
def done_call(*, task_id: UUID, by: Actor, note: str) -> CallTask:
    """The person has been told how her case stands, or cannot be reached; `note` says which.

    One call tells everything, so older open tasks of the same case are done with it.

    Raises:
        Refused: not a clerk, or her own message. Missing. Invalid: no note. Conflict: done by somebody else.
    """
    task = _task(task_id, by)
    if not note.strip():
        raise Invalid({"note": [_("Tulis bagaimana hasil panggilan ini.")]})
    if task.done_at:
        raise Conflict(_("Panggilan ini sudah ditangani petugas lain."))
    told = CallTask.objects.select_for_update().filter(
        message__case_id=task.message.case_id, done_at=None, opened_at__lte=task.opened_at
    )
    now, ids = clock.now(), [one.message_id for one in told.order_by("id")]
    CallTask.objects.filter(message_id__in=ids, done_at=None).update(
        done_by=by.user_id, done_at=now, note=note.strip()[:400]
    )
    Delivery.objects.filter(message_id__in=ids, channel=Channel.CALL).exclude(state=DeliveryState.SENT).update(
        state=DeliveryState.SENT, attempts=1, tried_at=now, done_at=now
    )
    task.refresh_from_db()
    return task


def _task(task_id: UUID, by: Actor) -> CallTask:
    """The locked task, if this actor may make calls and it is not about herself."""
    permissions.require(permissions.may_help_at_counter(by))
    task = (
        CallTask.objects.select_for_update(of=("self",))
        .select_related("message__case__applicant", "message__case__service_version", "person")
        .filter(pk=task_id)
        .first()
    )
    if task is None or task.person_id == by.person_id:
        raise Missing
    return task

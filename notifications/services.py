"""The only writers of messages, their ledger and the call list."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from agencies.models import Lane, User
from notifications import doorbell, texts
from notifications.facts import facts, for_office, for_staff
from notifications.models import CallTask, Channel, Delivery, DeliveryState, Language, Message, Preference
from workflows import looks, permissions
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.trail.models import Event


@transaction.atomic
def tell(*, case: Case, event: Event, template: str, outbox_id: UUID) -> Message:
    """Write the applicant a message and open its deliveries; the same `outbox_id` gives the same message."""
    found = Message.objects.filter(outbox_id=outbox_id, user=None).first()
    if found:
        return found
    language = language_of(case.applicant_id)
    written = texts.write(template, language, facts(case, event, language))
    message, new = Message.objects.get_or_create(
        outbox_id=outbox_id,
        person_id=case.applicant_id,
        user=None,
        defaults={
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


@transaction.atomic
def tell_staff(*, case: Case, event: Event, readers: Sequence[tuple[User, str]], outbox_id: UUID) -> list[Message]:
    """Write each of these users the text that is named beside her; who has it already is left alone.

    Four statements however many they are, and three for the facts.
    """
    said = for_staff(case, event)
    written = {template: texts.write(template, Language.ID, said) for _user, template in readers}
    return _tell([(user, template, written[template]) for user, template in readers], event, case, outbox_id)


@transaction.atomic
def tell_office(*, event: Event, template: str, readers: Iterable[User], outbox_id: UUID) -> list[Message]:
    """Write each of these users of something that is no case; who has it already is left alone. Three statements."""
    written = texts.write(template, Language.ID, for_office(event), f"Pemberitahuan {event.data['code']}")
    return _tell([(user, template, written) for user in readers], event, None, outbox_id)


def _tell(
    readers: Sequence[tuple[User, str, texts.Written]], event: Event, case: Case | None, outbox_id: UUID
) -> list[Message]:
    told, now = set(Message.objects.filter(outbox_id=outbox_id).values_list("user_id", flat=True)), clock.now()
    new = [
        Message(
            user=user,
            case=case,
            template=template,
            language=Language.ID,
            subject=written.subject,
            title=written.title,
            body=written.body,
            created_at=now,
            link_id=event.data.get("link"),
            outbox_id=outbox_id,
        )
        for user, template, written in readers
        if user.pk not in told
    ]
    Message.objects.bulk_create(new)
    Delivery.objects.bulk_create([row for one in new for row in (_shown(one, Channel.INBOX), _mail(one))])
    if new:
        transaction.on_commit(doorbell.ring)
    return new


def _dispatch(message: Message, case: Case) -> None:
    """Open one delivery for each channel that reaches this person."""
    if case.lane == Lane.CANARY:
        _shown(message, Channel.CAPTURED).save()
        return
    _shown(message, Channel.INBOX).save()
    if address_of(message):
        _mail(message).save()
        transaction.on_commit(doorbell.ring)
    else:
        open_call(message, CallTask.Why.NO_EMAIL)


def _shown(message: Message, channel: Channel) -> Delivery:
    """A delivery that is complete as soon as it is written."""
    at = message.created_at
    return Delivery(
        message=message,
        channel=channel,
        state=DeliveryState.SENT,
        attempts=1,
        created_at=at,
        tried_at=at,
        done_at=at,
    )


def _mail(message: Message) -> Delivery:
    """A delivery that the sender takes up."""
    at = message.created_at
    return Delivery(message=message, channel=Channel.EMAIL, created_at=at, next_attempt_at=at)


def open_call(message: Message, why: CallTask.Why) -> CallTask | None:
    """Put the message on the counter's call list, once; None for staff, who have it on their desk."""
    if message.person_id is None:
        return None
    now = clock.now()
    Delivery.objects.get_or_create(message=message, channel=Channel.CALL, defaults={"created_at": now})
    task, _new = CallTask.objects.get_or_create(
        message=message, defaults={"person_id": message.person_id, "why": why, "opened_at": now}
    )
    return task


def address_of(message: Message) -> str:
    """Where to write to: staff at their log-in; a person where she said, else at hers; empty when there is neither."""
    person = message.person
    if person is None:
        return message.user.email if message.user and message.user.is_active else ""
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
    if message is None or not message.is_for(by):
        raise Missing
    if message.read_at is None:
        message.read_at = clock.now()
        message.save(update_fields=["read_at"])
    return message


@transaction.atomic
def begin_call(*, task_id: UUID, by: Actor) -> CallTask:
    """A clerk opens a task to make the call: person, phone and message are at hand, and the look is recorded."""
    task = _task(task_id, by)
    looks.look(by=by, case=task.message.about, purpose="call")
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
        message__case=task.message.about, done_at=None, opened_at__lte=task.opened_at
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

"""Reading messages: everybody her own, the clerk the call list, the house its ledger. Nothing here writes."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies.errors import Missing
from notifications.models import CallTask, Channel, Delivery, Message
from workflows import permissions
from workflows.actors import Actor
from workflows.paging import Page, page

MOST_UNREAD = 99


def inbox(person_id: UUID | None, cursor: str = "", *, limit: int = 25) -> Page[Message]:
    """The person's messages, newest first; pass the id of her who is logged in. One query."""
    rows = Message.objects.filter(person_id=person_id) if person_id is not None else Message.objects.none()
    return page(rows.select_related("case"), order=("-created_at", "-id"), cursor=cursor, limit=limit)


def own_message(by: Actor, message_id: UUID) -> Message:
    """One message of hers who acts; `Missing` for any other. One query."""
    if by.person_id is None:
        raise Missing
    found = Message.objects.select_related("case").filter(pk=message_id, person_id=by.person_id).first()
    if found is None:
        raise Missing
    return found


def unread_count(person_id: UUID | None) -> int:
    """How many messages she has not opened, at most 99. One query that reads at most 99 rows."""
    return _unread(Message.objects.filter(person_id=person_id)) if person_id else 0


def notices(by: Actor, cursor: str = "", *, limit: int = 25) -> Page[Message]:
    """What this member of staff was told, newest first. One query."""
    return page(_notices(by).select_related("case"), order=("-created_at", "-id"), cursor=cursor, limit=limit)


def own_notice(by: Actor, message_id: UUID) -> Message:
    """One notice to her who acts; `Missing` for any other. One query."""
    found = _notices(by).select_related("case").filter(pk=message_id).first()
    if found is None:
        raise Missing
    return found


def unread_notices(by: Actor) -> int:
    """How many notices she has not opened, at most 99. One query that reads at most 99 rows."""
    return _unread(_notices(by))


def _notices(by: Actor) -> QuerySet[Message]:
    """Hers; nobody's where no user acts."""
    return Message.objects.filter(user_id=by.user_id) if by.user_id else Message.objects.none()


def _unread(rows: QuerySet[Message]) -> int:
    return len(rows.filter(read_at=None).values_list("pk", flat=True)[:MOST_UNREAD])


def call_list(by: Actor, cursor: str = "", *, limit: int = 25) -> Page[CallTask]:
    """The calls to make, oldest first, one a case: what happened last tells everything. For clerks. One query.

    The list shows the receipt number, the title and the day only. Whom to call is shown by
    `services.begin_call`, which records the look.
    """
    permissions.require(permissions.may_help_at_counter(by))
    later = Q(opened_at__gt=OuterRef("opened_at")) | Q(opened_at=OuterRef("opened_at"), id__gt=OuterRef("id"))
    newer = CallTask.objects.filter(later, done_at=None, message__case=OuterRef("message__case"))
    rows = CallTask.objects.filter(~Exists(newer), done_at=None).select_related("message__case__service")
    return page(rows, order=("opened_at", "id"), cursor=cursor, limit=limit)


def ledger(case_id: UUID) -> list[Delivery]:
    """Every delivery of every message about a case, oldest first. One query."""
    rows = Delivery.objects.filter(message__case_id=case_id).select_related("message")
    return list(rows.order_by("created_at", "id"))


def mail_of_link(link_id: UUID) -> str:
    """How the mail of a one-time link stands, in words; empty before the worker has written it. One query."""
    rows = Delivery.objects.filter(message__link_id=link_id, channel=Channel.EMAIL).order_by("-created_at")
    found = rows.first()
    return found.get_state_display() if found else ""

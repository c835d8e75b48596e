"""The messages of the mall to one person."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mall import doors
from mall.doors import actor_of
from mall.portal.posts import needs_person
from notifications import queries, services


@doors.signed_in
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Her messages, newest first. One query."""
    listed = queries.inbox(actor_of(request).person_id, request.GET.get("after", ""))
    return render(request, "portal/inbox.html", {"listed": listed.items, "next": listed.next})


@doors.signed_in
@require_safe
@needs_person
def message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """One message; opening it is reading it."""
    actor = actor_of(request)
    services.mark_read(message_id=message_id, by=actor)
    return render(request, "portal/message.html", {"message": queries.own_message(actor, message_id)})

"""What a member of staff was told: the same messages as by e-mail, kept on the desk."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.models import Role
from mall import doors
from mall.doors import actor_of
from notifications import queries, services


@doors.staff(*Role.values)
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Her notices, newest first. One query."""
    listed = queries.notices(actor_of(request), request.GET.get("after", ""))
    return render(request, "desk/notices.html", {"listed": listed.items, "next": listed.next})


@doors.staff(*Role.values)
@require_safe
def notice(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """One notice; opening it is reading it."""
    actor = actor_of(request)
    found = queries.own_notice(actor, message_id)
    services.mark_read(message_id=found.pk, by=actor)
    return render(request, "desk/notice.html", {"notice": found})

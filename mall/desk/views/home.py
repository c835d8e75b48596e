"""What waits: the worklists, by due date."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.errors import Missing
from mall import doors
from mall.desk import queues
from mall.desk.facts import DESK
from mall.doors import actor_of
from notifications.queries import unread_notices


@doors.staff(*DESK)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is new, and every worklist with its count and the most urgent of it.

    One query, and at most three a worklist.
    """
    actor = actor_of(request)
    context = {"unread": unread_notices(actor), "tallies": queues.tallies(actor)}
    return render(request, "desk/home.html", context)


@doors.staff(*DESK)
@require_safe
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    """One worklist, a page at a time. Two queries (the rows, the holidays), and one for who took them."""
    actor = actor_of(request)
    found = queues.find(actor, slug)
    if found is None:
        raise Missing
    cursor = request.GET.get("after", "")
    page = found.read(actor, cursor=cursor)
    table = queues.table(found, page.items, actor) if page.items else None
    return render(request, "desk/queue.html", {"queue": found, "table": table, "next": page.next, "further": cursor})

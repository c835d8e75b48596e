"""The line at the counter: give out a number, call the next, and close each with an outcome."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agencies.errors import Conflict, Invalid, Missing
from agencies.ids import new_id
from agencies.models import Role
from mall import doors
from mall.counter import once
from mall.counter.tickets import present, queries, services
from mall.counter.tickets.forms import CallForm, FinishForm, NewTicketForm
from mall.counter.tickets.machine import TicketState
from mall.counter.tickets.models import CounterLine, Ticket
from mall.doors import actor_of
from mall.forms import faults, stash
from workflows.actors import Actor
from workflows.cases.queries import by_reference

FAULTY = 422
LINE, SITE = "antrean", "counter:site"
"""Name of the parameter that carries the line; where the session keeps the site."""
at_counters = doors.staff(Role.CLERK, Role.OFFICER)


@never_cache
@at_counters
def queue(request: HttpRequest) -> HttpResponse:
    """The line where she works: what she has in hand and who waits. A post calls the next. Four queries."""
    if request.method == "POST":
        return _next(request)
    actor = actor_of(request)
    lines = queries.lines_of(actor)
    line = _chosen(lines, request.GET.get(LINE, ""))
    page = queries.waiting_page(line, cursor=request.GET.get("after", "")) if line else None
    context = {
        "line": line,
        "others": [one for one in lines if one != line],
        "held": queries.in_hand(actor),
        "table": present.waiting(line, page.items) if line and page and page.items else None,
        "next": page.next if page else "",
    }
    return render(request, "counter/queue.html", context)


def _chosen(lines: list[CounterLine], asked: str) -> CounterLine | None:
    """The line of the address, else the first."""
    if not asked:
        return lines[0] if lines else None
    found = next((one for one in lines if str(one.pk) == asked), None)
    if found is None:
        raise Missing
    return found


def _next(request: HttpRequest) -> HttpResponse:
    try:
        line_id = UUID(request.POST.get(LINE, ""))
    except ValueError:
        raise Missing from None
    ticket = services.call_next(line_id=line_id, by=actor_of(request))
    if ticket is None:
        messages.info(request, _("Tidak ada yang menunggu di antrean ini."))
        return redirect(_address(line_id))
    return redirect("counter:ticket", ticket.pk)


def _address(line_id: UUID) -> str:
    return f"{reverse('counter:queue')}?{LINE}={line_id}"


@never_cache
@at_counters
@doors.keeping(stash.keep)
def ticket_new(request: HttpRequest) -> HttpResponse:
    """Take a number for a visitor. The slip comes next. Three queries for the lists."""
    actor, posted = actor_of(request), request.method == "POST"
    sites = queries.sites_of(actor)
    only = sites[0].pk if len(sites) == 1 else ""
    known = {"key": new_id(), "priority": "none", "site": request.session.get(SITE, only)}
    form = NewTicketForm(sites, queries.agencies_for(actor, sites), stash.typed(request), initial=known)
    if posted and form.is_valid():
        try:
            return redirect("counter:slip", _issued(request, form))
        except Invalid as fault:
            faults.show(form, fault)
    return render(request, "counter/ticket_new.html", {"form": form}, status=FAULTY if posted and form.errors else 200)


def _issued(request: HttpRequest, form: NewTicketForm) -> str:
    """The ticket of this form, made once however often it is sent."""
    said = form.cleaned_data
    key: UUID = said["key"]
    if not once.made_by(request, key):
        ticket = services.issue(
            site=said["site"], agency=said["agency"], priority=said["priority"], by=actor_of(request)
        )
        once.remember(request, key, ticket.pk)
        request.session[SITE] = said["site"]
    return once.made_by(request, key)


@never_cache
@at_counters
@require_safe
def slip(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """The slip to print: number, line, time. One query."""
    found = queries.slip_for(actor_of(request), ticket_id)
    context = {"ticket": found, "class": present.class_of(found), "hour": present.hour(found)}
    return render(request, "counter/slip.html", context)


@never_cache
@at_counters
def ticket(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """One ticket and what can be done with it now; a post does it. Three queries."""
    actor = actor_of(request)
    if request.method == "POST":
        return _done(request, actor, ticket_id)
    return _shown(request, actor, queries.ticket_for(actor, ticket_id))


def _shown(
    request: HttpRequest, by: Actor, found: Ticket, form: forms.Form | None = None, *, status: int = 200
) -> HttpResponse:
    """The page, with a form that was refused or a fresh one."""
    ahead = queries.before(found)[0] if found.state == TicketState.WAITING else 0
    fresh = {TicketState.WAITING: CallForm() if ahead else None, TicketState.SERVING: FinishForm()}
    context = {
        "ticket": found,
        "rows": present.rows(found),
        "back": _address(found.line_id),
        "ahead": ahead,
        "held": queries.in_hand(by) if found.state == TicketState.WAITING else [],
        "form": form or fresh.get(TicketState(found.state)),
    }
    return render(request, "counter/ticket.html", context, status=status)


def _done(request: HttpRequest, by: Actor, ticket_id: UUID) -> HttpResponse:
    do = _DOING.get(request.POST.get("do", ""))
    if do is None:
        raise Missing
    return do(request, by, ticket_id)


def _call(request: HttpRequest, by: Actor, ticket_id: UUID) -> HttpResponse:
    """Call it; where others come first the page asks why."""
    try:
        services.call(ticket_id=ticket_id, by=by, reason=request.POST.get("reason", ""))
    except services.OutOfTurn as late:
        return _asked_again(request, by, ticket_id, CallForm(request.POST), late)
    except Invalid as fault:
        return _asked_again(request, by, ticket_id, CallForm(request.POST), fault)
    return redirect("counter:ticket", ticket_id)


def _finish(request: HttpRequest, by: Actor, ticket_id: UUID) -> HttpResponse:
    """Close it; the application is named by its receipt."""
    form = FinishForm(request.POST)
    if not form.is_valid():
        return _shown(request, by, queries.ticket_for(by, ticket_id), form, status=FAULTY)
    typed = form.cleaned_data["case"]
    case = by_reference(typed) if typed else None
    try:
        found = services.finish(
            ticket_id=ticket_id, by=by, outcome=form.cleaned_data["outcome"], case_id=case.pk if case else None
        )
    except Invalid as fault:
        return _asked_again(request, by, ticket_id, form, fault)
    messages.success(request, _("Nomor %(number)s selesai dilayani.") % {"number": found})
    return redirect(_address(found.line_id))


def _asked_again(
    request: HttpRequest, by: Actor, ticket_id: UUID, form: forms.Form, fault: Invalid | Conflict
) -> HttpResponse:
    """The page once more, with the sentence beside its field and everything typed."""
    if form.is_valid() and isinstance(fault, Invalid):
        faults.show(form, fault)
    return _shown(request, by, queries.ticket_for(by, ticket_id), form, status=fault.status)


def _hold(_request: HttpRequest, by: Actor, ticket_id: UUID) -> HttpResponse:
    return redirect(_address(services.hold(ticket_id=ticket_id, by=by).line_id))


def _begin(_request: HttpRequest, by: Actor, ticket_id: UUID) -> HttpResponse:
    services.begin(ticket_id=ticket_id, by=by)
    return redirect("counter:ticket", ticket_id)


def _leave(_request: HttpRequest, by: Actor, ticket_id: UUID) -> HttpResponse:
    return redirect(_address(services.leave(ticket_id=ticket_id, by=by).line_id))


_DOING: dict[str, Callable[[HttpRequest, Actor, UUID], HttpResponse]] = {
    "call": _call,
    "hold": _hold,
    "begin": _begin,
    "finish": _finish,
    "leave": _leave,
}

"""Readers of lines and tickets. Nothing here writes."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from agencies import clock
from agencies.errors import Missing
from agencies.models import Agency, Site
from agencies.queries import active_agencies
from mall.counter.tickets.machine import IN_HAND, TicketState
from mall.counter.tickets.models import CounterLine, Ticket
from mall.counter.tickets.permissions import WORKING, may_issue, may_work
from workflows.actors import Actor
from workflows.definition.models import ServiceType
from workflows.paging import Page, page
from workflows.permissions import require

ORDER = ("-first", "queued_at", "seq")
"""Priority classes first, each in the order in which it came."""


def lines_of(actor: Actor) -> list[CounterLine]:
    """The lines in which she works, by site and agency. One query."""
    rows = CounterLine.objects.filter(agency__in=actor.agencies(*WORKING)).select_related("site", "agency")
    return [line for line in rows.order_by("site", "agency") if may_work(actor, line)]


def sites_of(actor: Actor) -> list[Site]:
    """The sites where she may give out tickets. One query."""
    return [site for site in Site.objects.order_by("code") if actor.agencies_at(site.pk, *WORKING)]


def agencies_for(actor: Actor, sites: Sequence[Site]) -> list[Agency]:
    """The agencies with a service for which she may give out tickets at one of the sites. One query."""
    serving = active_agencies().filter(pk__in=ServiceType.objects.values("agency"))
    return [one for one in serving if any(may_issue(actor, site.pk, one.pk) for site in sites)]


def waiting(line: CounterLine) -> QuerySet[Ticket]:
    """Who waits in this line today."""
    return line.tickets.filter(day=clock.today(), state=TicketState.WAITING)


def waiting_page(line: CounterLine, *, cursor: str = "") -> Page[Ticket]:
    """The same in the order in which they are called. One query."""
    return page(waiting(line).select_related("line"), order=ORDER, cursor=cursor)


def in_hand(actor: Actor) -> list[Ticket]:
    """The tickets that she called and has not closed, under any of her accounts. One query."""
    mine = [actor.user_id, *actor.bonds.accounts]
    rows = Ticket.objects.filter(called_by__in=mine, state__in=IN_HAND)
    return list(rows.select_related("line__site", "line__agency").order_by("called_at", "id"))


def ticket_for(actor: Actor, ticket_id: UUID) -> Ticket:
    """A ticket of a line in which she works; `Missing`, or `Refused` for one of another line. One query."""
    found = _ticket(ticket_id)
    require(may_work(actor, found.line))
    return found


def slip_for(actor: Actor, ticket_id: UUID) -> Ticket:
    """A ticket to print, for whoever may give it out. One query."""
    found = _ticket(ticket_id)
    require(may_issue(actor, found.line.site_id, found.line.agency_id))
    return found


def _ticket(ticket_id: UUID) -> Ticket:
    shown = ("line__site", "line__agency", "called_by", "case")
    found = Ticket.objects.select_related(*shown).defer("case__answers").filter(pk=ticket_id).first()
    if found is None:
        raise Missing
    return found


def before(ticket: Ticket) -> tuple[int, int]:
    """How many would be called before this one, and how many came before it, of those who wait now. One query."""
    came = Q(queued_at__lt=ticket.queued_at) | Q(queued_at=ticket.queued_at, seq__lt=ticket.seq)
    ahead = Q(first=True) & came if ticket.first else Q(first=True) | came
    found = waiting(ticket.line).exclude(pk=ticket.pk)
    counts = found.aggregate(ahead=Count("pk", filter=ahead), came=Count("pk", filter=came))
    return counts["ahead"], counts["came"]

"""What the night does with tickets: those of a day that is over are closed, and old ones destroyed.

A ticket holds nothing about a person but with which application she came; after `KEPT_DAYS` even that is of no use. The
events stay, and hold no person but who worked.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog

from agencies import clock
from agencies.errors import Conflict
from mall.counter.tickets import services
from mall.counter.tickets.machine import TicketState
from mall.counter.tickets.models import Ticket
from workflows.actors import Actor

log = structlog.get_logger(__name__)

KEPT_DAYS: Final = 90
NIGHT: Final = Actor.system("tickets")


def close_days() -> int:
    """Close who waited or was called on a day that is over, each in its own transaction; how many.

    What is being served stays: it is closed with an outcome by whoever serves.
    """
    open_states = (TicketState.WAITING, TicketState.CALLED)
    rows = Ticket.objects.filter(day__lt=clock.today(), state__in=open_states)
    return sum(_closed(ticket_id) for ticket_id in rows.order_by("day", "id").values_list("pk", flat=True))


def _closed(ticket_id: UUID) -> bool:
    try:
        services.leave(ticket_id=ticket_id, by=NIGHT)
    except Conflict:
        return False
    return True


def destroy_old() -> int:
    """Destroy tickets of more than `KEPT_DAYS` days ago, whatever became of them; how many."""
    gone, _by_model = Ticket.objects.filter(day__lt=clock.today() - timedelta(days=KEPT_DAYS)).delete()
    log.info("tickets.destroyed", tickets=gone)
    return gone

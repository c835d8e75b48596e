"""Tickets as the pages of the counter show them."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies import clock
from mall.counter.tickets.machine import Priority, TicketState
from mall.counter.tickets.models import CounterLine, Ticket
from mall.design import formats
from mall.design.parts import Cell, Column, Row, Table
from mall.design.states import Look

TONES: Final[Mapping[str, str]] = {
    TicketState.WAITING: "quiet",
    TicketState.CALLED: "yours",
    TicketState.SERVING: "moving",
    TicketState.SERVED: "good",
    TicketState.LEFT: "ended",
}
NOTHING: Final = "–"


def state_tag(ticket: Ticket) -> str:
    """Where a ticket stands, as a tag."""
    return render_to_string("design/parts/tag.html", {"look": Look(ticket.get_state_display(), TONES[ticket.state])})


def waiting(line: CounterLine, tickets: Sequence[Ticket]) -> Table:
    """Who waits, in the order in which they are called. No query."""
    columns = [Column(_("Nomor")), Column(_("Golongan")), Column(_("Menunggu sejak")), Column(_("Tidak hadir"))]
    rows = [
        [
            Cell(one.number, reverse("counter:ticket", args=[one.pk])),
            class_of(one) or NOTHING,
            hour(one),
            _("%(n)d kali") % {"n": one.holds} if one.holds else NOTHING,
        ]
        for one in tickets
    ]
    return Table(_("Yang menunggu di antrean %(name)s") % {"name": line.agency.name}, columns, rows)


def class_of(ticket: Ticket) -> str:
    """Its priority class in words, nothing for everybody else."""
    return "" if ticket.priority == Priority.NONE else ticket.get_priority_display()


def hour(ticket: Ticket) -> str:
    """When it was taken, wall clock."""
    return f"{clock.wib(ticket.issued_at):%H.%M}"


def rows(ticket: Ticket) -> list[Row]:
    """What is known of one ticket. No query."""
    found = [
        Row(_("Keadaan"), state_tag(ticket)),
        Row(_("Antrean"), f"{ticket.line.agency.name}, {ticket.line.site.name}"),
        Row(_("Golongan"), ticket.get_priority_display()),
        Row(_("Diambil"), formats.moment(ticket.issued_at)),
    ]
    if ticket.called_by:
        found.append(Row(_("Dipanggil oleh"), str(ticket.called_by)))
    if ticket.holds:
        found.append(Row(_("Tidak hadir saat dipanggil"), _("%(n)d kali") % {"n": ticket.holds}))
    if ticket.outcome:
        found.append(Row(_("Hasil layanan"), ticket.get_outcome_display()))
    if ticket.case:
        found.append(Row(_("Nomor tanda terima"), ticket.case.reference))
    return found

"""Django's list of the models of this package; each lives beside its services."""

from mall.counter.tickets.models import CounterLine, Ticket

__all__ = ["CounterLine", "Ticket"]

"""The line of an agency at a site, and its tickets. Data and constraints only; nothing here says who the visitor is."""

from datetime import date
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.ids import new_id
from mall.counter.tickets.machine import ENDED, IN_HAND, Outcome, Priority, TicketMachine, TicketState
from workflows.states import keeps_its_edges

S = TicketState
ISSUED = ("line_id", "day", "seq", "priority", "issued_at")
"""What stands on the slip; nobody changes it afterwards."""


class CounterLine(models.Model):
    """Where the visitors of one agency wait at one site.

    Its row is the counter of the day's numbers, and its lock the lock of the order: whoever calls must see the line as
    it stands.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey("agencies.Site", models.PROTECT, related_name="+", help_text="Where.")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", help_text="Whose counters.")
    letter = models.CharField(max_length=2, help_text="Stands before its numbers; once given never another's.")
    day = models.DateField(help_text="WIB day of the last number.")
    last = models.PositiveSmallIntegerField(default=0, help_text="The last number of that day.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "agency"], name="line_of_agency_once"),
            models.UniqueConstraint(fields=["site", "letter"], name="line_letter_once"),
            models.CheckConstraint(condition=Q(letter__regex=r"^[A-Z]{1,2}$"), name="line_letter_printable"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="line_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="line_only_counts",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NOT ((OLD.site_id, OLD.agency_id, OLD.letter) = (NEW.site_id, NEW.agency_id, NEW.letter)"
                    " AND ((NEW.day = OLD.day AND NEW.last = OLD.last + 1) OR (NEW.day > OLD.day AND NEW.last = 1)))"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.agency_id}"

    def take_number(self, day: date) -> int:
        """The next number of that day; the caller has locked this row and saves it."""
        self.last = self.last + 1 if day == self.day else 1
        self.day = day
        return self.last


@keeps_its_edges("ticket_state_edges")
class Ticket(TicketMachine):
    """One visitor's place in a line on one day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    line = models.ForeignKey(CounterLine, models.PROTECT, related_name="tickets", help_text="In which line.")
    day = models.DateField(help_text="On which day, WIB.")
    seq = models.PositiveSmallIntegerField(help_text="Its number on that day, from 1 without gaps.")
    priority = models.CharField(max_length=8, choices=Priority.choices, help_text="Class of the visitor.")
    first = models.BooleanField(help_text="Before the others: it has a class, and was not called in vain.")
    issued_at = models.DateTimeField(help_text="When it was taken, UTC.")
    queued_at = models.DateTimeField(help_text="Since when it has its place; later than issued after a hold.")
    called_at = models.DateTimeField(null=True, help_text="When it was last called.")
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Who called it last."
    )
    began_at = models.DateTimeField(null=True, help_text="When the visitor stood at the counter.")
    ended_at = models.DateTimeField(null=True, help_text="When the visitor went.")
    holds = models.PositiveSmallIntegerField(default=0, help_text="How often nobody came when it was called.")
    outcome = models.CharField(max_length=12, blank=True, choices=Outcome.choices, help_text="How it ended.")
    case = models.ForeignKey(
        "workflows.Case", models.PROTECT, null=True, related_name="tickets", help_text="With which application."
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="ticket_state_known"),
            models.CheckConstraint(condition=Q(priority__in=Priority.values), name="ticket_priority_known"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="ticket_seq_from_one"),
            models.UniqueConstraint(fields=["line", "day", "seq"], name="ticket_number_once"),
            models.CheckConstraint(
                condition=Q(first=False) | (~Q(priority=Priority.NONE) & Q(holds=0)), name="ticket_first_by_class"
            ),
            models.CheckConstraint(
                condition=Q(state=S.WAITING, called_at=None, called_by=None)
                | Q(state=S.LEFT)
                | Q(state__in=[*IN_HAND, S.SERVED], called_at__isnull=False, called_by__isnull=False),
                name="ticket_called_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[S.SERVING, S.SERVED], began_at__isnull=False)
                | (~Q(state__in=[S.SERVING, S.SERVED]) & Q(began_at=None)),
                name="ticket_began_or_not",
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(ENDED), ended_at__isnull=False)
                | (~Q(state__in=list(ENDED)) & Q(ended_at=None)),
                name="ticket_ended_or_not",
            ),
            models.CheckConstraint(
                condition=Q(state=S.SERVED, outcome__in=Outcome.values) | (~Q(state=S.SERVED) & Q(outcome="")),
                name="ticket_served_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.CASE, case__isnull=False) | (~Q(outcome=Outcome.CASE) & Q(case=None)),
                name="ticket_case_named",
            ),
            models.UniqueConstraint(
                fields=["called_by"], condition=Q(state__in=list(IN_HAND)), name="ticket_one_in_hand"
            ),
            models.CheckConstraint(condition=Q(queued_at__gte=F("issued_at")), name="ticket_queued_after_issue"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["line", "day", "-first", "queued_at", "seq"],
                name="ticket_waiting",
                condition=Q(state=S.WAITING),
            ),
            models.Index(fields=["day"], name="ticket_of_day"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="ticket_issued_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in ISSUED)
                ),
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As it is printed and called, e.g. `A-012`."""
        return f"{self.line.letter}-{self.seq:03d}"

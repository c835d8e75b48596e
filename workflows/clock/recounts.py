"""A change of the calendar that open terms still have to be counted anew for. Data only."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from agencies.ids import new_id


class Recount(models.Model):
    """One change of holidays or hours, and how far the cases have been counted again.

    Written in the transaction of the change itself, so that no change is without its recount.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    added = ArrayField(models.DateField(), default=list, help_text="Days that stopped to be working days.")
    site = models.CharField(max_length=20, blank=True, help_text="Whose hours changed; empty: holidays of all.")
    first = models.DateField(help_text="What is due on that day or later may move.")
    at = models.DateTimeField(help_text="When; what began later was counted by the new calendar.")
    after = models.UUIDField(null=True, help_text="The last case that was counted again.")
    done_at = models.DateTimeField(null=True, help_text="When the last one was.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at", "id"], name="recount_waiting", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return f"{self.site or 'holidays'} {self.at}"

    def days(self) -> frozenset[date]:
        """The days that were added."""
        return frozenset(self.added)

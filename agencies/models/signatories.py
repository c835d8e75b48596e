"""Who may sign for an office, and in which capacity (UU 30/2014 art. 13-14)."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from agencies import clock
from agencies.choices import Capacity
from agencies.ids import new_id
from agencies.models.access import User
from agencies.models.fields import one_of
from agencies.models.places import Agency


class DateRange(Func):
    """The days from the first to the last, both included; without a last day it has no end."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Signatory(models.Model):
    """The power of one person to sign for one agency, for a time. It never changes; it can only end.

    Delegation moves the power itself, so that she signs in her own title; a mandate leaves it where it was, so
    that she signs "a.n."; who stands in for an absent (Plh.) or missing (Plt.) official signs with that prefix.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="signatories", help_text="Who signs.")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="signatories", help_text="For which office.")
    capacity = models.CharField(max_length=16, choices=Capacity.choices, help_text="By which power.")
    title = models.CharField(max_length=200, help_text="Her own title, e.g. Kepala Dinas.")
    principal = models.CharField(
        max_length=200, blank=True, help_text="For whom: the official behind `a.n.`, or the title acted for."
    )
    rank = models.CharField(max_length=100, blank=True, help_text="Rank, e.g. Pembina Utama Muda.")
    nip = models.CharField(max_length=18, blank=True, help_text="Number of the civil servant, 18 digits.")
    decree_no = models.CharField(max_length=120, blank=True, help_text="Decree or order that gives the power.")
    decree_date = models.DateField(null=True, blank=True, help_text="Its date.")
    since = models.DateField(default=clock.today, help_text="First day, WIB.")
    until = models.DateField(null=True, blank=True, help_text="Last day, WIB; empty: no end.")

    class Meta:
        verbose_name_plural = "signatories"
        constraints: ClassVar = [
            one_of("capacity", Capacity, name="agencies_signatory_capacity"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="agencies_signatory_dates"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="agencies_signatory_title"),
            models.CheckConstraint(condition=Q(nip__regex=r"^(\d{18})?$"), name="agencies_signatory_nip"),
            models.CheckConstraint(
                condition=Q(capacity="own") | (~Q(decree_no="") & Q(decree_date__isnull=False)),
                name="agencies_signatory_decree",
            ),
            models.CheckConstraint(
                condition=Q(capacity__in=["own", "delegation"]) | ~Q(principal=""),
                name="agencies_signatory_principal",
            ),
            ExclusionConstraint(
                name="agencies_signatory_one_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    (DateRange("since", "until", Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="signatory_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="signatory_only_ends",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__user__df=pgtrigger.F("new__user"))
                | pgtrigger.Q(old__agency__df=pgtrigger.F("new__agency"))
                | pgtrigger.Q(old__capacity__df=pgtrigger.F("new__capacity"))
                | pgtrigger.Q(old__title__df=pgtrigger.F("new__title"))
                | pgtrigger.Q(old__principal__df=pgtrigger.F("new__principal"))
                | pgtrigger.Q(old__decree_no__df=pgtrigger.F("new__decree_no"))
                | pgtrigger.Q(old__since__df=pgtrigger.F("new__since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capacity}@{self.agency_id}"

"""What suspends a term: the pause of one case, and the outage of a national system. Data and constraints only."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies import clock
from agencies.ids import new_id
from workflows.clock.models import PAUSES, Reason


class Outage(models.Model):
    """A national system that does not work. Entered once; the time of the cases that depend on it is its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    system = models.CharField(max_length=80, help_text="The system, as definitions name it in depends_on.")
    title = models.CharField(max_length=160, help_text="What does not work, for the public to read.")
    notice = models.TextField(blank=True, help_text="What it means for applicants, for the public to read.")
    begins_at = models.DateTimeField(help_text="Since when; may lie before the entry.")
    ends_at = models.DateTimeField(null=True, help_text="Until when; null while it lasts.")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", help_text="Who entered it."
    )
    entered_at = models.DateTimeField(help_text="When it was entered.")
    settled_at = models.DateTimeField(null=True, help_text="When every case had its time and went on.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("begins_at")), name="outage_not_negative"
            ),
            models.UniqueConstraint(fields=["system"], condition=Q(ends_at=None), name="outage_one_open_a_system"),
        ]
        indexes: ClassVar = [models.Index(fields=["-begins_at"], name="outage_newest")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="outage_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="outage_ended_for_good",
                operation=pgtrigger.Update,
                condition=(
                    pgtrigger.Q(old__ends_at__isnull=False) & pgtrigger.Q(old__ends_at__df=pgtrigger.F("new__ends_at"))
                )
                | pgtrigger.Q(old__begins_at__df=pgtrigger.F("new__begins_at"))
                | pgtrigger.Q(old__system__df=pgtrigger.F("new__system")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.begins_at:%Y-%m-%d}"

    @property
    def is_lasting(self) -> bool:
        """Does the system still not work?"""
        now = clock.now()
        return self.begins_at <= now and (self.ends_at is None or self.ends_at > now)


class Pause(models.Model):
    """A stretch in which the term of one case does not run. It suspends and never resets (M10).

    Asked for and not yet effective: it waits for the second signature, and the term runs on.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=16, choices=Reason.choices, help_text="One of the four that the law knows.")
    note = models.TextField(blank=True, help_text="Why, in the words of who asked; for staff.")
    late = models.BooleanField(default=False, help_text="Asked for in the last fifth of the term (S01).")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="First signature."
    )
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="Second signature."
    )
    asked_at = models.DateTimeField(help_text="When it was asked for.")
    effective_at = models.DateTimeField(null=True, help_text="From when the term stands still; null while it runs on.")
    closed_at = models.DateTimeField(null=True, help_text="When the term went on, or the request came to nothing.")
    days_left = models.PositiveSmallIntegerField(
        null=True, help_text="Working days left when it took effect; null where no term ran any more."
    )
    outage = models.ForeignKey(
        Outage, on_delete=models.PROTECT, null=True, related_name="pauses", help_text="The outage that caused it."
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_at=None, effective_at__isnull=False), name="pause_one_running"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(closed_at=None, effective_at=None), name="pause_one_asked_for"
            ),
            models.CheckConstraint(condition=Q(reason__in=sorted(PAUSES)), name="pause_reason_known"),
            models.CheckConstraint(
                condition=Q(seconded_by=None) | ~Q(seconded_by=F("asked_by")), name="pause_two_people"
            ),
            models.CheckConstraint(
                condition=Q(effective_at=None)
                | Q(seconded_by__isnull=False)
                | (Q(late=False) & ~Q(reason=Reason.FORCE_MAJEURE)),
                name="pause_late_is_seconded",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(effective_at=None) | Q(closed_at__gte=F("effective_at")),
                name="pause_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(reason=Reason.OUTAGE, outage__isnull=False) | (~Q(reason=Reason.OUTAGE) & Q(outage=None)),
                name="pause_outage_named",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="pause_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="pause_closed_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False)
                | (
                    pgtrigger.Q(old__effective_at__isnull=False)
                    & pgtrigger.Q(old__effective_at__df=pgtrigger.F("new__effective_at"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.asked_at:%Y-%m-%d}"

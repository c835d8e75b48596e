"""What an applicant is asked to put right after her application was found complete. Data and constraints only."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.ids import new_id


class Repair(models.Model):
    """One request: everything that a visit or a recommender found wanting, and what the applicant answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="repairs")
    round = models.PositiveSmallIntegerField(help_text="1, and one more for every request; the definition limits it.")
    agency = models.CharField(max_length=32, help_text="Code of the agency that found it.")
    what = models.JSONField(help_text="Each thing to put right, in a sentence for the applicant.")
    about = models.JSONField(
        default=list,
        help_text="For each thing the code of the paper, or of the form, that it speaks of; empty: found elsewhere.",
    )
    repeated = models.BooleanField(
        default=False, help_text="All of it was visible at an earlier check; it paused nothing and is counted."
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="Who asked."
    )
    asked_at = models.DateTimeField(help_text="When it was asked.")
    due_at = models.DateTimeField(help_text="Until when the applicant may answer; then the office goes on.")
    answer = models.TextField(blank=True, help_text="What the applicant says to it.")
    answered_at = models.DateTimeField(null=True, help_text="When she answered.")
    closed_at = models.DateTimeField(null=True, help_text="When it was answered, given up or overtaken.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "round"], name="repair_once_a_round"),
            models.UniqueConstraint(fields=["case"], condition=Q(closed_at=None), name="repair_one_open"),
            models.CheckConstraint(condition=~Q(what=[]), name="repair_says_what"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(closed_at__isnull=False), name="repair_answered_is_closed"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="repair_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="repair_closed_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.round}"

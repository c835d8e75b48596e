"""Who was told that a case takes long: one row a rung of the ladder and a reader."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from agencies.ids import new_id
from agencies.models import Role

RUNGS = (50, 80, 100)
"""Per cent of the term, in working time."""


class Escalation(models.Model):
    """One rung of one term, handed to the holders of one role; never taken back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="escalations")
    recommendation = models.ForeignKey(
        "workflows.Recommendation",
        on_delete=models.PROTECT,
        null=True,
        related_name="escalations",
        help_text="Whose own term it is; empty: the term of the case.",
    )
    round = models.PositiveSmallIntegerField(help_text="Round of the case in which the term runs.")
    step = models.PositiveSmallIntegerField(help_text="Per cent of the term that had passed.")
    role = models.CharField(max_length=16, choices=Role.choices, help_text="Whose holders were told.")
    agency = models.CharField(max_length=32, blank=True, help_text="Where they hold it; empty: anywhere.")
    planned_at = models.DateTimeField(help_text="When the rung was reached.")
    at = models.DateTimeField(help_text="When it was taken; later than planned after an outage.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "recommendation", "round", "step", "role", "agency"],
                nulls_distinct=False,
                name="escalation_once_a_rung",
            ),
            models.CheckConstraint(condition=Q(step__in=RUNGS), name="escalation_rung_known"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="escalation_role_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["role", "agency", "-at", "-id"], name="escalation_of_role")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="escalation_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.step} % {self.role} {self.agency}"

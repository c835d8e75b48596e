"""What was decided: one row for each level of each instance, and none of them ever changes."""

from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id
from workflows.cases.machine import Instance

if TYPE_CHECKING:
    from workflows.cases.models import Case


def nothing_cited() -> list[dict[str, Any]]:
    """The empty default; a function because Django wants a callable."""
    return []


def nobody_signs() -> dict[str, Any]:
    """The empty default; a function because Django wants a callable."""
    return {}


class Decision(models.Model):
    """What was decided, why and by what law. The last level of the definition is the one that counts.

    Each instance (first, objection, appeal) has decisions of its own. `signature` and `grounds` are frozen:
    what the letter says does not change when an official moves on or a definition is published anew.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("Disetujui")
        REFUSED = "refused", _("Ditolak")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="decisions")
    instance = models.CharField(
        max_length=12, choices=Instance.choices, default=Instance.FIRST, help_text="First, or after which remedy."
    )
    level = models.PositiveSmallIntegerField(default=1)
    final = models.BooleanField(default=True)
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    reason = models.TextField()
    legal_basis = models.TextField(blank=True)
    grounds = models.JSONField(
        default=nothing_cited, blank=True, help_text="What a refusal rests on: requirements, recommendations, visits."
    )
    remedy = models.TextField(blank=True, help_text="Where and until when the applicant can object.")
    missing = models.JSONField(default=list, help_text="Recommendations that never came: `agency` and `until` (a day).")
    against_reason = models.TextField(blank=True, help_text="Why it goes against an advisory recommendation.")
    remedy_until = models.DateField(null=True, help_text="Last day of the objection, WIB; null where none was told.")
    signatory = models.ForeignKey(
        "agencies.Signatory", on_delete=models.PROTECT, null=True, related_name="+", help_text="The power used."
    )
    signature = models.JSONField(
        default=nobody_signs, blank=True, help_text="The block of the signature as it was composed then."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "instance", "level"], name="decision_once_a_level"),
            models.UniqueConstraint(fields=["case", "instance"], condition=Q(final=True), name="decision_one_final"),
            models.UniqueConstraint(fields=["case", "instance", "by"], name="decision_another_person_a_level"),
            models.CheckConstraint(condition=Q(instance__in=Instance.values), name="decision_instance_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_reason"),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | (~Q(legal_basis="") & ~Q(remedy="")),
                name="decision_refusal_has_law_and_remedy",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(grounds=[]), name="decision_refusal_cites_something"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | Q(instance="first"), name="decision_remedy_is_not_refused_again"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="decision_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.outcome


def signature_of(case: "Case") -> dict[str, Any]:
    """The block under the favourable decision that counts; nothing where nobody's power was recorded. One query."""
    found = case.decisions.filter(final=True, outcome=Decision.Outcome.APPROVED).order_by("-at")
    return found.values_list("signature", flat=True).first() or {}

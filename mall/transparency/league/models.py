"""A round of the league, and what agencies say against it. Both are public with the league."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.ids import new_id
from mall.releases.periods import Period
from mall.transparency.league.machine import ContestMachine, ContestState, RoundMachine, RoundState

SHOWN = ("period", "opened_at", "closes_at", "body", "sha256")
SAID = ("round", "agency", "reason", "by", "at")


def _changed(*names: str) -> pgtrigger.Q:
    found = pgtrigger.Q()
    for name in names:
        found |= pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")})
    return found


class Round(RoundMachine):
    """The league of one quarter, from the day on which the agencies see it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    period = models.CharField(max_length=8, unique=True, help_text="Code of the quarter, e.g. `2026-Q3`.")
    opened_at = models.DateTimeField(help_text="When the agencies could see it first.")
    closes_at = models.DateTimeField(help_text="From when it can be contested no more.")
    body = models.JSONField(help_text="The cells of the draft, hidden as those of a release.")
    sha256 = models.CharField(max_length=64, help_text="Digest of the draft in canonical form.")
    published_at = models.DateTimeField(null=True, help_text="When it became public.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="league_state_known"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None) | Q(state="published", published_at__isnull=False),
                name="league_published_at_known",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="league_round_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(name="league_draft_kept", operation=pgtrigger.Update, condition=_changed(*SHOWN)),
            pgtrigger.FSM(name="league_state_edges", field="state", transitions=[("draft", "published")]),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.state}"

    @property
    def over(self) -> Period:
        """The quarter."""
        return Period.parse(self.period)


class Contest(ContestMachine):
    """What one agency says against the draft, and what the mall answers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="contests", help_text="Against which league.")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", help_text="Whose contest it is.")
    reason = models.TextField(help_text="What is wrong, in the agency's words; public with the league.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Who signed it.")
    at = models.DateTimeField(help_text="When it came.")
    answer = models.TextField(blank=True, help_text="The mall's answer; public with the league.")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Who answered."
    )
    answered_at = models.DateTimeField(null=True, help_text="When.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ContestState.values), name="league_contest_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", answered_by=None, answered_at=None, answer="")
                | (~Q(state="open") & Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
                name="league_contest_answered",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "at"], name="league_contests")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="league_contest_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(name="league_contest_said_once", operation=pgtrigger.Update, condition=_changed(*SAID)),
            pgtrigger.FSM(
                name="league_contest_edges", field="state", transitions=[("open", "accepted"), ("open", "rejected")]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.state}"

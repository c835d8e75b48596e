"""What the holder of a permit must still do: each condition of a recommendation, with the day by which it is due."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from agencies.ids import new_id
from workflows.cases.machine import HeldState
from workflows.states import StateField, keeps_its_edges


class ObligationState(models.TextChoices):
    OPEN = "open", _("Belum dilaporkan")
    OVERDUE = "overdue", _("Lewat tenggat")
    REPORTED = "reported", _("Dilaporkan, menunggu pemeriksaan")
    ACCEPTED = "accepted", _("Diterima")


O = ObligationState  # noqa: E741 - short on purpose, as the other machines do
OWED = (O.OPEN, O.OVERDUE)


@keeps_its_edges("obligation_state_edges")
class Obligation(HeldState):
    """One condition that an agency set. Its text is fixed; the holder reports, an officer of that agency accepts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    permit = models.ForeignKey("workflows.Permit", on_delete=models.PROTECT, related_name="obligations")
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+", help_text="Who set it, and checks it."
    )
    place = models.PositiveSmallIntegerField(help_text="Its number among the obligations of the permit, from 1.")
    text = models.TextField(help_text="What must be done, as it stands on the permit.")
    due_on = models.DateField(null=True, help_text="Last day; null for what holds as long as the permit does.")
    remind_on = models.DateField(null=True, help_text="When the holder is next reminded; null for never.")
    state = StateField(max_length=16, choices=ObligationState.choices, default=O.OPEN, help_text="Where it stands.")
    account = models.TextField(blank=True, help_text="What the holder says she did.")
    evidence = models.JSONField(default=list, help_text="Ids of the files of the vault that show it.")
    reported_at = models.DateTimeField(null=True, help_text="When the holder last reported.")
    remark = models.TextField(blank=True, help_text="What the officer found; where it was sent back, why.")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="Who checked last."
    )
    done_at = models.DateTimeField(null=True, help_text="When it was accepted.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["permit", "place"], name="obligation_place_once"),
            models.CheckConstraint(condition=Q(state__in=O.values), name="obligation_state_known"),
            models.CheckConstraint(condition=~Q(text=""), name="obligation_says_what"),
            models.CheckConstraint(
                condition=~Q(state__in=[O.REPORTED, O.ACCEPTED]) | (Q(reported_at__isnull=False) & ~Q(account="")),
                name="obligation_reported_says_what_was_done",
            ),
            models.CheckConstraint(
                condition=Q(state=O.ACCEPTED, done_at__isnull=False, checked_by__isnull=False)
                | (~Q(state=O.ACCEPTED) & Q(done_at=None)),
                name="obligation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=O.OVERDUE) | Q(due_on__isnull=False), name="obligation_overdue_has_a_day"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], name="obligation_falling_due", condition=Q(state=O.OPEN)),
            models.Index(fields=["remind_on"], name="obligation_reminding", condition=Q(remind_on__isnull=False)),
            models.Index(fields=["agency", "state", "id"], name="obligation_of_agency"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="obligation_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="obligation_text_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__text__df=pgtrigger.F("new__text"))
                | pgtrigger.Q(old__due_on__df=pgtrigger.F("new__due_on"))
                | pgtrigger.Q(old__permit__df=pgtrigger.F("new__permit"))
                | pgtrigger.Q(old__agency__df=pgtrigger.F("new__agency")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.state}"

    @transition(field=state, source=list(OWED), target=O.REPORTED)
    def report(self) -> None:
        """The holder says what she did."""

    @transition(field=state, source=O.REPORTED, target=O.ACCEPTED)
    def accept(self) -> None:
        """The agency is content."""

    @transition(field=state, source=O.REPORTED, target=O.OPEN)
    def send_back(self) -> None:
        """It is not enough yet."""

    @transition(field=state, source=O.OPEN, target=O.OVERDUE)
    def fall_due(self) -> None:
        """Its last day has passed."""

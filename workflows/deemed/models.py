"""The statement that the law has granted an application, and the duty that follows from it."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id


class Cause(models.TextChoices):
    """Whose silence it was."""

    TERM = "term", _("Jangka waktu layanan lewat tanpa keputusan")
    OBJECTION = "objection", _("Keberatan tidak dijawab sampai batas waktu")
    APPEAL = "appeal", _("Banding tidak dijawab sampai batas waktu")


class DeemedGrant(models.Model):
    """That the law has granted this application, on which day and by which law. Never a permit, never signed as one.

    Numbered in a series of its own. Nothing of it changes but the note of the inspectorate's audit.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField("workflows.Case", on_delete=models.PROTECT, related_name="deemed_grant")
    cause = models.CharField(max_length=12, choices=Cause.choices, help_text="Whose silence it was.")
    law = models.TextField(help_text="By which law silence grants.")
    term_end = models.DateTimeField(help_text="When the term, or the time for the answer, ended.")
    at = models.DateTimeField(help_text="When it was recorded.")
    series = models.ForeignKey("workflows.NumberSeries", on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    number = models.CharField(max_length=64, unique=True, help_text="Number of the statement, e.g. PDK-2026-000001.")
    code = models.CharField(max_length=32, unique=True, help_text="Verification code, at least 64 random bits.")
    audited_at = models.DateTimeField(null=True, help_text="When the inspectorate has looked into it.")
    audited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    audit_note = models.TextField(blank=True, help_text="What the inspectorate found; for the house only.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "seq"], name="deemed_number_once"),
            models.CheckConstraint(condition=Q(cause__in=Cause.values), name="deemed_cause_known"),
            models.CheckConstraint(condition=~Q(law=""), name="deemed_names_the_law"),
            models.CheckConstraint(
                condition=Q(audited_at=None, audited_by=None, audit_note="")
                | (Q(audited_at__isnull=False, audited_by__isnull=False) & ~Q(audit_note="")),
                name="deemed_audit_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-at", "id"], name="deemed_register")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="deemed_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="deemed_statement_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__case__df=pgtrigger.F("new__case"))
                | pgtrigger.Q(old__number__df=pgtrigger.F("new__number"))
                | pgtrigger.Q(old__code__df=pgtrigger.F("new__code"))
                | pgtrigger.Q(old__law__df=pgtrigger.F("new__law"))
                | pgtrigger.Q(old__term_end__df=pgtrigger.F("new__term_end"))
                | pgtrigger.Q(old__at__df=pgtrigger.F("new__at"))
                | pgtrigger.Q(old__audited_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class DutyTask(models.Model):
    """What an office owes by law: the formal decision, once the law or a superior has granted the application."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="duty_tasks")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", help_text="Who owes it.")
    law = models.TextField(help_text="From which law the duty follows.")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="Closing time of the last working day.")
    done_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True, help_text="When head and inspectorate were told that it is late.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(done_at=None), name="duty_task_one_open"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "due_at", "id"], name="duty_task_worklist", condition=Q(done_at=None)),
            models.Index(fields=["due_at"], name="duty_task_overdue", condition=Q(done_at=None, overdue_at=None)),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="duty_task_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="duty_task_done_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__done_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.due_at:%Y-%m-%d}"

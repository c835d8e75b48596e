"""Who has a case in which line, and who went out of turn. Data and constraints only."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id
from agencies.models import User


class Line(models.TextChoices):
    """Where cases wait for somebody."""

    CHECKING = "checking", _("Pemeriksaan berkas")
    ADVISING = "advising", _("Rekomendasi")
    DECIDING = "deciding", _("Keputusan")


class Assignment(models.Model):
    """Somebody has this case in hand in one line of one agency; released or handed over, never taken silently."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="assignments", help_text="What.")
    line = models.CharField(max_length=16, choices=Line.choices, help_text="In which line.")
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+", help_text="Whose line; several may advise."
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments", help_text="Who has it."
    )
    since = models.DateTimeField(help_text="From when, UTC.")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Who handed it over; null where the holder took it herself.",
    )
    note = models.CharField(max_length=400, blank=True, help_text="Why it was handed over; for staff.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "line", "agency"], name="assignment_one_holder"),
            models.CheckConstraint(condition=Q(given_by=None) | ~Q(note=""), name="assignment_handed_over_says_why"),
            models.CheckConstraint(
                condition=Q(line__in=["checking", "advising", "deciding"]), name="assignment_line_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "line"], name="assignment_of_user")]

    def __str__(self) -> str:
        return f"{self.line} {self.user_id}"

    @staticmethod
    def put(
        case_id: UUID,
        line: Line,
        agency: str,
        user_id: UUID,
        at: datetime,
        *,
        given_by: UUID | None = None,
        note: str = "",
    ) -> None:
        """Put a case into somebody's hands, whoever had it before. The case is locked. One statement."""
        row = Assignment(
            case_id=case_id, line=line, agency_id=agency, user_id=user_id, since=at, given_by_id=given_by, note=note
        )
        unique, changing = ["case", "line", "agency"], ["user", "since", "given_by", "note"]
        Assignment.objects.bulk_create([row], update_conflicts=True, unique_fields=unique, update_fields=changing)


class Overtaking(models.Model):
    """One case was handled before others that were due earlier, and why. Counted in public; never changed."""

    class Code(models.TextChoices):
        VULNERABLE = "vulnerable", _("Prioritas kelompok rentan")
        ORDERED = "ordered", _("Perintah tertulis pimpinan")
        RELATED = "related", _("Berkas terkait")
        APPLICANT = "applicant", _("Yang lebih dahulu menunggu pemohonnya")
        EMERGENCY = "emergency", _("Keadaan darurat")
        OTHER = "other", _("Alasan lain")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="overtakings", help_text="What.")
    line = models.CharField(max_length=16, choices=Line.choices, help_text="In which line.")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", help_text="Whose line.")
    code = models.CharField(max_length=16, choices=Code.choices, help_text="Why.")
    note = models.CharField(max_length=400, blank=True, help_text="Why, in words; never leaves the reports.")
    passed = models.PositiveIntegerField(help_text="How many were due on an earlier day and waited.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", help_text="Who.")
    at = models.DateTimeField(db_index=True, help_text="When, UTC.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(line__in=["checking", "advising", "deciding"]), name="overtaking_line_known"
            ),
            models.CheckConstraint(
                condition=Q(code__in=["vulnerable", "ordered", "related", "applicant", "emergency", "other"]),
                name="overtaking_code_known",
            ),
            models.CheckConstraint(condition=~Q(code="other") | ~Q(note=""), name="overtaking_other_says_why"),
            models.CheckConstraint(condition=Q(passed__gt=0), name="overtaking_passes_somebody"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="overtaking_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.passed}"


def in_other_hands(user_id: UUID | str) -> str:
    """What one who would work on a colleague's case is told. One query, for the name."""
    sentence = _now(
        "Permohonan ini sedang dipegang %(name)s. Minta ia melepas atau menyerahkannya, "
        "atau minta pimpinan instansi melepasnya."
    )
    return sentence % {"name": User.objects.get(pk=user_id)}

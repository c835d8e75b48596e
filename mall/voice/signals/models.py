"""What one month's run found, and what inspectors wrote about it. Data and constraints only; nothing ever changes."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id
from agencies.sealing import SealedTextField
from mall.voice.signals.kinds import SignalKind

FROZEN = pgtrigger.Update | pgtrigger.Delete


class SignalRun(models.Model):
    """The signals of one month, counted over the twelve months that end with it."""

    month = models.DateField(primary_key=True, help_text="First day of the month, WIB.")
    done_at = models.DateTimeField(help_text="When it was counted, UTC.")
    method = models.CharField(max_length=16, help_text="Version of the signs and of the arithmetic.")
    signals = models.PositiveIntegerField(help_text="How many signals it gave.")
    sample = models.BooleanField(default=False, help_text="DATA CONTOH: made up for the demonstration.")

    class Meta:
        triggers: ClassVar = [pgtrigger.Protect(name="signal_run_frozen", operation=FROZEN)]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Signal(models.Model):
    """One officer and one sign in which she is unlike her colleagues. A reason to look, never a finding."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(SignalRun, models.PROTECT, related_name="found", help_text="Of which month.")
    place = models.PositiveIntegerField(help_text="Its place among those of the month, from 1.")
    kind = models.CharField(max_length=8, choices=SignalKind.choices, help_text="Which sign.")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Whose cases.")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", help_text="Where she works.")
    found = models.PositiveIntegerField(help_text="How many of her cases show it.")
    of = models.PositiveIntegerField(help_text="Of how many.")
    peers_found = models.PositiveIntegerField(help_text="How many of the colleagues' cases of the same services do.")
    peers_of = models.PositiveIntegerField(help_text="Of how many.")
    expected = models.FloatField(help_text="How many of hers would, at the colleagues' rate in each service.")
    chance = models.FloatField(help_text="Of an honest officer to show at least as much.")
    score = models.FloatField(help_text="What all her signals of the month say together; orders the list.")
    quick = models.PositiveIntegerField(default=0, help_text="Of an intermediary's cases, how many went quickly.")
    whom = SealedTextField(help_text="The intermediary, where the sign is about one.")
    cases = ArrayField(models.UUIDField(), help_text="Cases to look at, latest first; at most fifty.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "place"], name="signal_place_once"),
            models.CheckConstraint(condition=Q(kind__in=SignalKind.values), name="signal_kind_known"),
            models.CheckConstraint(condition=Q(found__lte=F("of")), name="signal_found_within"),
        ]
        indexes: ClassVar = [models.Index(fields=["officer", "kind"], name="signal_of_officer")]
        triggers: ClassVar = [pgtrigger.Protect(name="signal_frozen", operation=FROZEN)]

    def __str__(self) -> str:
        return f"{self.kind} {self.found}/{self.of}"


class SignalNote(models.Model):
    """What an inspector found when she looked; the latest counts."""

    class Verdict(models.TextChoices):
        EXPLAINED = "explained", _("Sudah diperiksa: ada penjelasan yang wajar")
        FOLLOWED = "followed", _("Ditindaklanjuti dalam laporan pungutan")
        MORE = "more", _("Perlu keterangan lebih lanjut")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    signal = models.ForeignKey(Signal, models.PROTECT, related_name="notes", help_text="About which signal.")
    verdict = models.CharField(max_length=12, choices=Verdict.choices, help_text="What she makes of it.")
    text = SealedTextField(help_text="Why, in her words.")
    report = models.ForeignKey(
        "voice.LevyReport", models.PROTECT, null=True, related_name="+", help_text="Where it is followed up."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="The inspector.")
    at = models.DateTimeField(help_text="When, UTC.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verdict="followed", report__isnull=False)
                | Q(verdict__in=["explained", "more"], report=None),
                name="signal_note_followed_where",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["signal", "-at"], name="signal_note_latest")]
        triggers: ClassVar = [pgtrigger.Protect(name="signal_note_append_only", operation=FROZEN)]

    def __str__(self) -> str:
        return f"{self.verdict} {self.id}"

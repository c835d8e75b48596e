"""The ledger of intervals: for every minute of an open case, who holds it and why."""

from typing import ClassVar, NamedTuple

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id


class Holder(models.TextChoices):
    """The one party that a minute belongs to."""

    APPLICANT = "applicant", _("Pemohon")
    MALL = "mall", _("Mal Pelayanan Publik")
    AGENCY = "agency", _("Instansi")
    PAYMENT = "payment", _("Menunggu pembayaran")
    NATIONAL = "national", _("Sistem nasional")


class Reason(models.TextChoices):
    """Why the holder has it; nothing outside this list exists."""

    DRAFTING = "drafting", _("Pengisian permohonan")
    QUEUED = "queued", _("Menunggu pemeriksaan berkas")
    CHECKING = "checking", _("Pemeriksaan berkas")
    CORRECTING = "correcting", _("Perbaikan oleh pemohon")
    RECOMMENDING = "recommending", _("Menunggu rekomendasi teknis")
    DECIDING = "deciding", _("Menunggu keputusan")
    PAYING = "paying", _("Menunggu pembayaran")
    ISSUING = "issuing", _("Penerbitan produk layanan")
    OUTAGE = "outage", _("Gangguan sistem nasional")
    FORCE_MAJEURE = "force_majeure", _("Keadaan kahar")
    OBJECTING = "objecting", _("Waktu untuk mengajukan keberatan")
    ANSWERING = "answering", _("Menunggu jawaban atas keberatan")


PAUSES = frozenset({Reason.CORRECTING, Reason.PAYING, Reason.OUTAGE, Reason.FORCE_MAJEURE})
"""Reasons that suspend the term; a pause never resets it."""


class Held(NamedTuple):
    """Who holds a case and why; the agency's code where one does."""

    holder: Holder
    reason: Reason
    agency: str = ""


_TILES = """
IF EXISTS (SELECT 1 FROM workflows_interval WHERE case_id = NEW.case_id AND opened_at < NEW.opened_at)
   OR NEW.opened_at <> (SELECT created_at FROM workflows_case WHERE id = NEW.case_id)
THEN
    IF NOT EXISTS (SELECT 1 FROM workflows_interval
                   WHERE case_id = NEW.case_id AND closed_at = NEW.opened_at AND id <> NEW.id)
    THEN RAISE EXCEPTION 'the ledger of case % has a gap before %', NEW.case_id, NEW.opened_at;
    END IF;
END IF;
IF NEW.closed_at IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM workflows_interval
                   WHERE case_id = NEW.case_id AND opened_at = NEW.closed_at AND id <> NEW.id)
   AND NOT EXISTS (SELECT 1 FROM workflows_case WHERE id = NEW.case_id AND closed_at = NEW.closed_at)
THEN RAISE EXCEPTION 'the ledger of case % has a gap after %', NEW.case_id, NEW.closed_at;
END IF;
RETURN NULL;
"""
"""Asked at the end of each statement: an interval begins with the case or where another ends, and ends where
another begins or with the case. Whoever closes one opens the next in the same statement (`clock.ledger`); who
reopens a closed case inserts the time between, and the open interval after it, in one."""


class TsTzRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Interval(models.Model):
    """A stretch of a case's life with one holder and one reason; open while `closed_at` is null."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="intervals")
    holder = models.CharField(max_length=16, choices=Holder.choices)
    agency = models.CharField(max_length=32, blank=True, help_text="Code of the agency, where one holds it.")
    reason = models.CharField(max_length=16, choices=Reason.choices)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(closed_at=None), name="interval_one_open"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="interval_not_negative"
            ),
            models.CheckConstraint(condition=Q(holder__in=Holder.values), name="interval_holder_known"),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="interval_reason_known"),
            ExclusionConstraint(
                name="interval_no_overlap",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    (TsTzRange("opened_at", "closed_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="interval_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="interval_tiles",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_TILES,
            ),
            pgtrigger.Protect(
                name="interval_closed_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.reason}"

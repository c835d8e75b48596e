"""Consequence tests (uji konsekuensi): why information of a kind stays closed, by which letter, and until when."""

from datetime import date
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id


class Ground(models.TextChoices):
    """The letters of UU 14/2008 art. 17."""

    A = "a", _("Pasal 17 huruf a: menghambat proses penegakan hukum")
    B = "b", _("Pasal 17 huruf b: kekayaan intelektual dan persaingan usaha tidak sehat")
    C = "c", _("Pasal 17 huruf c: pertahanan dan keamanan negara")
    D = "d", _("Pasal 17 huruf d: kekayaan alam Indonesia")
    E = "e", _("Pasal 17 huruf e: ketahanan ekonomi nasional")
    F = "f", _("Pasal 17 huruf f: hubungan luar negeri")
    G = "g", _("Pasal 17 huruf g: akta autentik bersifat pribadi dan wasiat")
    H = "h", _("Pasal 17 huruf h: rahasia pribadi")
    I = "i", _("Pasal 17 huruf i: surat antarbadan publik yang menurut sifatnya rahasia")  # noqa: E741 - the letter
    J = "j", _("Pasal 17 huruf j: dirahasiakan berdasarkan undang-undang")


PERSONAL_SECRETS = _(
    "Riwayat dan kondisi keluarga; riwayat, kondisi, dan perawatan kesehatan; kondisi "
    "keuangan, aset, pendapatan, dan rekening; hasil evaluasi kemampuan; catatan pribadi "
    "pendidikan (UU 14/2008 pasal 17 huruf h)."
)
"""What letter h covers: shown where a test of it is written."""


class ExemptionTest(models.Model):
    """One test (PerKI 1/2021 art. 49): law, consequence, public interest, who decided, until when. Never changed.

    Its words are for everybody and therefore name nobody; the register shows the office, not the person.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True, help_text="In the register, e.g. `UK-2026-000003`.")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", help_text="Whose information.")
    subject = models.CharField(max_length=200, help_text="Which kind of information is withheld.")
    ground = models.CharField(max_length=1, choices=Ground.choices, help_text="Letter of UU 14/2008 art. 17.")
    law = models.CharField(max_length=300, help_text="Law cited beside it, with its article.")
    if_opened = models.TextField(help_text="What would follow if it were opened.")
    if_closed = models.TextField(help_text="What closing serves, weighed against the public interest.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="The PPID who decided."
    )
    decided_at = models.DateTimeField(help_text="When.")
    expires_on = models.DateField(help_text="Last day (WIB) on which it may be cited.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ground__in=Ground.values), name="exemption_ground_known"),
            models.CheckConstraint(
                condition=~(Q(subject="") | Q(law="") | Q(if_opened="") | Q(if_closed="")), name="exemption_says_why"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("decided_at__date")), name="exemption_ends_after_it_begins"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "-expires_on"], name="exemption_of_agency")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="exemption_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.number

    def is_valid(self, day: date) -> bool:
        """May it be cited on that day?"""
        return day <= self.expires_on


class Withheld(models.Model):
    """A part of a request that is not given, with the test that says why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(
        "voice.InformationRequest", models.PROTECT, related_name="withheld", help_text="Of which request."
    )
    part = models.CharField(max_length=300, help_text="Which part.")
    test = models.ForeignKey(ExemptionTest, models.PROTECT, related_name="+", help_text="By which test.")
    at = models.DateTimeField(help_text="When it was withheld.")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(part=""), name="withheld_says_what")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="withheld_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="withheld_by_a_standing_test",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                IF NOT EXISTS (
                    SELECT 1 FROM voice_exemptiontest t
                    WHERE t.id = NEW.test_id AND t.expires_on >= (NEW.at AT TIME ZONE 'Asia/Jakarta')::date
                ) THEN RAISE EXCEPTION 'an expired test cannot be cited'; END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

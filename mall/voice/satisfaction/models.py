"""Invitations, and answers that nobody can bring together with them."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.sealing import SealedTextField
from mall.voice.satisfaction.elements import elements


class Age(models.TextChoices):
    UNDER_20 = "-19", _("Di bawah 20 tahun")
    TO_29 = "20-29", _("20 sampai 29 tahun")
    TO_39 = "30-39", _("30 sampai 39 tahun")
    TO_49 = "40-49", _("40 sampai 49 tahun")
    TO_59 = "50-59", _("50 sampai 59 tahun")
    FROM_60 = "60-", _("60 tahun atau lebih")


class Sex(models.TextChoices):
    WOMAN = "p", _("Perempuan")
    MAN = "l", _("Laki-laki")


class Education(models.TextChoices):
    PRIMARY = "sd", _("SD atau sederajat")
    LOWER = "smp", _("SMP atau sederajat")
    UPPER = "sma", _("SMA atau sederajat")
    DIPLOMA = "diploma", _("Diploma")
    BACHELOR = "s1", _("Sarjana")
    MASTER = "s2", _("Magister atau doktor")


class Occupation(models.TextChoices):
    CIVIL_SERVANT = "asn", _("ASN, TNI, atau Polri")
    EMPLOYEE = "swasta", _("Pegawai swasta")
    BUSINESS = "usaha", _("Wirausaha")
    FARMER = "tani", _("Petani, peternak, atau nelayan")
    STUDENT = "pelajar", _("Pelajar atau mahasiswa")
    HOME = "rumah", _("Mengurus rumah tangga")
    OTHER = "lain", _("Lainnya")


class Invitation(models.Model):
    """A closed case that may be rated once. Says neither which case nor whose, nor when it was used."""

    digest = models.CharField(primary_key=True, max_length=64, help_text="SHA-256 of the code; the code is not kept.")
    service = models.CharField(max_length=60, help_text="Code of the service.")
    agency = models.CharField(max_length=32, help_text="Code of the agency that answers for it.")
    site = models.CharField(max_length=32, help_text="Where the case was handled.")
    month = models.DateField(help_text="First day of the month in which the case was closed, WIB.")
    expires_on = models.DateField(help_text="Last day on which it can be used.")
    used = models.BooleanField(default=False, help_text="Was it answered?")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["month", "agency", "service"], name="skm_invited_month")]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="skm_used_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__used=True) | pgtrigger.Q(old__digest__df=pgtrigger.F("new__digest")),
            ),
            pgtrigger.Protect(name="skm_invitation_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.month:%Y-%m}"


class Answers(models.Model):
    """Nine scores and what the respondent chose to say of herself; no moment, no case, no person."""

    service = models.CharField(max_length=60, help_text="Code of the service.")
    agency = models.CharField(max_length=32, help_text="Code of the agency that answers for it.")
    site = models.CharField(max_length=32, help_text="Where the case was handled.")
    month = models.DateField(help_text="Month of the invitation, so that no period has more answers than cases.")
    u1 = models.PositiveSmallIntegerField(help_text="Requirements, 1 to 4.")
    u2 = models.PositiveSmallIntegerField(help_text="Procedure, 1 to 4.")
    u3 = models.PositiveSmallIntegerField(help_text="Time, 1 to 4.")
    u4 = models.PositiveSmallIntegerField(help_text="Cost, 1 to 4.")
    u5 = models.PositiveSmallIntegerField(help_text="Product, 1 to 4.")
    u6 = models.PositiveSmallIntegerField(help_text="Competence, 1 to 4.")
    u7 = models.PositiveSmallIntegerField(help_text="Conduct, 1 to 4.")
    u8 = models.PositiveSmallIntegerField(help_text="Facilities, 1 to 4.")
    u9 = models.PositiveSmallIntegerField(help_text="Complaints, 1 to 4.")
    age = models.CharField(max_length=8, blank=True, choices=Age.choices, help_text="Band, if she said so.")
    sex = models.CharField(max_length=8, blank=True, choices=Sex.choices, help_text="If she said so.")
    education = models.CharField(max_length=8, blank=True, choices=Education.choices, help_text="If she said so.")
    occupation = models.CharField(max_length=8, blank=True, choices=Occupation.choices, help_text="If she said so.")
    comment = SealedTextField(help_text="Her words; no page shows them by service below the threshold.")

    class Meta:
        abstract = True


def _scored(name: str) -> models.CheckConstraint:
    within = Q()
    for element in elements():
        within &= Q(**{f"{element.code}__range": (1, 4)})
    return models.CheckConstraint(condition=within, name=name)


class UrnAnswer(Answers):
    """An answer of today, as it was thrown in. Tonight the urn is shaken and emptied into `Response`.

    While a row lies here, the number of its transaction would show which invitation was used with it.
    """

    class Meta:
        constraints: ClassVar = [_scored("skm_urn_scores")]

    def __str__(self) -> str:
        return f"{self.service} {self.month:%Y-%m}"


class Response(Answers):
    """An answer among the others of its month, written in a random order."""

    class Meta:
        constraints: ClassVar = [_scored("skm_scores")]
        indexes: ClassVar = [models.Index(fields=["month", "agency", "service"], name="skm_answered_month")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="skm_response_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.month:%Y-%m}"

"""People and organisations: with or without an account, never more than the mall needs to know."""

from django.db import models
from django.db.models import Q

from agencies import clock
from agencies.choices import CHECKED_LEVELS, Lane, ProofLevel, Sex
from agencies.ids import new_id
from agencies.models.access import User
from agencies.models.fields import one_of
from agencies.models.places import Region
from agencies.sealing import SealedTextField

DISTRICT = len("35.10.16")
"""Letters of a Kemendagri code that name the district."""


class Person(models.Model):
    """A human being whom the mall serves. The NIK is sealed; look it up by its blind index."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        help_text="Her account; empty for people served at the counter only.",
    )
    name = models.CharField(max_length=200, help_text="Whole name; one word is a whole name.")
    nik = SealedTextField(blank=True, help_text="National id number, 16 digits, sealed.")
    nik_index = models.CharField(
        max_length=64, null=True, blank=True, editable=False, help_text="Keyed hash of the NIK."
    )
    kk = SealedTextField(blank=True, help_text="Family card number, 16 digits, sealed.")
    kk_index = models.CharField(
        max_length=64,
        null=True,
        blank=True,
        db_index=True,
        editable=False,
        help_text="Keyed hash of the family card number: equal means one household.",
    )
    phone = SealedTextField(blank=True, help_text="Telephone, E.164, sealed.")
    phone_index = models.CharField(
        max_length=64,
        null=True,
        blank=True,
        db_index=True,
        editable=False,
        help_text="Keyed hash of the telephone number.",
    )
    email = models.EmailField(blank=True, help_text="Where to write to; may differ from a log-in.")
    birth_date = models.DateField(
        null=True, blank=True, db_index=True, help_text="As stated; never taken from the NIK."
    )
    sex = models.CharField(max_length=8, choices=Sex.choices, blank=True, help_text="As stated; may be empty.")
    address = models.TextField(blank=True, help_text="Street, RT/RW, dusun.")
    village = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Desa or kelurahan of residence.",
    )
    lane = models.CharField(max_length=8, choices=Lane.choices, default=Lane.REAL, help_text="Real or canary.")
    proof_level = models.CharField(
        max_length=16,
        choices=ProofLevel.choices,
        default=ProofLevel.NONE,
        help_text="How the identity was proved.",
    )
    proof_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who looked at the card.",
    )
    proof_at = models.DateTimeField(null=True, blank=True, help_text="When, UTC.")
    created_at = models.DateTimeField(default=clock.now, editable=False, help_text="UTC.")

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(fields=["lane", "nik_index"], name="agencies_person_nik_once"),
            one_of("lane", Lane, name="agencies_person_lane"),
            one_of("proof_level", ProofLevel, name="agencies_person_proof"),
            models.CheckConstraint(condition=Q(sex="") | Q(sex__in=Sex.values), name="agencies_person_sex"),
            models.CheckConstraint(
                condition=~Q(proof_level__in=CHECKED_LEVELS) | Q(proof_by__isnull=False, proof_at__isnull=False),
                name="agencies_person_proof_by",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<Person {self.pk}>"

    @property
    def kecamatan(self) -> str:
        """Kemendagri code of the district where she lives, empty where nobody has said; no query."""
        return (self.village_id or "")[:DISTRICT]


class Organisation(models.Model):
    """A business or body that applies through its people."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200, help_text="Registered name with its legal form.")
    kind = models.CharField(max_length=32, blank=True, help_text="Legal form, e.g. PT, CV, yayasan.")
    nib = models.CharField(max_length=13, null=True, blank=True, help_text="Business number, 13 digits.")
    npwp = models.CharField(max_length=22, blank=True, help_text="Tax number, 16 or 22 digits.")
    address = models.TextField(blank=True, help_text="Registered address.")
    lane = models.CharField(max_length=8, choices=Lane.choices, default=Lane.REAL, help_text="Real or canary.")
    created_at = models.DateTimeField(default=clock.now, editable=False, help_text="UTC.")
    people = models.ManyToManyField(Person, through="OrganisationMember", related_name="organisations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lane", "nib"], name="agencies_organisation_nib_once"),
            one_of("lane", Lane, name="agencies_organisation_lane"),
            models.CheckConstraint(
                condition=Q(nib__isnull=True) | Q(nib__regex=r"^\d{13}$"),
                name="agencies_organisation_nib",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationMember(models.Model):
    """A person who may apply in the name of an organisation."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="organisation_links")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="members")
    title = models.CharField(max_length=100, blank=True, help_text="Her function, e.g. direktur.")
    since = models.DateField(default=clock.today, help_text="First day, WIB.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation"], name="agencies_organisation_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}@{self.organisation_id}"


class StaffIdentity(models.Model):
    """The human behind an account that works here, so that duties bind people and not log-ins.

    Several accounts may belong to one person; her own account as a citizen (`Person.user`) is another one.
    An account without this row, and without data of its own, is guarded by its log-in alone.
    """

    user = models.OneToOneField(
        User, models.PROTECT, primary_key=True, related_name="identity", help_text="The account that works here."
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="staff_identities", help_text="Who she is, by NIK.")
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", help_text="The administrator who saw the card; never she herself."
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False, help_text="When, UTC.")

    class Meta:
        verbose_name_plural = "staff identities"
        constraints = [
            models.CheckConstraint(condition=~Q(user=models.F("recorded_by")), name="agencies_identity_by_another")
        ]

    def __str__(self) -> str:
        return str(self.user_id)

"""Registering people and saying how sure we are of who they are."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.choices import CHECKED_LEVELS
from agencies.errors import Conflict, Invalid, MallError, Missing, Refused
from agencies.identifiers import parse_kk, parse_nik, parse_phone
from agencies.models import Lane, Person, ProofLevel, User
from agencies.queries import memberships_of
from agencies.sealing import blind_index
from agencies.services.intake import (
    Intake,
    broken_constraint,
    check_birth,
    parse_email,
    parse_name,
    parse_sex,
    parse_village,
)

IDENTITY_FIELDS = ("name", "nik_index", "birth_date")
"""What a clerk compared with the card: when one of them changes, the proof is gone."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person says about herself, as typed; None leaves a field as it is."""

    name: str | None = None
    nik: str | None = None
    kk: str | None = None
    phone: str | None = None
    email: str | None = None
    birth_date: date | None = None
    sex: str | None = None
    address: str | None = None
    village_code: str | None = None


@transaction.atomic
def register_person(
    *,
    user: User | None = None,
    name: str,
    nik: str = "",
    kk: str = "",
    phone: str = "",
    email: str = "",
    birth_date: date | None = None,
    sex: str = "",
    address: str = "",
    village_code: str = "",
    lane: str = Lane.REAL,
) -> Person:
    """Make a person, with or without an account.

    Raises:
        Invalid: sentences for each faulty field, all at once.
        Conflict: the NIK, or the account, already belongs to a person (which one is not told).
    """
    person = Person(user=user, lane=Lane(lane))
    said = Profile(name, nik, kk, phone, email, birth_date, sex, address, village_code)
    _fill(person, said)
    if person.nik:
        person.proof_level = ProofLevel.SELF_DECLARED
    _save(person)
    return person


@transaction.atomic
def update_profile(
    *,
    person_id: UUID,
    name: str | None = None,
    nik: str | None = None,
    kk: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    birth_date: date | None = None,
    sex: str | None = None,
    address: str | None = None,
    village_code: str | None = None,
) -> Person:
    """Change what is given; None leaves a field as it is, empty text clears it.

    A change of name, NIK or birth date takes a proof back to "self declared": the card that a clerk
    saw said something else.

    Raises:
        Missing: no such person.
        Invalid, Conflict: as in `register_person`.
    """
    person = _locked(person_id)
    before = [getattr(person, field) for field in IDENTITY_FIELDS]
    _fill(person, Profile(name, nik, kk, phone, email, birth_date, sex, address, village_code))
    if before != [getattr(person, field) for field in IDENTITY_FIELDS]:
        person.proof_level = ProofLevel.SELF_DECLARED if person.nik else ProofLevel.NONE
        person.proof_by = None
        person.proof_at = None
    _save(person)
    return person


@transaction.atomic
def check_ktp(*, person_id: UUID, by: User, level: str) -> Person:
    """Record that a member of staff compared the identity card with the person, and how.

    A later look by eye does not lower what a card reader has proved.

    Raises:
        Refused: `by` holds no role, or is the person herself.
        Invalid: the level is none that staff can vouch for, or the person has no NIK yet.
        Missing: no such person.
    """
    person = _locked(person_id)
    if not memberships_of(by) or person.user_id == by.pk:
        raise Refused(_("KTP-el hanya boleh diperiksa oleh petugas, dan bukan miliknya sendiri."))
    if level not in CHECKED_LEVELS:
        raise Invalid({"level": [_("Pilih cara pemeriksaan KTP-el dari daftar.")]})
    if not person.nik:
        raise Invalid({"nik": [_("Isi NIK terlebih dahulu, lalu cocokkan dengan KTP-el.")]})
    if person.proof_level != ProofLevel.KTP_READER:
        person.proof_level = ProofLevel(level)
    person.proof_by = by
    person.proof_at = clock.now()
    person.save(update_fields=["proof_level", "proof_by", "proof_at"])
    return person


def _locked(person_id: UUID) -> Person:
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise Missing(_("Data orang ini tidak ditemukan."))
    return person


def _fill(person: Person, said: Profile) -> None:
    """Put what was said into `person`, or raise `Invalid` with every fault."""
    intake = Intake()
    _fill_identity(person, said, intake)
    _fill_contact(person, said, intake)
    intake.finish()


def _fill_identity(person: Person, said: Profile, intake: Intake) -> None:
    if said.name is not None:
        person.name = intake.read("name", parse_name, said.name) or ""
        if not person.name and "name" not in intake.faults:
            intake.add("name", _("Isi nama lengkap sesuai KTP-el."))
    if said.nik is not None:
        nik = intake.read("nik", parse_nik, said.nik)
        person.nik = nik.value if nik else ""
        person.nik_index = blind_index(nik.value, purpose="nik") if nik else None
    if said.kk is not None:
        person.kk = intake.read("kk", parse_kk, said.kk) or ""
        person.kk_index = blind_index(person.kk, purpose="kk") if person.kk else None
    if said.birth_date is not None:
        try:
            check_birth(said.birth_date)
        except ValueError as fault:
            intake.add("birth_date", str(fault))
        person.birth_date = said.birth_date
    if said.sex is not None:
        person.sex = intake.read("sex", parse_sex, said.sex) or ""


def _fill_contact(person: Person, said: Profile, intake: Intake) -> None:
    if said.phone is not None:
        person.phone = intake.read("phone", parse_phone, said.phone) or ""
        person.phone_index = blind_index(person.phone, purpose="phone") if person.phone else None
    if said.email is not None:
        person.email = intake.read("email", parse_email, said.email) or ""
    if said.address is not None:
        person.address = said.address.strip()
    if said.village_code is not None:
        person.village_id = intake.read("village_code", parse_village, said.village_code)


def _save(person: Person) -> None:
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as fault:
        raise _taken(broken_constraint(fault)) from fault


def _taken(constraint: str) -> MallError:
    if constraint == "agencies_person_nik_once":
        return Conflict(
            _("NIK ini sudah terdaftar. Jika ini NIK Anda, datanglah ke loket dengan membawa KTP-el."),
        )
    return Conflict(_("Akun ini sudah memiliki data diri."))

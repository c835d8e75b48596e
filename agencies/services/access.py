"""Accounts and roles."""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from agencies.models import Agency, Membership, Person, Role, Site, User
from agencies.services.intake import Intake, parse_email


@transaction.atomic
def create_user(*, email: str, name: str = "", password: str | None = None) -> User:
    """Make an account for somebody; without a password it opens only after a reset.

    Raises:
        Invalid: the address is no e-mail address.
        Conflict: there is such an account.
    """
    intake = Intake()
    address = intake.read("email", parse_email, email)
    if address is None:
        intake.faults.setdefault("email", [_("Isi alamat surel.")])
    intake.finish()
    try:
        with transaction.atomic():
            return User.objects.create_user(address or "", password, name=name.strip())
    except IntegrityError as fault:
        raise Conflict(_("Alamat surel ini sudah dipakai.")) from fault


@transaction.atomic
def grant_membership(user: User, role: str, agency_code: str, *, site_code: str | None = None) -> Membership:
    """Give a user a role in an agency, from today; nothing changes when she holds it already.

    Raises:
        Invalid: there is no such role, or it is not for somebody who handles complaints, or who does anything else.
        Missing: there is no such agency or site.
    """
    if role not in Role.values:
        raise Invalid({"role": [_("Pilih peran dari daftar.")]})
    if not Agency.objects.filter(pk=agency_code).exists():
        raise Missing(_("Instansi ini tidak ditemukan."))
    if site_code is not None and not Site.objects.filter(pk=site_code).exists():
        raise Missing(_("Lokasi layanan ini tidak ditemukan."))
    _require_alone(user, role)
    held, _made = Membership.objects.get_or_create(
        user=user, role=role, agency_id=agency_code, active=True, defaults={"site_id": site_code}
    )
    return held


def _require_alone(user: User, role: str) -> None:
    """Who handles complaints has no other duty, under whichever of her accounts (Perpres 76/2013). One query.

    Two roles that are given at one moment are told apart by PostgreSQL (`Membership`).
    """
    person = Person.objects.filter(Q(user=user) | Q(staff_identities__user=user)).values("pk")
    hers = Q(user=user) | Q(user__identity__person__in=person) | Q(user__person__in=person)
    held = set(Membership.objects.filter(hers, active=True).values_list("role", flat=True))
    if role == Role.COMPLAINTS and held - {role}:
        raise Invalid({"role": [_("Akun ini memegang peran lain. Pengelola pengaduan tidak boleh merangkap tugas.")]})
    if role != Role.COMPLAINTS and Role.COMPLAINTS in held:
        raise Invalid({"role": [_("Akun ini pengelola pengaduan, yang tidak boleh merangkap tugas lain.")]})


@transaction.atomic
def revoke_membership(user: User, role: str, agency_code: str) -> Membership:
    """Take a role back, at once; the row stays as history.

    Raises:
        Missing: the user does not hold it.
    """
    held = (
        Membership.objects.select_for_update().filter(user=user, role=role, agency_id=agency_code, active=True).first()
    )
    if held is None:
        raise Missing(_("Peran ini tidak sedang dipegang."))
    held.active = False
    held.until = max(held.since, min(held.until or clock.today(), clock.today()))
    held.save(update_fields=["active", "until"])
    return held

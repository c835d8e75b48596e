"""The humans behind the accounts that work here."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Invalid, Refused
from agencies.models import Person, StaffIdentity, User
from agencies.queries import find_person_by_nik
from agencies.services.people import register_person, update_profile


@transaction.atomic
def record_identity(*, user: User, nik: str, kk: str = "", name: str = "", by: User) -> StaffIdentity:
    """Note who is behind an account, by the card that `by` has seen; a later card takes the place of the earlier.

    The person may be known already, as a citizen or under another account of hers.

    Raises:
        Refused: nobody says who she herself is.
        Invalid: the NIK or KK is none, or nobody of that NIK is known and there is no name.
    """
    if user.pk == by.pk:
        raise Refused(_("Identitas akun Anda sendiri dicatat administrator lain."))
    identity, _new = StaffIdentity.objects.update_or_create(
        user=user, defaults={"person": _person(nik, kk, name), "recorded_by": by, "recorded_at": clock.now()}
    )
    return identity


def _person(nik: str, kk: str, name: str) -> Person:
    if not nik.strip():
        raise Invalid({"nik": [_("Isi NIK sesuai KTP-el petugas.")]})
    found = find_person_by_nik(nik)
    if found is None:
        return register_person(name=name, nik=nik, kk=kk)
    return update_profile(person_id=found.pk, kk=kk) if kk.strip() else found

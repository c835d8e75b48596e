"""The only writers of the tables of `agencies`. Each function is one transaction."""

from agencies.queries import find_person_by_nik
from agencies.services.access import create_user, grant_membership, revoke_membership
from agencies.services.holidays import import_holidays, remove_holiday, set_holiday
from agencies.services.organisations import add_member, register_organisation
from agencies.services.people import check_ktp, register_person, update_profile

__all__ = [
    "add_member",
    "check_ktp",
    "create_user",
    "find_person_by_nik",
    "grant_membership",
    "import_holidays",
    "register_organisation",
    "register_person",
    "remove_holiday",
    "revoke_membership",
    "set_holiday",
    "update_profile",
]

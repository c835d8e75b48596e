"""The only writers of the tables of `agencies`. Each function is one transaction."""

from agencies.queries import find_person_by_nik
from agencies.services.access import create_user, grant_membership, revoke_membership
from agencies.services.holiday_file import read_holidays, write_holidays
from agencies.services.holidays import import_holidays, remove_holiday, set_holiday
from agencies.services.hours import remove_exception, set_exception, set_week
from agencies.services.identities import record_identity
from agencies.services.organisations import add_member, register_organisation
from agencies.services.people import check_ktp, register_person, update_profile
from agencies.services.signatories import appoint_signatory, end_signatory

__all__ = [
    "add_member",
    "appoint_signatory",
    "check_ktp",
    "create_user",
    "end_signatory",
    "find_person_by_nik",
    "grant_membership",
    "import_holidays",
    "read_holidays",
    "record_identity",
    "register_organisation",
    "register_person",
    "remove_exception",
    "remove_holiday",
    "revoke_membership",
    "set_exception",
    "set_holiday",
    "set_week",
    "update_profile",
    "write_holidays",
]

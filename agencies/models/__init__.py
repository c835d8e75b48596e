"""The tables of who, where and when."""

from agencies.choices import AgencyKind, AnswersBy, Capacity, HolidayKind, Lane, ProofLevel, RegionKind, Role, Sex
from agencies.models.access import Membership, User
from agencies.models.calendar import Holiday
from agencies.models.outlines import RegionOutline
from agencies.models.people import Organisation, OrganisationMember, Person, StaffIdentity
from agencies.models.places import Agency, OpeningException, OpeningHours, Region, Site
from agencies.models.signatories import Signatory

__all__ = [
    "Agency",
    "AgencyKind",
    "AnswersBy",
    "Capacity",
    "Holiday",
    "HolidayKind",
    "Lane",
    "Membership",
    "OpeningException",
    "OpeningHours",
    "Organisation",
    "OrganisationMember",
    "Person",
    "ProofLevel",
    "Region",
    "RegionKind",
    "RegionOutline",
    "Role",
    "Sex",
    "Signatory",
    "Site",
    "StaffIdentity",
    "User",
]

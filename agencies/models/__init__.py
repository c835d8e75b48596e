"""The tables of who, where and when."""

from agencies.models.access import Membership, Role, User
from agencies.models.calendar import Holiday, HolidayKind
from agencies.models.people import (
    Lane,
    Organisation,
    OrganisationMember,
    Person,
    ProofLevel,
    Sex,
)
from agencies.models.places import (
    Agency,
    AgencyKind,
    OpeningException,
    OpeningHours,
    Region,
    RegionKind,
    Site,
)

__all__ = [
    "Agency",
    "AgencyKind",
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
    "Role",
    "Sex",
    "Site",
    "User",
]

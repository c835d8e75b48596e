"""Who acts: a person with the rights she holds now, or a named part of the system."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from agencies.errors import Refused
from agencies.models import Person, User
from agencies.queries import memberships_of
from workflows.duties import bonds
from workflows.duties.bonds import Bonds


class ActorKind(StrEnum):
    USER = "user"
    SYSTEM = "system"
    GATEWAY = "gateway"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the memberships `(role, agency code)` read once."""

    kind: ActorKind
    name: str = ""
    user_id: UUID | None = None
    person_id: UUID | None = None
    memberships: frozenset[tuple[str, str]] = frozenset()
    organisations: frozenset[UUID] = frozenset()
    bonds: Bonds = bonds.NONE
    bound: frozenset[tuple[str, str, str]] = frozenset()
    """Roles that count at one site only: `(role, agency code, site code)`; all others count at every site."""

    @classmethod
    def of(cls, user: User) -> "Actor":
        """The person behind a log-in, with rights as they are at this moment. Two queries, three for staff."""
        held = memberships_of(user)
        persons = list(Person.objects.filter(user=user).values_list("pk", "organisation_links__organisation_id"))
        return cls(
            kind=ActorKind.USER,
            user_id=user.pk,
            person_id=persons[0][0] if persons else None,
            memberships=frozenset((one.role, one.agency_code) for one in held),
            organisations=frozenset({link for _person, link in persons} - {None}),
            bonds=bonds.bonds_of([user])[user.pk] if held else bonds.NONE,
            bound=frozenset((one.role, one.agency_code, one.site_code) for one in held if one.site_code),
        )

    @classmethod
    def system(cls, name: str) -> "Actor":
        """A part of the mall itself, such as the sweeper."""
        return cls(kind=ActorKind.SYSTEM, name=name)

    @classmethod
    def gateway(cls, name: str) -> "Actor":
        """An outside system whose signed message we accepted, such as a payment gateway."""
        return cls(kind=ActorKind.GATEWAY, name=name)

    def signing(self) -> UUID:
        """The user who answers for an act; `Refused` where no person acts."""
        if self.user_id is None:
            raise Refused
        return self.user_id

    def has(self, role: str, agency: str) -> bool:
        """Does this actor hold the role at that agency?"""
        return (role, agency) in self.memberships

    def agencies(self, *roles: str) -> frozenset[str]:
        """The agencies where this actor holds one of the roles."""
        return frozenset(agency for role, agency in self.memberships if role in roles)

    def agencies_at(self, site: str, *roles: str) -> frozenset[str]:
        """The agencies where this actor holds one of the roles at that site."""
        elsewhere = {(role, agency) for role, agency, where in self.bound if where != site}
        return frozenset(agency for role, agency in self.memberships - elsewhere if role in roles)

    @property
    def human(self) -> UUID | None:
        """Whom a duty binds: the person behind the account where she is known, else the account itself."""
        return self.bonds.human or self.user_id

    def is_also(self, user_id: UUID | None) -> bool:
        """Is that account hers too? Two signatures must come from two people, not from two log-ins."""
        return user_id is not None and (user_id == self.user_id or user_id in self.bonds.accounts)

    @property
    def is_staff(self) -> bool:
        """Does this actor work here, in any role?"""
        return bool(self.memberships)

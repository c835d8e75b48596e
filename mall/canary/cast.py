"""Who plays in a scripted walk. The canary's actors are real rows in its lane, who can never log in."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from agencies.models import Capacity, Lane, Organisation, Person, Role, User
from agencies.queries import signatory_of
from agencies.services import add_member, appoint_signatory, register_organisation, register_person
from workflows.actors import Actor, ActorKind
from workflows.definition.model import ApplicantKind, Authority, Definition

DOMAIN = "uji.invalid"
NIK = "3510161708850003"
NIB = "9120000000007"


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies, and for which organisation."""

    actor: Actor
    person_id: UUID
    organisation_id: UUID | None = None


class Cast(Protocol):
    """The players of a walk. `papers` remembers each applicant's sample paper."""

    papers: dict[UUID, UUID]

    def applicant(self, definition: Definition) -> Applicant:
        """Somebody who may apply for this service."""

    def player(self, role: str, agency: str, number: int = 1) -> Actor:
        """Somebody with this role at this agency; `number` tells colleagues apart."""


def checker(cast: Cast, definition: Definition) -> Actor:
    """Who checks the papers of this service."""
    role = Role.VERIFIER if definition.authority is Authority.MALL else Role.OFFICER
    return cast.player(role, definition.agency)


def decider(cast: Cast, definition: Definition, level: int = 1) -> Actor:
    """Who decides on this service: never the one who checked, save in a same-visit service."""
    if definition.same_visit:
        return cast.player(Role.OFFICER, definition.agency)
    if definition.authority is Authority.AGENCY:
        return cast.player(Role.OFFICER, definition.agency, level + 1)
    return cast.player(Role.APPROVER, definition.agency, level)


class CanaryCast:
    """The canary's own people."""

    def __init__(self) -> None:
        """Nothing is in the vault yet."""
        self.papers: dict[UUID, UUID] = {}

    def player(self, role: str, agency: str, number: int = 1) -> Actor:
        """An inactive user, given the role for this walk only."""
        name = f"canary-{role}-{agency}-{number}".lower()
        user, _new = User.objects.get_or_create(email=f"{name}@{DOMAIN}", defaults={"is_active": False, "name": name})
        if role == Role.APPROVER and signatory_of(user.pk, agency) is None:
            appoint_signatory(user, agency, capacity=Capacity.OWN, title="Pejabat Uji Jalan")
        return Actor(ActorKind.USER, user_id=user.pk, memberships=frozenset({(role, agency)}))

    def applicant(self, definition: Definition) -> Applicant:
        """The canary person, with her business where the service asks for one."""
        person = Person.objects.filter(lane=Lane.CANARY).order_by("created_at").first() or register_person(
            name="Pemohon Uji Jalan", nik=NIK, lane=Lane.CANARY
        )
        user, _new = User.objects.get_or_create(email=f"canary-applicant@{DOMAIN}", defaults={"is_active": False})
        if definition.applicant is not ApplicantKind.BUSINESS:
            return Applicant(Actor(ActorKind.USER, user_id=user.pk, person_id=person.pk), person.pk)
        business = _business(person)
        actor = Actor(ActorKind.USER, user_id=user.pk, person_id=person.pk, organisations=frozenset({business.pk}))
        return Applicant(actor, person.pk, business.pk)


def _business(person: Person) -> Organisation:
    found = Organisation.objects.filter(lane=Lane.CANARY).first()
    if found is None:
        found = register_organisation(name="CV Uji Jalan", nib=NIB, lane=Lane.CANARY)
        add_member(person_id=person.pk, organisation_id=found.pk)
    return found

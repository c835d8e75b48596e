"""Scripts that drive real cases through the services, with staff and citizens of the tests."""

from dataclasses import dataclass, field
from uuid import UUID

from agencies.ids import new_id
from agencies.models import Person, User
from agencies.services import add_member
from mall.canary.cast import Applicant
from mall.canary.script import Script
from tests.factories import make_organisation, make_person, make_user
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.definition.model import ApplicantKind, Definition
from workflows.definition.queries import version_for_new_case


@dataclass
class TestCast:
    """Players with real memberships; each (role, agency, number) is one person."""

    __test__ = False
    users: dict[tuple[str, str, int], User] = field(default_factory=dict)
    people: dict[bool, Applicant] = field(default_factory=dict)
    papers: dict[UUID, UUID] = field(default_factory=dict)

    def user(self, role: str, agency: str, number: int = 1) -> User:
        """The account of a player."""
        key = (str(role), agency, number)
        if key not in self.users:
            self.users[key] = make_user(roles=[(str(role), agency)])
        return self.users[key]

    def player(self, role: str, agency: str, number: int = 1) -> Actor:
        """The player, with her rights as they are now."""
        return Actor.of(self.user(role, agency, number))

    def applicant(self, definition: Definition) -> Applicant:
        """One citizen, with a business when the service wants one."""
        business = definition.applicant is ApplicantKind.BUSINESS
        if business not in self.people:
            self.people[business] = make_applicant(business=business)
        return self.people[business]


def make_applicant(*, business: bool = False) -> Applicant:
    """A citizen with an account."""
    user = make_user()
    person = make_person(user=user)
    organisation: UUID | None = None
    if business:
        made = make_organisation()
        add_member(person_id=person.pk, organisation_id=made.pk)
        organisation = made.pk
    return Applicant(Actor.of(user), person.pk, organisation)


class EngineScript(Script):
    """A script whose papers are ids only: the engine names files and never opens them."""

    def _paper(self) -> UUID:
        return new_id()


def script_for(code: str, cast: TestCast | None = None) -> EngineScript:
    """A script of one service, nothing played yet."""
    return EngineScript(version_for_new_case(code).definition, cast or TestCast())


def played(code: str, *parts: str, cast: TestCast | None = None) -> EngineScript:
    """A script with these parts played, e.g. `played("DPMPTSP-SIP-DOKTER", *INTAKE, "verify")`."""
    script = script_for(code, cast)
    for part in parts:
        script.play(getattr(script, part))
    return script


INTAKE = ("open", "answer", "attach", "submit")
CHECKED = (*INTAKE, "verify")
ADVISED = (*CHECKED, "recommend", "inspect")
DECIDED = (*ADVISED, "decide")


def fresh(case_id: UUID) -> Case:
    """The case as it stands in the database."""
    return Case.objects.get(pk=case_id)


def person_of(actor: Actor) -> Person:
    """The person behind an applicant."""
    return Person.objects.get(pk=actor.person_id)

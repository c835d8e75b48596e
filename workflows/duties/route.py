"""The parts of a service's route and whose they are, told by its definition alone.

Every part is another person's: `Duty` is unique on case and human. So a case needs as many people as its
longest route has parts, and no role, held alone or together with others, lets one person play two of them.
"""

from dataclasses import dataclass

from agencies.models import Role
from workflows.cases.models import Duty
from workflows.definition.model import Authority, Definition

ANYWHERE = "*"
"""At whatever agency: the counters of the mall take in for all."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its duty, and the memberships `(role, agency)` of which one is enough."""

    duty: Duty.Kind
    open_to: frozenset[tuple[str, str]]

    def fits(self, role: str, agency: str) -> bool:
        """May somebody with this membership play it?"""
        return (role, agency) in self.open_to or (role, ANYWHERE) in self.open_to


def parts(definition: Definition, *, counter: bool = True) -> list[Part]:
    """The parts in order: received at the counter, checked, advised on by each agency, decided at each level.

    In a same-visit service the ticket is the intake, and the serving officer decides.
    """
    agency = definition.agency
    if definition.same_visit:
        return [_part(Duty.Kind.APPROVER, (Role.OFFICER, agency))]
    mall = definition.authority is Authority.MALL
    deciding = [(Role.APPROVER, agency)] if mall else [(Role.APPROVER, agency), (Role.OFFICER, agency)]
    return [
        *([_part(Duty.Kind.INTAKE, (Role.CLERK, ANYWHERE), (Role.OFFICER, ANYWHERE))] if counter else []),
        _part(Duty.Kind.VERIFIER, (Role.VERIFIER if mall else Role.OFFICER, agency)),
        *(_part(Duty.Kind.RECOMMENDER, (Role.OFFICER, one.agency)) for one in definition.recommenders),
        *(_part(Duty.Kind.APPROVER, *deciding) for _level in range(definition.decision_levels)),
    ]


def _part(duty: Duty.Kind, *open_to: tuple[str, str]) -> Part:
    return Part(duty, frozenset((str(role), agency) for role, agency in open_to))

"""No definition lets one person hold two duties: proved over all of them, from the definition and the questions."""

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from agencies.models import Lane, Role
from mall.demo.people import staff_of
from tests.catalogue import SERVICES
from tests.definitions import AGENCIES
from workflows import permissions
from workflows.actors import Actor, ActorKind
from workflows.cases.models import Duty
from workflows.definition.model import Authority, Definition
from workflows.duties.order import DUTY_IN
from workflows.duties.route import Part, parts

DEFINITIONS = tuple(SERVICES.values())
IDS = [one.code for one in DEFINITIONS]


def holder(role: str, agency: str) -> Actor:
    """Somebody with one membership and no ties."""
    return Actor(ActorKind.USER, user_id=None, memberships=frozenset({(role, agency)}))


def case_of(definition: Definition) -> Any:
    """As much of a case as the questions look at."""
    applicant = SimpleNamespace(nik_index="x", kk_index="y")
    return SimpleNamespace(
        definition=definition,
        agency_id=definition.agency,
        applicant_id="a",
        organisation_id=None,
        applicant=applicant,
        opened_by_id=None,
        channel="online",
        state="submitted",
        lane=Lane.REAL,
    )


def may(part: Part, role: str, agency: str, definition: Definition) -> bool:
    """What the permission table says of this part, asked with the question that its service asks."""
    who, case = holder(role, agency), case_of(definition)
    if part.duty is Duty.Kind.INTAKE:
        return bool(permissions.may_open(who, own=False))
    if part.duty is Duty.Kind.VERIFIER:
        return bool(permissions.may_verify(who, case))
    if part.duty is Duty.Kind.APPROVER:
        same = definition.same_visit
        return bool(permissions.may_serve(who, case)) if same else bool(permissions.may_decide(who, case))
    asked = [one for one in definition.recommenders if (str(Role.OFFICER), one.agency) in part.open_to]
    return any(permissions.may_recommend(who, SimpleNamespace(agency_id=one.agency), case) for one in asked)  # type: ignore[arg-type]


def memberships(definition: Definition) -> Iterable[tuple[str, str]]:
    """Every role at every agency that has to do with the service, and at one that has not."""
    agencies = {definition.agency, "DPMPTSP", "DISHUB", *(one.agency for one in definition.recommenders)}
    return [(str(role), agency) for role in Role for agency in sorted(agencies)]


@pytest.mark.parametrize("definition", DEFINITIONS, ids=IDS)
def test_parts_are_open_to_exactly_those_whom_the_permission_table_lets(definition: Definition) -> None:
    for part in parts(definition):
        for role, agency in memberships(definition):
            assert part.fits(role, agency) == may(part, role, agency, definition), (part.duty, role, agency)


@pytest.mark.parametrize("definition", DEFINITIONS, ids=IDS)
def test_m21_every_part_is_a_duty_of_its_own_so_that_each_needs_another_person(definition: Definition) -> None:
    route = parts(definition)
    if definition.same_visit:
        assert len(route) == 1
        return
    several = [one.duty for one in route if one.duty in (Duty.Kind.RECOMMENDER, Duty.Kind.APPROVER)]
    single = [one.duty for one in route if one.duty not in several]
    assert len(single) == len(set(single)) == 2
    # One human has one row a case: two recommenders or two levels are two rows of one kind, never of one human.
    assert len(route) == 2 + len(definition.recommenders) + definition.decision_levels
    assert len({one.agency for one in definition.recommenders}) == len(definition.recommenders)
    assert set(DUTY_IN.values()) | {Duty.Kind.INTAKE} >= {one.duty for one in route}


def seats(route: Sequence[Part], people: Sequence[frozenset[tuple[str, str]]]) -> int:
    """How many parts can be given to different people (augmenting paths)."""
    given: dict[int, int] = {}

    def place(part: int, tried: set[int]) -> bool:
        for who, held in enumerate(people):
            if who in tried or not any(route[part].fits(role, agency) for role, agency in held):
                continue
            tried.add(who)
            if who not in given or place(given[who], tried):
                given[who] = part
                return True
        return False

    return sum(place(part, set()) for part in range(len(route)))


@pytest.mark.parametrize("definition", DEFINITIONS, ids=IDS)
def test_staff_of_the_demo_fill_every_part_and_one_person_too_few_does_not(definition: Definition) -> None:
    route = parts(definition)
    people = [frozenset({(str(role), agency)}) for _name, role, agency, _label in staff_of(AGENCIES)]
    assert seats(route, people) == len(route)
    everything = frozenset((str(role), agency) for role, agency in memberships(definition))
    assert seats(route, [everything] * (len(route) - 1)) == len(route) - 1


def test_m04_agency_decides_and_the_mall_does_not() -> None:
    for definition in DEFINITIONS:
        if definition.authority is Authority.AGENCY and definition.agency != permissions.MALL:
            case = case_of(definition)
            assert not permissions.may_decide(holder(Role.APPROVER, permissions.MALL), case)
            assert permissions.may_decide(holder(Role.APPROVER, definition.agency), case)

"""What the permission world knows of the satisfaction survey."""

from agencies import clock
from mall.voice.satisfaction import services
from mall.voice.satisfaction.elements import elements
from tests.security.things import Thing, World
from workflows.cases.rating import rating_code


def rating(issued: Thing) -> Thing:
    """A closed case that waits to be rated; whoever holds its code may."""
    assert issued.case_id
    services.invite(issued.case_id, clock.today())
    return Thing({"rating": rating_code(issued.case_id)})


def answers(_world: World, _thing: Thing) -> dict[str, str]:
    """The form, filled in."""
    return {one.code: "3" for one in elements()}

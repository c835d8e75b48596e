"""What the permission world knows of the satisfaction survey."""

from agencies import clock
from mall.voice.satisfaction import services
from mall.voice.satisfaction.elements import elements
from mall.voice.satisfaction.published.columns import MEASURES
from mall.voice.satisfaction.published.declared import SERVICES
from tests.publishing import frozen
from tests.security.things import Thing, World
from workflows.cases.rating import rating_code


def rating(issued: Thing) -> Thing:
    """A closed case that waits to be rated; whoever holds its code may."""
    assert issued.case_id
    services.invite(issued.case_id, clock.today())
    return Thing({"rating": rating_code(issued.case_id)})


def half() -> Thing:
    """Half a year of the survey that was published, with one agency."""
    cells = {one.code: {"value": 40, "suppressed": False} for one in MEASURES}
    dims = [{"agency": code, "service": ""} for code in ("", "DINKES")]
    frozen(SERVICES, "2026-S1", *({"dims": one, "cells": cells} for one in dims))
    return Thing({"half": "2026-S1", "agency": "DINKES"})


def answers(_world: World, _thing: Thing) -> dict[str, str]:
    """The form, filled in."""
    return {one.code: "3" for one in elements()}

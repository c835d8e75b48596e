"""What the permission world knows of the satisfaction survey."""

from agencies import clock
from mall.releases import printing
from mall.releases.models import Print
from mall.voice.satisfaction import services
from mall.voice.satisfaction.elements import elements
from mall.voice.satisfaction.published import yearly
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


def year() -> Thing:
    """A year of which both halves are public, with its report."""
    halves = [frozen(SERVICES, f"2025-{half}") for half in ("S1", "S2")]
    made = {"name": yearly.name_of(2025), "source": printing.source_of(*halves), "sha256": "1" * 64}
    Print.objects.create(**made, content=b"%PDF-1.7", made_at=clock.now())
    return Thing({"calendar": 2025})


def answers(_world: World, _thing: Thing) -> dict[str, str]:
    """The form, filled in."""
    return {one.code: "3" for one in elements()}

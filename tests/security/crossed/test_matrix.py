"""Every address x method x visitor x thing, as `matrix/*.toml` says."""

import pytest

from tests.long import LONG
from tests.security import table
from tests.security.crossing import Crossing
from tests.security.endpoints import endpoints
from tests.security.overview import PAGE, render
from tests.security.table import Outcome, Row

pytestmark = pytest.mark.django_db
ROWS = table.rows()


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert sorted(set(endpoints()) ^ set(table.listed())) == []


NAMES = [f"{row.name}-{'-'.join(row.methods)}-{row.body}".rstrip("-") for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_visitors_get_what_the_table_says(crossing: Crossing, row: Row) -> None:
    assert faults(crossing, row, whole=False) == ""


@pytest.mark.long
@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_visitors_outside_the_door_get_nothing_of_any_thing(crossing: Crossing, row: Row) -> None:
    assert faults(crossing, row, whole=True) == ""


def faults(crossing: Crossing, row: Row, *, whole: bool) -> str:
    """What was not as the table says, a line each."""
    return "\n".join(told for cell in table.cells(row, whole=whole) for told in crossing.cross(cell))


@pytest.mark.parametrize("name", sorted(endpoints()))
def test_methods_without_a_row_are_refused(crossing: Crossing, name: str) -> None:
    mine = [cell for row in ROWS if row.name == name for cell in table.cells(row)]
    cell = next((one for one in mine if one.outcome is Outcome.ALLOW), mine[0])
    others = sorted({*table.METHODS, "OPTIONS", "TRACE"} - table.listed()[name])
    every = 1 if LONG else min(4, len(others))
    asked = [method for place, method in enumerate(others) if table.in_turn(name, place, every)]
    assert asked
    answers = {method: crossing.probe(cell, method) for method in asked}
    assert set(answers.values()) <= {405, 404 if name == "api:nowhere" else 405}


def test_page_for_people_says_what_the_table_says() -> None:
    assert PAGE.read_text("utf-8") == render()

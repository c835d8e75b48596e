"""Every door by which somebody could take a part in a case: addresses, words of the API, functions, commands, tasks.

Each is listed with the part it takes, or as one that takes none. A new one that is not listed fails, and what takes a
part is tried by somebody who has another part already.
"""

import ast
import importlib
import inspect
from collections.abc import Iterator
from functools import cache

import pytest
from django.core.management import get_commands

from mall.api.actions import ACTIONS, SUBMIT
from mall.celery import app
from tests.security import table
from tests.security.calling import ROWS, SAID, attempt
from tests.security.crossing import Crossing
from tests.security.endpoints import endpoints
from tests.security.table import Cell, Outcome
from workflows.cases.models import Duty

pytestmark = pytest.mark.django_db
DUTIES = table.read("duties")
TAKERS = ("take_duty", "take_turn")
OURS = ("agencies", "workflows", "documents", "notifications", "mall")


def listed(kind: str) -> set[str]:
    """What the table says of this kind of door, with a part or without."""
    said = DUTIES[kind]
    return set(said["none"]) | {name for duty, names in said.items() if duty != "none" for name in names}


def taking(kind: str) -> list[tuple[str, str]]:
    """The doors that take a part, each with it."""
    return [(duty, name) for duty, names in DUTIES[kind].items() if duty != "none" for name in names]


def test_every_address_that_can_be_posted_to_says_which_part_it_takes() -> None:
    posting = {name for name, methods in table.listed().items() if "POST" in methods}
    staffed = {name for name in posting & set(endpoints()) if name.startswith(("desk:", "counter:"))}
    assert listed("pages") ^ staffed == set()


def test_every_word_of_the_api_says_which_part_it_takes() -> None:
    assert listed("words") ^ {SUBMIT, *ACTIONS} == set()


def test_every_command_and_task_of_ours_is_listed() -> None:
    assert listed("commands") ^ {name for name, home in get_commands().items() if home.split(".")[0] in OURS} == set()
    app.loader.import_default_modules()
    assert listed("tasks") ^ {name for name in app.tasks if not name.startswith("celery.")} == set()


@cache
def calls_in(module: str) -> dict[str, set[str]]:
    """The names that each function of a module calls."""
    tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    return {
        one.name: {
            called.func.attr if isinstance(called.func, ast.Attribute) else getattr(called.func, "id", "")
            for called in ast.walk(one)
            if isinstance(called, ast.Call)
        }
        for one in ast.walk(tree)
        if isinstance(one, ast.FunctionDef)
    }


def takes_a_part(module: str, name: str, seen: frozenset[str] = frozenset()) -> bool:
    """Does the function, or one of its own module that it calls, take a duty?"""
    called = calls_in(module).get(name, set())
    inner = called & set(calls_in(module)) - seen - {name}
    return bool(called & set(TAKERS)) or any(takes_a_part(module, one, seen | {name}) for one in inner)


def test_every_function_that_takes_a_duty_is_listed_and_no_other() -> None:
    found = {row["name"] for row in ROWS if takes_a_part(*row["name"].rsplit(".", 1))}
    assert found | set(DUTIES["through"]) == {name for _duty, name in taking("functions")}


def others(duty: str) -> Iterator[tuple[str, str]]:
    """Visitors of the matrix with another part in a thing: who checked does not decide, nor the other way round."""
    if duty != Duty.Kind.VERIFIER:
        yield from (("checker", "deciding"), ("fieldchecker", "agency_deciding"))


PAGES = [(duty, name) for duty, name in taking("pages") if duty == "approver"]
WORDS = [(duty, name) for duty, name in taking("words") if duty == "approver"]


@pytest.mark.parametrize(("duty", "name"), PAGES, ids=[name for _duty, name in PAGES])
def test_m21_page_that_decides_is_closed_to_who_checked(crossing: Crossing, duty: str, name: str) -> None:
    for visitor, thing in others(duty):
        cell = Cell(name, "POST", "", thing, visitor, Outcome.REFUSED, 302)
        assert crossing.cross(cell) == []


@pytest.mark.parametrize(("duty", "name"), WORDS, ids=[name for _duty, name in WORDS])
def test_m21_word_of_the_api_that_decides_is_closed_to_who_checked(crossing: Crossing, duty: str, name: str) -> None:
    for visitor, thing in others(duty):
        cell = Cell("api:transitions", "POST", name, thing, visitor, Outcome.REFUSED, 200)
        assert crossing.cross(cell) == []


FUNCTIONS = [(duty, name) for duty, name in taking("functions") if duty == "approver"]


@pytest.mark.parametrize(("duty", "name"), FUNCTIONS, ids=[name for _duty, name in FUNCTIONS])
def test_m21_function_that_decides_is_closed_to_who_checked(crossing: Crossing, duty: str, name: str) -> None:
    row = next(one for one in ROWS if one["name"] == name)
    for visitor, thing in others(duty):
        actor = crossing.world.people.actor(visitor)
        assert attempt(crossing, row, thing, actor, may=False) == ""


def test_table_names_only_duties_that_exist() -> None:
    parts = {duty for kind in ("pages", "words", "functions") for duty, _name in taking(kind)}
    assert parts <= set(Duty.Kind.values)
    assert SAID["service"]

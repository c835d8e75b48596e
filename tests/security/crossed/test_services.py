"""Every service function x actor x thing, and every transition, as `matrix/services.toml` says."""

import importlib
import inspect
import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django_fsm import FSMField
from django_fsm.signals import post_transition  # noqa: TID251 - watched, not acted upon

from agencies import clock
from mall.celery import app
from mall.voice.complaints.services import sweep as complaint_sweep
from tests.security import table
from tests.security.calling import MACHINES, ROWS, SAID, UNASKED, actor_of, attempt, faults, function, key, misanswered
from tests.security.crossing import Crossing
from workflows.actors import Actor
from workflows.clock import sweep as clock_sweep
from workflows.permits import sweep as permit_sweep

pytestmark = pytest.mark.django_db
SWEEPS = (clock_sweep.__name__, permit_sweep.__name__)


def functions() -> Iterator[str]:
    """Every public function of a `services` module, and those of the sweeps, by its full name."""
    for package in ("agencies", "workflows", "documents", "notifications", "mall"):
        home = importlib.import_module(package)
        for found in pkgutil.walk_packages(home.__path__, f"{package}."):
            named = "services" in found.name.split(".") and not found.name.startswith("mall.api.")
            if named or found.name in SWEEPS:
                yield from _public(importlib.import_module(found.name))


def _public(module: Any) -> Iterator[str]:
    named = getattr(module, "__all__", ())
    for name, one in vars(module).items():
        own = getattr(one, "__module__", "") == module.__name__ or name in named
        if inspect.isfunction(one) and own and not name.startswith("_") and "queries" not in one.__module__:
            yield f"{one.__module__}.{one.__name__}"


def test_every_service_function_has_a_row_or_says_who_has_asked() -> None:
    known = {row["name"] for row in ROWS} | set(UNASKED)
    assert set(functions()) ^ known == set()


def test_functions_that_take_an_actor_are_not_among_the_unasked() -> None:
    taking = {name for name in UNASKED if takes_actor(name)}
    assert taking == {"workflows.trail.services.record"}


def takes_actor(name: str) -> bool:
    """Does the function want to know who acts?"""
    asked = inspect.signature(function(name)).parameters.get("by")
    return asked is not None and asked.annotation is Actor


def test_questions_about_a_person_alone_are_answered_as_the_table_says(crossing: Crossing) -> None:
    assert list(misanswered(crossing)) == []


@pytest.mark.parametrize("row", ROWS, ids=key)
def test_actors_may_what_the_table_says(crossing: Crossing, row: dict[str, Any]) -> None:
    assert "\n".join(told for thing in row["yes"] for told in faults(crossing, row, thing, whole=False)) == ""


@pytest.mark.long
@pytest.mark.parametrize("row", ROWS, ids=key)
def test_nobody_else_may_anything_of_the_table(crossing: Crossing, row: dict[str, Any]) -> None:
    assert "\n".join(told for thing in row["yes"] for told in faults(crossing, row, thing, whole=True)) == ""


@contextmanager
def watched() -> Iterator[set[str]]:
    """The transitions that happen meanwhile, as `Case.submit`."""
    seen: set[str] = set()

    def note(sender: Any, name: str, **_more: Any) -> None:
        seen.add(f"{sender.__name__}.{name}")

    post_transition.connect(note)
    try:
        yield seen
    finally:
        post_transition.disconnect(note)


def machines() -> Iterator[str]:
    """Every transition that any model declares."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FSMField):
                yield from (f"{model.__name__}.{one.name}" for one in field.get_all_transitions(model))


def test_every_transition_has_a_row() -> None:
    assert set(machines()) == set(SAID["transitions"])


def test_transitions_are_performed_by_the_functions_of_their_rows_and_by_no_other(crossing: Crossing) -> None:
    performed: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        with watched() as seen:
            for thing, words in row["yes"].items():
                for name in [word for word in words.split() if word in MACHINES] or sorted(table.members(words))[:1]:
                    assert attempt(crossing, row, thing, actor_of(crossing, name), may=True) == ""
        for one in seen:
            performed[one].add(".".join(row["name"].split(".")[-2:]))
    for one in passed_time():
        performed[one].add("time")
    assert {name: set(words.split()) for name, words in SAID["transitions"].items() if words} == performed


def passed_time() -> set[str]:
    """What the sweep does day by day, and when a year has gone by."""
    point = transaction.savepoint()
    with watched() as seen:
        for days in (*range(1, 12), 300):
            with clock.pretend(clock.now() + timedelta(days=days)):
                clock_sweep.sweep()
                permit_sweep.sweep()
                complaint_sweep.sweep()
    transaction.savepoint_rollback(point)
    return seen


def test_no_task_carries_anything_of_a_person() -> None:
    app.loader.import_default_modules()
    ours = {name: inspect.signature(task.run).parameters for name, task in app.tasks.items() if "celery." not in name}
    assert {name: set(asked) for name, asked in ours.items() if asked} == {"trail.drain": {"queue"}}
    assert len(ours) > 5

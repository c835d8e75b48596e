"""Take one lock away at a time: the matrix must notice every one. Slow; run by `bin/test --long`."""

import inspect
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

import pytest

from mall.doors import Door
from tests.security import calling, table
from tests.security.crossing import Crossing
from tests.security.endpoints import endpoints
from tests.security.oracle import Oracle
from workflows import permissions
from workflows.cases import queries

pytestmark = [pytest.mark.django_db, pytest.mark.long]
QUESTIONS = sorted(
    name for name, one in vars(permissions).items() if name.startswith("may_") and inspect.isfunction(one)
)


def door_of(name: str) -> Door | None:
    """The door of an address, where it is ours."""
    view = endpoints()[name].view
    found = getattr(getattr(view, "cls", view), "door", None)
    return found if isinstance(found, Door) else None


CLOSED = sorted(name for name in endpoints() if (door := door_of(name)) and not door.public)


def mutate(patch: pytest.MonkeyPatch, victim: Callable[..., Any], other: FunctionType) -> None:
    """Let a function do something else, however it was imported. Names are looked up in its own module."""
    patch.setattr(victim, "__defaults__", None)
    patch.setattr(victim, "__kwdefaults__", None)
    patch.setattr(victim, "__code__", other.__code__)


def yes(*_args: Any, **_more: Any) -> Any:
    """Whoever asks, and for whatever."""
    return YES  # type: ignore[name-defined]  # noqa: F821 - of the module of the question


def always(*_args: Any, **_more: Any) -> bool:
    """So it is."""
    return True


def everything(_actor: Any) -> Any:
    """Every case, for anybody."""
    return Case.objects.all()  # type: ignore[name-defined]  # noqa: F821 - of the module of the query


def noticed(crossing: Crossing) -> Iterator[str]:
    """What the matrix complains of, the quick parts first."""
    yield from calling.misanswered(crossing)
    yield from misread(crossing)
    for row in calling.ROWS:
        for thing in row["yes"]:
            yield from calling.faults(crossing, row, thing, whole=True)
    for one in table.rows():
        for cell in table.cells(one, whole=False):
            yield from crossing.cross(cell)


def misread(crossing: Crossing) -> Iterator[str]:
    """Cases that somebody may open and plain SQL says otherwise."""
    cases = list(queries.Case.objects.select_related("service_version"))
    for name, visitor in crossing.world.people.visitors.items():
        known, actor = Oracle(visitor).ids("visible"), visitor.actor
        listed = {str(pk) for pk in queries.visible_to(actor).values_list("pk", flat=True)}
        opened = {str(case.pk) for case in cases if queries.may_open(actor, case)}
        if listed != known or opened != known:
            yield f"{name} reads other cases than she may"


def test_matrix_has_nothing_to_complain_of_when_every_lock_holds(crossing: Crossing) -> None:
    assert list(calling.misanswered(crossing)) == []
    assert list(misread(crossing)) == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_question_that_always_says_yes_is_noticed(
    crossing: Crossing, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    mutate(monkeypatch, getattr(permissions, question), yes)  # type: ignore[arg-type]
    assert next(noticed(crossing), "")


@pytest.mark.parametrize(
    ("module", "name", "other"),
    [
        (permissions, "not_own_business", yes),
        (permissions, "is_deciding_staff", always),
        (permissions, "is_own", always),
        (queries, "visible_to", everything),
    ],
)
def test_lock_behind_the_questions_that_is_off_is_noticed(
    crossing: Crossing, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, other: Any
) -> None:
    mutate(monkeypatch, getattr(module, name), other)
    assert next(noticed(crossing), "")


@pytest.mark.parametrize("name", CLOSED)
def test_door_that_stands_open_is_noticed(crossing: Crossing, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    view = endpoints()[name].view
    monkeypatch.setattr(getattr(view, "cls", view), "door", Door(public=True))
    mine = (cell for row in table.rows() if row.name == name for cell in table.cells(row))
    assert next((told for cell in mine for told in crossing.cross(cell)), "")

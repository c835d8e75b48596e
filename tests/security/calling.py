"""One actor calls one service function on one thing: compare with the table, and undo whatever it did."""

import importlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction

from agencies import clock
from agencies.errors import Missing, Refused
from tests.security import table
from tests.security.calls import SAY
from tests.security.crossing import Crossing, fingerprint, writes
from workflows import permissions
from workflows.actors import Actor

SAID = table.read("services")
PARTS = [table.read(name) for name in table.URL_FILES]
"""A part may keep the rows of its services beside those of its addresses."""
ROWS = [*SAID["service"], *(row for part in PARTS for row in part.get("service", []))]
UNASKED = {name: why for part in (SAID, *PARTS) for name, why in part.get("unasked", {}).items()}
MACHINES = {"machine": Actor.system("sweeper"), "gateway": Actor.gateway("simulator")}
ERRORS = {"Missing": Missing, "Refused": Refused, "RefusedOrMissing": (Missing, Refused)}
"""The last: outside the inspectorate 403, inside it nobody learns of what she has a tie to."""


def key(row: dict[str, Any]) -> str:
    """A row by name."""
    return f"{row['name']} {row.get('what', '')}".strip()


def function(name: str) -> Callable[..., Any]:
    """A function by its full name."""
    module, _dot, attribute = name.rpartition(".")
    found: Callable[..., Any] = getattr(importlib.import_module(module), attribute)
    return found


def named(words: str) -> frozenset[str]:
    """The visitors and machines that an expression names."""
    alive = " ".join(word for word in words.split() if word not in MACHINES)
    return table.members(alive) | (set(words.split()) & set(MACHINES))


def everybody() -> list[str]:
    """The name of every visitor, and of every machine."""
    return [*table.people(), *MACHINES]


def actor_of(crossing: Crossing, name: str) -> Actor:
    """One of them, with the rights of this moment."""
    return MACHINES.get(name) or crossing.world.people.actor(name)


def misanswered(crossing: Crossing) -> Iterator[str]:
    """Questions that are asked of a person alone, and that say yes or no to the wrong ones."""
    for name, words in SAID["questions"].items():
        yes = {one for one in everybody() if getattr(permissions, name)(actor_of(crossing, one))}
        yield from (f"{name} of {one}" for one in sorted(yes ^ named(words)))


def faults(crossing: Crossing, row: dict[str, Any], thing: str, *, whole: bool) -> Iterator[str]:
    """Actors call the function on the thing; what was not as the row says. Unless `whole`, some of them call."""
    assert crossing.before
    may, held = named(row["yes"][thing]), named(row.get("held", {}).get(thing, ""))
    what = f"{key(row)} {thing}"
    every = -(-len(may) // (table.MOST if thing == next(iter(row["yes"])) else 1))
    asked = {one for place, one in enumerate(sorted(may)) if table.in_turn(what, place, every)}
    for place, name in enumerate(everybody()):
        denied = name not in may and (name in held or table.in_turn(what, place, 16))
        if not (whole or denied or name in asked):
            continue
        told = attempt(crossing, row, thing, actor_of(crossing, name), name in may)
        if name in held:
            told = "" if told.startswith("ended in Conflict") else told or "was not told who has it"
        if told:
            yield f"{name} {key(row)} {thing}: {told}"


def attempt(crossing: Crossing, row: dict[str, Any], thing: str, actor: Actor, may: bool) -> str:
    """One call; nothing when it ended as it must. Everything it did is undone."""
    point = transaction.savepoint()
    written = writes()
    try:
        with clock.pretend(clock.now() + timedelta(days=row.get("days", 0))):
            said = SAY[row["name"]](crossing.world, crossing.world.things.get(thing, crossing.nowhere), actor)
            function(row["name"])(by=actor, **said)
    except ERRORS[row["no"]]:
        if may:
            return "was refused"
        return "changed the database" if writes() != written and fingerprint() != crossing.before else ""
    except Exception as error:  # noqa: BLE001 - any other end is a fault of the cell
        return f"ended in {type(error).__name__}: {error}"
    else:
        if not may:
            return "was let in"
        return "" if writes() != written or row.get("idle") else "wrote nothing"
    finally:
        transaction.savepoint_rollback(point)

"""The permission matrix as it is written down in `matrix/*.toml`, spelled out into cells.

What is not named is denied: a visitor whom we do not know is led to the log-in, one outside the door of
a face gets 403, and inside it whoever may not know of a thing gets 404.
"""

import tomllib
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "matrix"
URL_FILES = (
    "portal", "desk", "office", "counter", "voice", "signals", "complaints", "information", "regency", "registers",
    "league", "tickets", "api", "rest", "accounts",
)  # fmt: skip
FUNCTIONS = ("office", "keepers", "reports", "leading", "queue")
"""Faces whose pages are functions and hold no case: who lacks the right gets 403."""
SOME = "anonymous suspended newcomer owner verifier@mall root"
"""Who asks for what is open to everybody: half of them each address, in every run."""
MOST = 2
"""How many of those who may every run asks a thing, about."""
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Outcome(StrEnum):
    """What happens to a request."""

    ALLOW = "allow"
    LOGIN = "log-in"
    PROFILE = "profile first"
    TURNED = "back to the case"
    REFUSED = "403"
    MISSING = "404"
    UNKNOWN = "401"
    FAULTY = "422"
    HELD = "409"


@dataclass(frozen=True, slots=True)
class Cell:
    """One visitor asks for one thing in one way."""

    url: str
    method: str
    body: str
    thing: str
    visitor: str
    outcome: Outcome
    ok: int


@dataclass(frozen=True, slots=True)
class Row:
    """One address with its methods: for each thing the visitors who may."""

    name: str
    face: str
    methods: Mapping[str, Mapping[str, str]]
    body: str = ""
    turn: Mapping[str, str] = field(default_factory=dict)
    faulty: Mapping[str, str] = field(default_factory=dict)
    held: Mapping[str, str] = field(default_factory=dict)
    ok: Mapping[str, int] = field(default_factory=dict)
    missing: bool = False
    why: str = ""


@cache
def read(name: str) -> dict[str, Any]:
    """One file of the table; nothing where there is none."""
    path = FOLDER / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


@cache
def people() -> dict[str, str]:
    """Every visitor, and for a member of staff `role@agency`, for others who she is."""
    said = read("visitors")
    places = said["staff"]["places"]
    found = {f"{role}@{place}": f"{role}@{code}" for place, code in places.items() for role in said["staff"]["roles"]}
    found |= {name: f"{name.removeprefix('own.')}@{places[place]}" for name, place in said["own"].items()}
    return found | said["others"]


@cache
def things() -> dict[str, dict[str, str]]:
    """Every thing that can be asked for, with whose it is."""
    return dict(read("visitors")["things"])


@cache
def members(words: str) -> frozenset[str]:
    """The visitors that an expression names: names, patterns, `@sets`, and `!` for all but these."""
    found: set[str] = set()
    for word in words.split():
        if word.startswith("!"):
            found -= members(word[1:])
        elif word.startswith("@"):
            found |= members(read("visitors")["sets"][word[1:]])
        else:
            matched = {name for name in people() if fnmatchcase(name, word)}
            if not matched:
                raise ValueError(f"nobody is called {word}")
            found |= matched
    return frozenset(found)


@cache
def door(face: str) -> frozenset[str]:
    """Who passes the outer door of a face."""
    return members("*" if face == "public" else read("visitors")["doors"][face])


@cache
def rows() -> tuple[Row, ...]:
    """The rows of every file, in order."""
    found = []
    for name in URL_FILES:
        said = read(name)
        for row in said.get("url", []):
            methods = {method: row[method] for method in METHODS if method in row}
            rest = {key: row[key] for key in ("body", "turn", "faulty", "held", "ok", "missing", "why") if key in row}
            found.append(Row(row["name"], row.get("face", said["face"]), methods, **rest))
    return tuple(found)


def listed() -> dict[str, set[str]]:
    """The methods that have a row, by name of the address."""
    found: dict[str, set[str]] = {}
    for row in rows():
        found.setdefault(row.name, set()).update(row.methods)
    return found


def cells(row: Row, *, whole: bool = True) -> Iterator[Cell]:
    """Every visitor at every thing of a row, by every method.

    Unless `whole`, of those who may up to two at the first thing and one at each other, and of those who may not a
    part: at the first thing every eighth one who stands inside the door and every 24th outside it, at the others
    every 48th; other ones at each address and thing. For what is open to everybody, a few.
    """
    if row.face == "account":
        guests, known = _parted(_account_cells(row))
        yield from guests
        yield from _in_turn(known, row.name, 1 if whole else 2)
        return
    for method, allowed in row.methods.items():
        for turn, (thing, words) in enumerate(allowed.items()):
            found = list(_cells(row, method, thing, words))
            yield from found if whole else _asked(row, turn, found)


def _parted(cells: Iterator[Cell]) -> tuple[list[Cell], list[Cell]]:
    """Those of guests, and those of people who are logged in."""
    found = list(cells)
    guests = [one for one in found if one.visitor in members("@guest")]
    return guests, [one for one in found if one.visitor not in members("@guest")]


def _asked(row: Row, turn: int, cells: Sequence[Cell]) -> Iterator[Cell]:
    """Those of one thing that every run asks."""
    what = f"{row.name} {cells[0].method} {turn}"
    if row.face == "public":
        yield from _in_turn([one for one in cells if one.visitor in members(SOME)], what, 3)
        return
    may = [one for one in cells if one.outcome is Outcome.ALLOW]
    yield from _in_turn(may, what, -(-len(may) // (1 if turn else MOST)))
    for place, one in enumerate(cells):
        every = 48 if turn else 8 if one.visitor in door(row.face) else 24
        if one.outcome is not Outcome.ALLOW and in_turn(what, place, every):
            yield one


def _in_turn(cells: Sequence[Cell], what: str, every: int) -> Iterator[Cell]:
    return (one for place, one in enumerate(cells) if in_turn(what, place, every))


def in_turn(what: str, place: int, every: int) -> bool:
    """Is this place among those of which one in `every` is asked? For something else others are."""
    return (place + zlib.crc32(what.encode())) % every == 0


def _cells(row: Row, method: str, thing: str, words: str) -> Iterator[Cell]:
    ok = row.ok.get(method, 302 if method == "POST" else 200)
    may = _may(row.face, thing, words)
    turned = _may(row.face, thing, row.turn.get(thing, "")) if method == "GET" else frozenset()
    faulty = _may(row.face, thing, row.faulty.get(thing, ""))
    held = _may(row.face, thing, row.held.get(thing, "")) if method == "POST" else frozenset()
    for visitor in people():
        outcome = Outcome.FAULTY if visitor in faulty else _outcome(row.face, thing, visitor, may, turned)
        outcome = Outcome.HELD if visitor in held else outcome
        if row.missing and outcome is Outcome.REFUSED:
            outcome = Outcome.MISSING
        yield Cell(row.name, method, row.body, thing, visitor, outcome, ok)


def _account_cells(row: Row) -> Iterator[Cell]:
    """A guest and somebody who is logged in; there is nothing of anybody else to ask for."""
    for method, said in row.methods.items():
        for visitor in sorted(members(SOME)):
            answer: Any = said["guest" if visitor in members("@guest") else "user"]
            outcome = Outcome.LOGIN if answer == "login" else Outcome.ALLOW
            yield Cell(row.name, method, row.body, "nothing", visitor, outcome, 0 if answer == "login" else int(answer))


def _of(thing: str, what: str) -> frozenset[str]:
    return members(things().get(thing, {}).get(what, ""))


@cache
def _insiders(face: str, thing: str) -> frozenset[str]:
    """Who may open a thing at a face and does not own it; at the portal, who owns it."""
    if face in ("desk", "hall", "counter"):
        if thing not in things():
            return door(face)
        return _of(thing, "counter" if face == "counter" else "desk") - _of(thing, "own")
    if face == "api":
        return _of(thing, "own") | _of(thing, "desk") | _of(thing, "mandate")
    return _of(thing, "own")


@cache
def _may(face: str, thing: str, words: str) -> frozenset[str]:
    plain = " ".join(word for word in words.split() if word != "=")
    named = members(plain) | (_insiders(face, thing) if "=" in words.split() else frozenset())
    return named & door(face)


def _outcome(face: str, thing: str, visitor: str, may: Collection[str], turned: Collection[str]) -> Outcome:
    if visitor in may:
        return Outcome.ALLOW
    if visitor not in door(face):
        return _outside(face, visitor)
    own = visitor in _of(thing, "own")
    if visitor in turned and not own:
        return Outcome.TURNED
    if face in ("desk", "hall", "complaints"):
        return Outcome.REFUSED if own or visitor in _of(thing, "desk") else Outcome.MISSING
    if face == "counter":
        return Outcome.REFUSED if own and _of(thing, "counter") else Outcome.MISSING
    if face == "api" and thing != "unknown":
        return Outcome.REFUSED if thing not in things() or visitor in _insiders(face, thing) else Outcome.MISSING
    return Outcome.REFUSED if face in FUNCTIONS and thing != "unknown" else Outcome.MISSING


def _outside(face: str, visitor: str) -> Outcome:
    if visitor in members("@guest"):
        return Outcome.UNKNOWN if face == "api" else Outcome.LOGIN
    return Outcome.PROFILE if face == "person" else Outcome.REFUSED

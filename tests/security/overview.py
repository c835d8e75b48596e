"""The matrix for people: who may do what, in `docs/permissions.md`. Run `python -m tests.security.overview`."""

from collections.abc import Iterable
from pathlib import Path

from tests.security import table
from tests.security.table import Row

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
FACES = {
    "portal": "The portal: citizens",
    "desk": "The desk: verifiers, officers, approvers",
    "counter": "The counter: clerks",
    "tickets": "The line at the counter: clerks and officers",
    "office": "Pages of administrators and managers",
    "voice": "Reports of levies and the survey: anybody, and the inspectorate",
    "information": "Requests for public information: anybody, the PPID, and the heads who answer objections",
    "signals": "Signals: the inspectorate",
    "complaints": "Complaints: anybody, and their handlers",
    "regency": "Figures of the regency: anybody, and stewards of data",
    "league": "The survey and the league in public, and how agencies contest it",
    "registers": "Registers by name: the person herself, and registrars of the owning agency",
    "api": "The API",
    "rest": "Files, permits, payments, machines, public figures",
}
HEAD = """# Who may do what

Written by `python -m tests.security.overview` from `tests/security/matrix/`, which the tests hold the mall
against: every address, method, service function and transition × 46 visitors × the things that they have
something or nothing to do with. Change the table, run the command, and see what the tests say.

**What is not named is denied.** Whoever is not logged in is led to the log-in (the API: 401); whoever lacks the
role of a face gets 403; within it a thing that is none of her business is 404, as if it were not there; what she
may see and not do is 403. A denial changes nothing and shows no word of the thing.

**Visitors.** `role@place` works there and has no other tie to the case: `mall` is DPMPTSP, `field` an agency that
is asked first and decides on services of its own, `later` one that is asked in a second stage, `other` none of
these. `own.role` is a member of staff who belongs to the business that applies. `opener` is the clerk who opened
the case, `former` one who did and is a clerk no more, `checker` the verifier who checked it (and also an
approver), `fieldchecker` the officer who checked it. `*` is everybody, `=` whom the table of things names. What
each service function asks stands in `matrix/services.toml`.
"""


def render() -> str:
    """The whole page."""
    parts = [HEAD, *_sets(), *_things()]
    for name, title in FACES.items():
        parts += [f"## {title}", *_rows(name)]
    parts += ["## Transitions", *_transitions()]
    return "\n".join(part.rstrip() + "\n" for part in parts)


def _lines(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _sets() -> list[str]:
    said = table.read("visitors")
    sets = [[f"`@{name}`", f"`{words}`"] for name, words in said["sets"].items()]
    doors = [[f"door of `{name}`", f"`{words}`"] for name, words in said["doors"].items()]
    return [_lines(("Name", "Who"), [*sets, *doors])]


def _things() -> list[str]:
    columns = ("own", "mandate", "desk", "counter")
    kinds: dict[tuple[str, ...], list[str]] = {}
    for name, said in table.things().items():
        kinds.setdefault(tuple(f"`{said[one]}`" if said.get(one) else "–" for one in columns), []).append(name)
    rows = [[", ".join(names), *whose] for whose, names in kinds.items()]
    head = ("Thing", "Own", "Mandate", "At the desk", "At the counter")
    return ["## Things, and whose they are", _lines(head, rows)]


def _rows(name: str) -> list[str]:
    said = table.read(name)
    rows = [row for row in table.rows() if any(one["name"] == row.name for one in said.get("url", []))]
    return [_lines(("Address", "Method", "Thing: who may"), (line for row in rows for line in _of(row)))]


def _of(row: Row) -> Iterable[list[str]]:
    """One line for all methods that are open to the same people."""
    lines: dict[str, list[str]] = {}
    for method, allowed in row.methods.items():
        by_words: dict[str, list[str]] = {}
        for thing, words in allowed.items():
            by_words.setdefault(f"`{words}`" if words else "nobody", []).append(thing)
        told = "; ".join(f"{', '.join(names)}: {words}" for words, names in by_words.items())
        lines.setdefault(told, []).append(method)
    for told, methods in lines.items():
        yield [f"`{row.name}` {row.body}".strip(), " ".join(methods), told.replace("nothing: ", "")]


def _transitions() -> list[str]:
    said = table.read("services")["transitions"]
    return [
        _lines(("Transition", "By"), ([f"`{name}`", f"`{by}`" if by else "nobody yet"] for name, by in said.items()))
    ]


if __name__ == "__main__":
    PAGE.write_text(render(), "utf-8")

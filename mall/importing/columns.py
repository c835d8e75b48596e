"""Kinds of columns: how a cell is written, and what it becomes. Each says in words what was expected."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

Parse = Callable[[str], Any]
FORMULA = ("=", "+", "-", "@", "\t", "\r")
AMBIGUOUS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)
"""1.500 is one and a half, or fifteen hundred as Indonesians write it."""
MOST_RUPIAH = Decimal(10) ** 16
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: its name in the first line, what it holds, and how its cells are read.

    `parse` raises ValueError with the end of a sentence that begins with the column's name.
    """

    name: str
    what: str | Promise
    parse: Parse
    written: str | Promise
    """How a cell is written, for the page that documents the file."""
    optional: bool = False
    """May the cell be empty? Then it becomes None: missing is not zero."""


def text(name: str, what: str | Promise, *, longest: int = 200, optional: bool = False) -> Column:
    """Words; none that a spreadsheet would take for a formula."""

    def parse(cell: str) -> str:
        if cell.startswith(FORMULA):
            raise ValueError(_now("tidak boleh dimulai dengan %(sign)s") % {"sign": cell[0]})
        if len(cell) > longest:
            raise ValueError(_now("lebih dari %(most)s huruf") % {"most": longest})
        return cell

    return Column(name, what, parse, _("teks"), optional)


def code(name: str, what: str | Promise, pattern: str, example: str, *, optional: bool = False) -> Column:
    """A code of a fixed form, kept as text."""
    form = re.compile(pattern, re.ASCII)

    def parse(cell: str) -> str:
        if not form.fullmatch(cell):
            raise ValueError(
                _now("“%(cell)s” tidak dikenal; tulis seperti %(example)s") % {"cell": cell[:40], "example": example}
            )
        return cell

    return Column(name, what, parse, example, optional)


def one_of(name: str, what: str | Promise, known: "Mapping[str, Any] | Collection[str]") -> Column:
    """One of a closed list of codes."""

    def parse(cell: str) -> str:
        if cell not in known:
            listed = ", ".join(sorted(known)[:12])
            raise ValueError(
                _now("“%(cell)s” tidak dikenal; yang ada: %(known)s") % {"cell": cell[:40], "known": listed}
            )
        return cell

    return Column(name, what, parse, ", ".join(sorted(known)) if len(known) <= 6 else _("kode"))


def known(name: str, what: str | Promise, found: Callable[[], Collection[str]], example: str) -> Column:
    """A code of a table of ours, looked up once a file by `checking`."""

    def parse(cell: str) -> str:
        if cell not in found():
            raise ValueError(
                _now("“%(cell)s” tidak dikenal; tulis seperti %(example)s") % {"cell": cell[:40], "example": example}
            )
        return cell

    return Column(name, what, parse, example)


def _number(cell: str, *, places: int) -> Decimal:
    if not re.fullmatch(r"-?\d+(\.\d+)?", cell, re.ASCII):
        raise ValueError(
            _now("“%(cell)s” bukan bilangan; tulis angka tanpa pemisah ribuan, titik untuk pecahan")
            % {"cell": cell[:40]}
        )
    try:
        value = Decimal(cell)
    except InvalidOperation as error:  # pragma: no cover - the pattern leaves nothing that Decimal refuses
        raise ValueError(_now("bukan bilangan")) from error
    if not places and "." in cell:
        raise ValueError(_now("“%(cell)s” bukan bilangan bulat; tulis tanpa titik") % {"cell": cell[:40]})
    if -value.as_tuple().exponent > places:  # type: ignore[operator]
        raise ValueError(_now("paling banyak %(places)s angka di belakang titik") % {"places": places})
    return value


def money(name: str, what: str | Promise, *, optional: bool = False) -> Column:
    """Rupiah, to two places, never negative."""

    def parse(cell: str) -> Decimal:
        value = _number(cell, places=2)
        if value < 0:
            raise ValueError(_now("tidak boleh negatif"))
        if value > MOST_RUPIAH:
            raise ValueError(_now("terlalu besar"))
        return value

    return Column(name, what, parse, "1234567.50", optional)


def whole(name: str, what: str | Promise, *, optional: bool = False) -> Column:
    """A count: 0 or more."""

    def parse(cell: str) -> int:
        value = _number(cell, places=0)
        if not 0 <= value <= 10**9:
            raise ValueError(_now("harus antara 0 dan 1.000.000.000"))
        return int(value)

    return Column(name, what, parse, "120", optional)


def number(name: str, what: str | Promise, *, optional: bool = False) -> Column:
    """A measured value, to six places; it may be negative."""

    def parse(cell: str) -> Decimal:
        if AMBIGUOUS.fullmatch(cell):
            short = cell.rstrip("0").rstrip(".")
            said = {"cell": cell, "more": cell.replace(".", ""), "less": short if short != cell else f"{cell}0"}
            raise ValueError(_now("“%(cell)s” dapat dibaca dua cara; tulis %(more)s atau %(less)s") % said)
        value = _number(cell, places=6)
        if abs(value) > 10**12:
            raise ValueError(_now("terlalu besar"))
        return value

    return Column(name, what, parse, "87.5", optional)


def year(name: str, what: str | Promise) -> Column:
    """A year of four digits."""

    def parse(cell: str) -> int:
        if not re.fullmatch(r"\d{4}", cell, re.ASCII) or not FIRST_YEAR <= int(cell) <= LAST_YEAR:
            raise ValueError(_now("“%(cell)s” bukan tahun; tulis seperti 2026") % {"cell": cell[:40]})
        return int(cell)

    return Column(name, what, parse, "2026")


def day(name: str, what: str | Promise, *, optional: bool = False) -> Column:
    """A date that exists."""

    def parse(cell: str) -> date:
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell, re.ASCII):
                raise ValueError  # noqa: TRY301 - one sentence for every false date
            return date.fromisoformat(cell)
        except ValueError as error:
            raise ValueError(
                _now("“%(cell)s” bukan tanggal; tulis seperti 2026-03-31") % {"cell": cell[:40]}
            ) from error

    return Column(name, what, parse, "2026-03-31", optional)

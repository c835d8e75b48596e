"""A file against its form: every row read, every fault named by its line, and nothing half taken."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from agencies.errors import Invalid
from mall.importing import sheet
from mall.importing.columns import Column
from mall.importing.sheet import FILE, Line

MOST_TOLD = 100
"""Faults that are listed; more are counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One good line: its number and its values by the names of the columns."""

    line: int
    values: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@dataclass(frozen=True, slots=True)
class Form:
    """What a file must look like. `key` names the columns of which no two rows may be equal.

    `together` looks at all rows when each of them is good, and tells faults with their line (0: the whole file).
    """

    columns: tuple[Column, ...]
    key: tuple[str, ...]
    together: Callable[[Sequence[Row]], list[tuple[int, str]]] = lambda _rows: []

    @property
    def names(self) -> tuple[str, ...]:
        """The first line of the file."""
        return tuple(column.name for column in self.columns)

    @property
    def heading(self) -> str:
        """The first line of the file, as CSV."""
        return ",".join(self.names)


@dataclass(slots=True)
class Reading:
    """A file while it is read."""

    form: Form
    rows: list[Row] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    more: int = 0
    """Faults beyond those that are listed."""
    seen: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def tell(self, line: int, sentence: str) -> None:
        """Note a fault."""
        if len(self.faults) < MOST_TOLD:
            self.faults.append(sheet.at(line, sentence) if line else sentence)
        else:
            self.more += 1


def checked(form: Form, content: bytes) -> list[Row]:
    """The rows of a file.

    Raises:
        Invalid: under `file`, one sentence a fault with its line number, at most 100 and how many more there are.
    """
    reading = Reading(form)
    _read(reading, sheet.lines(content))
    if not reading.faults:
        for line, sentence in form.together(reading.rows):
            reading.tell(line, sentence)
    if not reading.faults and not reading.rows:
        reading.tell(0, _("Berkas ini tidak berisi baris data."))
    if reading.faults:
        more = [_("Dan %(more)s kesalahan lain.") % {"more": reading.more}] if reading.more else []
        raise Invalid({FILE: [*reading.faults, *more]})
    return reading.rows


def first(form: Form, content: bytes, most: int) -> list[Row]:
    """The first rows of a file that was checked already, without reading the rest."""
    reading, lines = Reading(form), sheet.lines(content)
    order = _order(form, next(lines, None))
    for line in islice(lines, most):
        _take(reading, line, order)
    return reading.rows


def _read(reading: Reading, lines: Iterator[Line]) -> None:
    """Read to the end, or to the line from which nothing can be read."""
    try:
        head = next(lines, None)
        order = _order(reading.form, head)
        for line in lines:
            _take(reading, line, order)
    except Invalid as broken:
        reading.faults[:0] = broken.fields.get(FILE, [])


def _order(form: Form, head: Line | None) -> list[int]:
    """Where each column of the form stands in the file."""
    told = [cell.lower() for cell in head.cells] if head else []
    while told and not told[-1]:
        told.pop()
    missing = [name for name in form.names if name not in told]
    strange = [name or "?" for name in told if name not in form.names]
    twice = sorted({name for name in told if told.count(name) > 1})
    if missing or strange or twice:
        parts = [
            *([_("tidak ada: %(names)s") % {"names": ", ".join(missing)}] if missing else []),
            *([_("tidak dikenal: %(names)s") % {"names": ", ".join(strange)}] if strange else []),
            *([_("dua kali: %(names)s") % {"names": ", ".join(twice)}] if twice else []),
        ]
        number = head.number if head else 1
        raise sheet.fault(
            sheet.at(
                number,
                _("kolomnya harus %(columns)s (%(wrong)s).") % {"columns": form.heading, "wrong": "; ".join(parts)},
            )
        )
    return [told.index(name) for name in form.names]


def _take(reading: Reading, line: Line, order: list[int]) -> None:
    """One row into the reading, or its faults."""
    form, values, sound = reading.form, dict[str, Any](), True
    if any(line.cells[len(order) :]):
        reading.tell(line.number, _("ada isi di luar kolom yang dikenal."))
        return
    for column, place in zip(form.columns, order, strict=True):
        cell = line.cells[place] if place < len(line.cells) else ""
        try:
            values[column.name] = _value(column, cell)
        except ValueError as wrong:
            sound = False
            reading.tell(line.number, f"{column.name} {wrong}.")
    if not sound:
        return
    key = tuple(values[name] for name in form.key)
    first = reading.seen.setdefault(key, line.number)
    if first != line.number:
        reading.tell(line.number, _("sama dengan baris %(twin)s.") % {"twin": first})
        return
    reading.rows.append(Row(line.number, values))


def _value(column: Column, cell: str) -> Any:
    if cell:
        return column.parse(cell)
    if column.optional:
        return None
    raise ValueError(_("kosong"))

"""Holidays from a file: read whole, checked whole, and written whole or not at all.

The file is CSV with the columns `date,name,kind,decree_no` in its first line; commas or semicolons, dates as
2027-03-10, kinds as in the table (NATIONAL, CUTI_BERSAMA, LOCAL, ELECTION, EMERGENCY).
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.errors import Invalid
from agencies.hooks import HolidayChange, holiday_changed
from agencies.models import Holiday, HolidayKind, User

COLUMNS = ("date", "name", "kind", "decree_no")
DAY = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
LONGEST = 200
MOST_ROWS = 1000
FILE = "file"
"""The field that every fault belongs to."""


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """One line of the file."""

    line: int
    date: date
    name: str
    kind: str
    decree_no: str


class Effect(StrEnum):
    """What importing a row would do."""

    NEW = "new"
    CORRECTED = "corrected"
    SAME = "same"


def read_holidays(text: str) -> list[HolidayRow]:
    """The rows of a file.

    Raises:
        Invalid: under `file`, one sentence a fault, each with its line number; nothing of a faulty file is used.
    """
    lines = text.lstrip("\ufeff").splitlines()
    head = lines[0] if lines else ""
    reader = csv.reader(lines, delimiter=";" if head.count(";") > head.count(",") else ",")
    faults: list[str] = []
    rows: list[HolidayRow] = []
    try:
        if tuple(name.lower() for name in _cells(next(reader, []))) != COLUMNS:
            raise Invalid({FILE: [_("Baris 1: kolomnya harus %(columns)s.") % {"columns": ",".join(COLUMNS)}]})
        for cells in map(_cells, reader):
            if any(cells):
                _read_row(reader.line_num, cells, rows, faults)
    except csv.Error as error:
        faults.append(_("Baris %(line)s: tidak terbaca sebagai CSV.") % {"line": reader.line_num})
        raise Invalid({FILE: faults}) from error
    if not rows and not faults:
        faults.append(_("Berkas ini tidak berisi hari libur."))
    if len(rows) > MOST_ROWS:
        faults.append(_("Paling banyak %(most)s baris.") % {"most": MOST_ROWS})
    if faults:
        raise Invalid({FILE: faults})
    return rows


def _cells(raw: Sequence[str]) -> list[str]:
    """Without the blanks around them, and without the empty columns that spreadsheets keep at the end."""
    cells = [cell.strip() for cell in raw]
    while len(cells) > len(COLUMNS) and not cells[-1]:
        cells.pop()
    return cells


def _read_row(line: int, cells: Sequence[str], rows: list[HolidayRow], faults: list[str]) -> None:
    """Add the row, or what is wrong with it."""
    if len(cells) != len(COLUMNS):
        told = _("Baris %(line)s: harus ada %(n)s kolom.")
        faults.append(told % {"line": line, "n": len(COLUMNS)})
        return
    typed, name, kind, decree = cells
    wrong = [*_wrong_text(name, decree), *_wrong_kind(kind)]
    try:
        day = _day(typed)
    except ValueError:
        wrong.insert(0, _("tanggal “%(typed)s” tidak dikenal, tulis seperti 2027-03-10") % {"typed": typed[:20]})
    else:
        if twin := next((row.line for row in rows if (row.date, row.kind) == (day, kind)), 0):
            wrong.append(_("sama dengan baris %(twin)s") % {"twin": twin})
        rows.append(HolidayRow(line, day, name, kind, decree))
    faults += [_("Baris %(line)s: %(wrong)s.") % {"line": line, "wrong": one} for one in wrong]


def _day(typed: str) -> date:
    """A day as it is documented; `fromisoformat` alone would take weeks and years without a century."""
    if not DAY.fullmatch(typed):
        raise ValueError(typed)
    return date.fromisoformat(typed)


def _wrong_text(name: str, decree: str) -> list[str]:
    wrong = []
    if not name or len(name) > LONGEST:
        wrong.append(_("nama hari libur kosong atau lebih dari 200 huruf"))
    if not decree or len(decree) > LONGEST:
        wrong.append(_("nomor keputusan kosong atau lebih dari 200 huruf"))
    return wrong


def _wrong_kind(kind: str) -> list[str]:
    if kind in HolidayKind.values:
        return []
    known = ", ".join(HolidayKind.values)
    return [_("jenis “%(kind)s” tidak dikenal; yang ada: %(known)s") % {"kind": kind[:20], "known": known}]


def effects(rows: Sequence[HolidayRow]) -> list[tuple[HolidayRow, Effect]]:
    """What importing would do, row by row. One query."""
    known = {(row.date, row.kind): row for row in Holiday.objects.filter(date__in={row.date for row in rows})}

    def effect(row: HolidayRow) -> Effect:
        there = known.get((row.date, row.kind))
        if there is None:
            return Effect.NEW
        return Effect.SAME if (there.name, there.decree_no) == (row.name, row.decree_no) else Effect.CORRECTED

    return [(row, effect(row)) for row in rows]


@transaction.atomic
def write_holidays(rows: Sequence[HolidayRow], *, source: str, by: User | None = None) -> int:
    """Write the rows, correct those that are there, and tell hooks once; how many were new or corrected."""
    days = {row.date for row in rows}
    free = set(Holiday.objects.select_for_update().filter(date__in=days).values_list("date", flat=True))
    changed = [row for row, effect in effects(rows) if effect is not Effect.SAME]
    Holiday.objects.bulk_create(
        [
            Holiday(date=row.date, name=row.name, kind=row.kind, decree_no=row.decree_no, source=source)
            for row in changed
        ],
        update_conflicts=True,
        unique_fields=["date", "kind"],
        update_fields=["name", "decree_no", "source"],
    )
    holiday_changed(HolidayChange(added=tuple(sorted(days - free)), by=by.pk if by else None))
    return len(changed)

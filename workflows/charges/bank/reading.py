"""A bank's file: CSV in the form of `docs/operations.md`, read whole or refused with every wrong line."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from agencies.errors import Invalid

HEADER: Final = ["tanggal", "referensi", "jumlah", "keterangan"]
MOST_BYTES: Final = 5 * 1024 * 1024
MOST_FAULTS: Final = 50
"""More than these are not listed: whoever made the file must look at it anyway."""
REFERENCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
AMOUNT: Final = re.compile(r"(\d{1,13}|\d{1,3}(?:\.\d{3}){1,4})(?:,00)?")
DAY: Final = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)|(?P<d2>\d\d)[-/](?P<m2>\d\d)[-/](?P<y2>\d{4})")
LONGEST: Final = 200


class Line(NamedTuple):
    """One payment as the bank reports it; `number` is its line in the file."""

    number: int
    reference: str
    amount: int
    description: str


class _Fault(ValueError):
    """What is wrong with one line."""


def read(content: bytes, day: date) -> list[Line]:
    """The payments of that day.

    Raises:
        Invalid: under `file`, one sentence for every wrong line, with its number.
    """
    faults: list[str] = []
    lines: dict[str, Line] = {}
    for number, row in _rows(_text(content)):
        try:
            line = _line(number, row, day)
            _add(lines, line)
        except _Fault as fault:
            faults.append(_said(number, str(fault)))
    if faults:
        raise Invalid({"file": faults[:MOST_FAULTS]})
    return list(lines.values())


def _add(lines: dict[str, Line], line: Line) -> None:
    """One payment is one line."""
    if line.reference in lines:
        raise _Fault(_("referensi ini sudah ada di baris %(line)s") % {"line": lines[line.reference].number})
    lines[line.reference] = line


def _said(number: int, what: str) -> str:
    return _("Baris %(line)s: %(what)s.") % {"line": number, "what": what}


def _refused(number: int, what: str) -> Invalid:
    return Invalid({"file": [_said(number, what)]})


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Invalid({"file": [_("Berkas lebih besar dari 5 MB.")]})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = content.count(b"\n", 0, error.start) + 1
        raise _refused(place, _("berkas bukan teks UTF-8")) from error
    if "\0" in text:
        raise _refused(text.count("\n", 0, text.index("\0")) + 1, _("ada karakter yang bukan teks"))
    return text


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every row below the heading with its line; empty lines are passed over."""
    separator = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        heading = [cell.strip().lower() for cell in next(reader, [])]
        if heading != HEADER:
            raise _refused(1, _("judul kolom harus tanggal, referensi, jumlah, keterangan"))
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        raise _refused(reader.line_num, _("tanda kutip atau pemisahnya tidak benar")) from error


def _line(number: int, row: list[str], day: date) -> Line:
    if len(row) != len(HEADER):
        raise _Fault(_("harus ada 4 kolom, bukan %(count)s") % {"count": len(row)})
    booked, reference, amount, description = row
    if _day(booked) != day:
        raise _Fault(_("tanggal %(day)s bukan hari yang dicocokkan") % {"day": booked})
    if not REFERENCE.fullmatch(reference):
        raise _Fault(_("referensi kosong atau memuat tanda yang tidak dikenal"))
    if len(description) > LONGEST:
        raise _Fault(_("keterangan lebih panjang dari 200 huruf"))
    return Line(number, reference, _rupiah(amount), description)


def _day(text: str) -> date:
    found = DAY.fullmatch(text)
    parts = [found[name] or found[f"{name}2"] for name in ("y", "m", "d")] if found and text.isascii() else []
    try:
        return date(*map(int, parts))
    except (TypeError, ValueError) as error:
        raise _Fault(_("“%(day)s” bukan tanggal") % {"day": text[:20]}) from error


def _rupiah(text: str) -> int:
    if text.startswith("-"):
        raise _Fault(_("jumlah di bawah nol; berkas ini hanya memuat uang masuk"))
    found = AMOUNT.fullmatch(text) if text.isascii() else None
    amount = int(found[1].replace(".", "")) if found else 0
    if amount == 0:
        raise _Fault(_("“%(amount)s” bukan jumlah rupiah yang utuh") % {"amount": text[:30]})
    return amount

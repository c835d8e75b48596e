"""The lines of a CSV or XLSX file as text, with the line numbers that people see in their spreadsheet.

Nothing is guessed and nothing computed: a formula is a fault, a date becomes 2026-03-31, a number keeps its digits.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from agencies.errors import Invalid

FILE = "file"
"""The field that every fault of a file belongs to."""
LARGEST = 50 * 1024 * 1024
LARGEST_UNPACKED = 400 * 1024 * 1024
LARGEST_PART = 16 * 1024 * 1024
ROWS = ("xl/worksheets/", "xl/sharedStrings")
"""Where the rows of a workbook lie. Every other part is read whole into memory, and small in an honest file."""
MOST_ROWS = 200_000
MOST_COLUMNS = 60
LONGEST_CELL = 2000
ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
"""An .xls of before 2007, and also an .xlsx with a password."""
MACROS = "vbaProject.bin"
THOUSANDTHS = 3
ROUNDED = 10**15
"""Spreadsheets keep fifteen digits: of a longer number, such as a NIK, the last ones are lost."""
BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ArithmeticError, AttributeError, LookupError,
    RuntimeError, SyntaxError, TypeError, ValueError,
)  # fmt: skip
"""What openpyxl, its parser of XML and zipfile raise over damaged files, none of it documented."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number in the file, and its cells without the blanks around them."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Has it no cell with anything in it?"""
        return not any(self.cells)


def lines(content: bytes) -> Iterator[Line]:
    """Every line that is not empty, the first one being the names of the columns.

    Raises:
        Invalid: under `file`, what keeps the file from being read, with the line where it is known. Read lazily, so
            it may come after lines that were good.
    """
    if len(content) > LARGEST:
        raise fault(_("Berkas lebih besar dari 50 MB. Bagilah menurut periode."))
    found = _xlsx(content) if content.startswith(ZIP) else _csv(content)
    for count, line in enumerate(found):
        if count > MOST_ROWS:
            raise fault(_("Berkas berisi lebih dari %(most)s baris. Bagilah menurut periode.") % {"most": MOST_ROWS})
        yield line


def fault(sentence: str) -> Invalid:
    """A fault of the file."""
    return Invalid({FILE: [sentence]})


def at(number: int, sentence: str) -> str:
    """The sentence with the number of its line."""
    return _("Baris %(line)s: %(what)s") % {"line": number, "what": sentence}


def _csv(content: bytes) -> Iterator[Line]:
    text = _decoded(content)
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    begin = 1
    try:
        for cells in reader:
            line = Line(begin, _cells(begin, cells))
            begin = reader.line_num + 1
            if not line.is_empty:
                yield line
    except csv.Error as error:
        raise fault(at(begin, _("tidak terbaca sebagai CSV."))) from error


def _decoded(content: bytes) -> str:
    if content.startswith(OLD_EXCEL):
        raise fault(_("Berkas ini XLS lama atau bersandi. Simpan ulang sebagai .xlsx tanpa kata sandi."))
    if content.startswith(UTF_16):
        raise fault(_("Berkas ini bukan UTF-8. Simpan ulang sebagai “CSV UTF-8”."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        raise fault(at(number, _("ada huruf yang bukan UTF-8. Simpan ulang sebagai “CSV UTF-8”."))) from error
    if "\0" in text:
        number = text.count("\n", 0, text.index("\0")) + 1
        raise fault(at(number, _("ada tanda kosong (NUL); ini bukan berkas teks.")))
    return text


def _cells(number: int, cells: "list[str]") -> tuple[str, ...]:
    if len(cells) > MOST_COLUMNS or any(len(cell) > LONGEST_CELL for cell in cells):
        raise fault(at(number, _("terlalu banyak kolom, atau isi kolom terlalu panjang.")))
    return tuple(cell.strip() for cell in cells)


def _xlsx(content: bytes) -> Iterator[Line]:
    try:
        yield from _rows(content)
    except BROKEN as error:
        raise fault(_("Berkas ini tidak terbaca sebagai XLSX.")) from error


def _rows(content: bytes) -> Iterator[Line]:
    from openpyxl import load_workbook  # brings Pillow, which the web process loads for nothing else

    _unpackable(content)
    with closing(load_workbook(io.BytesIO(content), read_only=True, data_only=False)) as book:
        visible = [one for one in book.worksheets if one.sheet_state == "visible"]
        if not visible:
            raise fault(_("Buku kerja ini tidak berisi lembar yang terlihat."))
        for number, row in enumerate(visible[0].iter_rows(), start=1):
            line = Line(number, _cells(number, [_text(number, cell) for cell in _without_tail(number, row)]))
            if not line.is_empty:
                yield line


def _unpackable(content: bytes) -> None:
    """Is it small enough when unpacked, and without programs?"""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        entries = packed.infolist()
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise fault(_("Berkas XLSX ini membesar lebih dari 400 MB. Bagilah menurut periode."))
    if any(entry.file_size > LARGEST_PART and not entry.filename.startswith(ROWS) for entry in entries):
        raise fault(_("Berkas ini tidak terbaca sebagai XLSX."))
    if any(entry.filename.endswith(MACROS) for entry in entries):
        raise fault(_("Berkas ini berisi makro. Simpan ulang sebagai .xlsx tanpa makro."))


def _without_tail(number: int, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Spreadsheets keep empty columns that somebody once coloured."""
    if any(cell.value is not None for cell in row[MOST_COLUMNS:]):
        raise fault(at(number, _("terlalu banyak kolom, atau isi kolom terlalu panjang.")))
    return row[:MOST_COLUMNS]


def _text(number: int, cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise fault(
            at(number, _("kolom %(column)s berisi rumus. Salin sebagai nilai.") % {"column": cell.column_letter})
        )
    if cell.data_type == "e":
        raise fault(
            at(number, _("kolom %(column)s berisi galat %(what)s.") % {"column": cell.column_letter, "what": value})
        )
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _numeric(number, cell)
    return str(value)


def _numeric(number: int, cell: Any) -> str:
    where = {"column": cell.column_letter}
    if "%" in (cell.number_format or ""):
        raise fault(at(number, _("kolom %(column)s berformat persen. Tulis 87,5%% sebagai angka 87.5.") % where))
    if abs(cell.value) >= ROUNDED:
        raise fault(at(number, _("angka di kolom %(column)s dibulatkan Excel. Tulis sebagai teks.") % where))
    return _digits(cell.value)


def _digits(value: float) -> str:
    """All that a spreadsheet shows of a number (15 digits); never three decimals, which read like thousands."""
    text = f"{Decimal(f'{value:.15g}'):f}"
    return f"{text}0" if len(text.partition(".")[2]) == THOUSANDTHS else text

"""A table as a file for a spreadsheet, which must read it as figures and never as formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so is run as a formula by spreadsheets."""


def harmless(cell: object) -> str | int:
    """The cell as it may be written: a text that could be a formula gets an apostrophe in front."""
    if isinstance(cell, int):
        return cell
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) else text


def as_csv(columns: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """The table as CSV with a byte order mark, so that a spreadsheet reads its letters rightly."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([harmless(str(column)) for column in columns])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()

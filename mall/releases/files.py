"""A release as files: CSV (RFC 4180), JSON and XLSX with the same cells, byte for byte the same each time.

Parquet is written by `parquet.py`, from the same fields and records.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from mall.releases import xlsx
from mall.releases.datasets import Column, Dataset
from mall.releases.hiding import Cell, Line
from mall.releases.models import Release

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that begins so is run as a formula by spreadsheets."""
Field = str | int | float | None


def harmless(text: str) -> str:
    """The text, marked as text where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.lstrip(" \0").startswith(FORMULA) else text


def header(dataset: Dataset, release: Release) -> list[str]:
    """Names of the fields."""
    return [name for name, _column in fields(dataset, release)]


def fields(dataset: Dataset, release: Release) -> list[tuple[str, Column | None]]:
    """Each dimension with its official name, each measure with how much of it is told.

    A field that is no variable, but stands beside one, has no column.
    """
    found: list[tuple[str, Column | None]] = [("period", None)]
    for one in dataset.dimensions:
        found.append((one.code, one))
        found += [(f"{one.code}_name", None)] if one.code in release.body["labels"] else []
    for one in dataset.measures:
        found += [(one.code, one), (f"{one.code}_suppressed", None)]
        found += [(f"{one.code}_at_least", None)] if _has_bounds(one) else []
    return found


def _has_bounds(one: Column) -> bool:
    return one.kind == "share"


def records(dataset: Dataset, release: Release) -> Iterator[list[Field]]:
    """One record a row, in the order of the header."""
    for line in release.lines:
        yield _record(dataset, release, line)


def _record(dataset: Dataset, release: Release, line: Line) -> list[Field]:
    found: list[Field] = [release.period]
    for one in dataset.dimensions:
        code = line.dims.get(one.code, "")
        found.append(code)
        if one.code in release.body["labels"]:
            found.append(release.label(one.code, code) if code else "")
    for one in dataset.measures:
        cell = line.cells.get(one.code, Cell(None))
        found += [_value(cell), "true" if cell.suppressed else "false"]
        found += [cell.at_least] if _has_bounds(one) else []
    return found


def _value(cell: Cell) -> Field:
    return cell.value if isinstance(cell.value, str | int | float) else None


def as_csv(release: Release, dataset: Dataset) -> str:
    """UTF-8 text with a header line, decimal points and CRLF; what is hidden is empty and marked."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header(dataset, release))
    for record in records(dataset, release):
        writer.writerow([harmless(one) if isinstance(one, str) else one for one in record])
    return out.getvalue()


def as_json(release: Release, dataset: Dataset) -> str:
    """The release with its metadata; a hidden figure is `null` with `suppressed: true`."""
    return json.dumps(as_data(release, dataset), ensure_ascii=False, separators=(",", ":"))


def as_data(release: Release, dataset: Dataset) -> dict[str, Any]:
    """What the JSON file holds."""
    return {
        "dataset": dataset.slug,
        "title": str(dataset.title),
        "period": release.period,
        "revision": release.revision,
        "published_at": release.published_at.isoformat(),
        "counted_until": release.until.isoformat(),
        "method": release.method,
        "licence": dataset.licence,
        "source": str(dataset.source),
        "suppression": {"k": release.body["k"], "complementary": True},
        "sha256": release.sha256,
        "columns": [described(one) for one in (*dataset.dimensions, *dataset.measures)],
        "labels": release.body["labels"],
        "rows": release.body["rows"],
    }


def described(one: Column) -> dict[str, Any]:
    """Metadata of one variable."""
    return {
        "code": one.code,
        "name": str(one.name),
        "unit": str(one.unit),
        "kind": one.kind.value,
        "definition": str(one.how),
    }


def as_xlsx(release: Release, dataset: Dataset) -> bytes:
    """A workbook with the rows and the metadata; texts are texts, so that nothing in it is a formula."""
    about: list[Sequence[Field]] = [
        ("dataset", dataset.slug),
        ("title", str(dataset.title)),
        ("period", release.period),
        ("revision", release.revision),
        ("source", str(dataset.source)),
        ("licence", dataset.licence),
        ("method", release.method),
        ("sha256", release.sha256),
        ("code", "name", "unit", "definition"),
        *((one.code, str(one.name), str(one.unit), str(one.how)) for one in (*dataset.dimensions, *dataset.measures)),
    ]
    return xlsx.workbook({"data": [header(dataset, release), *records(dataset, release)], "metadata": about})

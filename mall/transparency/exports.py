"""The same cells as on the page, as files: one row a figure, so that any program can read them."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from agencies import clock
from mall.transparency.metrics import METHOD, WHOLE, K, Metric
from mall.transparency.release import Cell, Line, Release

COLUMNS = (
    *("periode", "tingkat", "kode_instansi", "instansi", "kode_layanan", "layanan"),
    *("ukuran", "nilai", "satuan", "disembunyikan", "paling_sedikit"),
)
LEVELS = {"mall": "mal", "agency": "instansi", "service": "layanan"}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def figures(release: Release) -> Iterator[tuple[Line, Metric, Cell]]:
    """Every published figure with its line and metric."""
    for line in release.lines:
        for metric in WHOLE:
            if metric.code in line.cells:
                yield line, metric, line.cells[metric.code]


def as_csv(release: Release, names: Mapping[str, str]) -> str:
    """Comma-separated, decimal point, one header line; text that a spreadsheet would run is defused."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line, metric, cell in figures(release):
        writer.writerow([_harmless(value) for value in _row(line, metric, cell, names)])
    return out.getvalue()


def _row(line: Line, metric: Metric, cell: Cell, names: Mapping[str, str]) -> list[str]:
    value = "" if cell.value is None else str(cell.value)
    agency, service = names.get(line.agency, line.agency), names.get(line.service, line.service)
    place = [line.month.code, LEVELS[line.level], line.agency, agency, line.service, service]
    least = "" if cell.at_least is None else str(cell.at_least)
    return [*place, metric.code, value, str(metric.unit), "ya" if cell.hidden else "tidak", least]


def _harmless(text: str) -> str:
    """The text, marked as text where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def as_json(release: Release, names: Mapping[str, str]) -> dict[str, Any]:
    """The release as one object; a hidden figure is `null` with `suppressed: true`, a bound of it `at_least`."""
    return {
        "title": "Transparansi layanan Mal Pelayanan Publik Banyuwangi",
        "period": release.month.code,
        "counted_until": clock.wib(release.until).isoformat(),
        "final": release.is_final,
        "method": METHOD,
        "suppression": {"k": K, "complementary": True},
        "source": "event log",
        "metrics": {
            metric.code: {"name": str(metric.name), "unit": str(metric.unit), "how": str(metric.how)}
            for metric in WHOLE
        },
        "lines": [_object(line, names) for line in release.lines],
    }


def _object(line: Line, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "period": line.month.code,
        "level": line.level,
        "agency": line.agency or None,
        "agency_name": names.get(line.agency),
        "service": line.service or None,
        "service_name": names.get(line.service),
        "figures": {code: _figure(cell) for code, cell in line.cells.items()},
    }


def _figure(cell: Cell) -> dict[str, Any]:
    value = None if cell.value is None else float(cell.value) if cell.value % 1 else int(cell.value)
    found: dict[str, Any] = {"value": value, "suppressed": cell.hidden}
    return found if cell.at_least is None else {**found, "at_least": cell.at_least}

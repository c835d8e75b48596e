"""Where the kecamatan lie: outlines from an official GeoJSON (RFC 7946), or else a schematic grid of tiles."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.errors import Invalid
from agencies.models import RegionOutline
from agencies.queries import kecamatan

Ring = list[list[float]]
PLACES = 4
"""Decimals of a degree that are kept: some eleven metres, and the same on both sides of a border."""
CODE_NAMES = ("kode", "code", "kode_kec", "KDCPUM", "KDEPUM", "kemendagri")
"""Properties in which a file may say the Kemendagri code."""
LEAST_POINTS = 4
TILES_FILE = Path(__file__).parent / "data" / "kecamatan_tiles.csv"


@dataclass(frozen=True, slots=True)
class Outline:
    """A region with its outline."""

    code: str
    rings: list[Ring]


@dataclass(frozen=True, slots=True)
class Tile:
    """The place of a region in the schematic map: column from the west, row from the north, and letters for it."""

    column: int
    row: int
    letters: str


class _Faulty(Exception):
    """A feature that cannot be used; the text says why."""


def read(text: str) -> list[Outline]:
    """The outlines of every kecamatan in a file.

    Raises:
        Invalid: it is no such file, a feature is faulty, or a kecamatan is missing; every fault is named with the
            number of its feature.
    """
    try:
        body = json.loads(text)
        features = list(body["features"]) if body["type"] == "FeatureCollection" else None
    except (ValueError, KeyError, TypeError, RecursionError):
        features = None
    if features is None:
        raise Invalid({"file": [_("Berkas ini bukan GeoJSON FeatureCollection.")]})
    known = {region.code for region in kecamatan()}
    found: dict[str, Outline] = {}
    faults = []
    for number, feature in enumerate(features, start=1):
        try:
            one = _outline(feature, known, set(found))
        except _Faulty as fault:
            faults.append(_("Bentuk %(number)s: %(fault)s.") % {"number": number, "fault": fault})
        else:
            found[one.code] = one
    faults += [_("Kecamatan %(code)s tidak ada dalam berkas.") % {"code": code} for code in sorted(known - set(found))]
    if faults:
        raise Invalid({"file": faults})
    return [found[code] for code in sorted(found)]


@cache
def tiles(path: Path = TILES_FILE) -> dict[str, Tile]:
    """The schematic grid by code."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {row["code"]: Tile(int(row["column"]), int(row["row"]), row["letters"]) for row in rows}


def replace(outlines: list[Outline], *, source: str, licence: str) -> int:
    """Put these in the place of all that stood; how many there are. Three statements."""
    with transaction.atomic():
        RegionOutline.objects.all().delete()
        rows = (RegionOutline(region_id=one.code, rings=one.rings, source=source, licence=licence) for one in outlines)
        return len(RegionOutline.objects.bulk_create(rows))


def _outline(feature: Any, known: set[str], taken: set[str]) -> Outline:
    try:
        said, shape = feature["properties"] or {}, feature["geometry"]
        kind, places = shape["type"], shape["coordinates"]
    except (KeyError, TypeError) as fault:
        raise _Faulty(_("tidak lengkap")) from fault
    if not isinstance(said, dict):
        raise _Faulty(_("tidak lengkap"))
    code = _code(said)
    if code not in known:
        raise _Faulty(_("kode kecamatan “%(code)s” tidak dikenal") % {"code": code})
    if code in taken:
        raise _Faulty(_("kecamatan %(code)s sudah ada") % {"code": code})
    if kind not in ("Polygon", "MultiPolygon"):
        raise _Faulty(_("harus Polygon atau MultiPolygon"))
    polygons = [places] if kind == "Polygon" else places
    try:
        rings = [ring for polygon in polygons for ring in _rings(polygon)]
    except (TypeError, ValueError, IndexError) as fault:
        raise _Faulty(_("titiknya tidak terbaca sebagai bujur dan lintang")) from fault
    if not rings:
        raise _Faulty(_("tidak berisi bidang"))
    return Outline(code, rings)


def _code(said: dict[str, Any]) -> str:
    """The code with its dots, however the file writes it."""
    raw = next((str(said[name]) for name in CODE_NAMES if said.get(name)), "")
    digits = raw.replace(".", "")
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}" if len(digits) == 6 and digits.isdecimal() else raw


def _rings(polygon: Any) -> Iterator[Ring]:
    for ring in polygon:
        points: Ring = []
        for place in ring:
            point = [round(float(place[0]), PLACES), round(float(place[1]), PLACES)]
            if not (-180 <= point[0] <= 180 and -90 <= point[1] <= 90):
                raise ValueError(point)
            if not points or point != points[-1]:
                points.append(point)
        if len(points) >= LEAST_POINTS and points[0] == points[-1]:
            yield points

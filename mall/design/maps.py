"""Maps of the kecamatan drawn on the server: outlines where an official file was imported, else a grid of tiles.

The picture repeats the table beside it: every area says its name and figure, shades are told in a legend, and an
area without a figure is hatched, so that neither colour nor pointer is needed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from agencies.models import RegionOutline
from agencies.outlines import Ring, tiles
from mall.design import formats
from mall.design.parts import Text

WIDTH, TILE, GAP = 560, 74, 6
SHADES = 5


@dataclass(frozen=True)
class Area:
    """One region of a map; a value of None is withheld or unknown, as `words` says."""

    code: str
    name: str
    value: float | Decimal | None
    words: str


@dataclass(frozen=True)
class AreaMap:
    """What a map says: `desc` is one sentence with the finding."""

    title: Text
    desc: Text
    areas: Sequence[Area]
    places: int = 0

    @property
    def id(self) -> str:
        """An id that is the same on every drawing of this map."""
        return f"peta-{slugify(str(self.title))}"

    @property
    def bounds(self) -> list[float]:
        """The least value of each shade: at most five shades that hold about as many areas each."""
        values = sorted(float(one.value) for one in self.areas if one.value is not None)
        cuts = {values[len(values) * part // SHADES] for part in range(SHADES)} if values else set()
        return sorted(cuts)


def area_map(chart: AreaMap) -> dict[str, Any]:
    """The picture and its legend: `{% area_map map %}`. One query."""
    bounds = chart.bounds
    shapes, height, source = _placed(chart.areas)
    areas = [
        {
            "says": _("%(name)s: %(words)s") % {"name": one.name, "words": one.words},
            "shade": _shade(one.value, bounds),
            **shapes[one.code],
        }
        for one in chart.areas
        if one.code in shapes
    ]
    return {
        "chart": chart,
        "areas": areas,
        "width": WIDTH,
        "height": height,
        "legend": _legend(chart, bounds),
        "source": source,
        "is_schematic": not source,
    }


def _shade(value: float | Decimal | None, bounds: Sequence[float]) -> str:
    """The name of a shade, the strongest always last."""
    if value is None:
        return "none"
    at = sum(float(value) >= bound for bound in bounds)
    return str(SHADES - len(bounds) + at)


def _legend(chart: AreaMap, bounds: Sequence[float]) -> list[dict[str, str]]:
    words = [formats.number(bound, chart.places) for bound in bounds]
    rows = [
        {"shade": str(SHADES - len(bounds) + at), "words": _("mulai %(least)s") % {"least": least}}
        for at, least in enumerate(words, start=1)
    ]
    if any(one.value is None for one in chart.areas):
        rows.append({"shade": "none", "words": _("tidak ditampilkan atau belum ada")})
    return rows


def _placed(areas: Iterable[Area]) -> tuple[dict[str, dict[str, Any]], int, str]:
    """Path and letters of each area, the height of the picture, and whose outlines they are."""
    outlines = {one.region_id: one for one in RegionOutline.objects.all()}
    if outlines and all(one.code in outlines for one in areas):
        shapes, height = _outlined({code: one.rings for code, one in outlines.items()})
        first = next(iter(outlines.values()))
        return shapes, height, f"{first.source} ({first.licence})"
    grid = tiles()
    step = TILE + GAP
    shapes = {code: _tile(one.column * step, one.row * step, one.letters) for code, one in grid.items()}
    return shapes, (max(one.row for one in grid.values()) + 1) * step, ""


def _tile(x: int, y: int, letters: str) -> dict[str, Any]:
    path = f"M{x} {y}h{TILE}v{TILE}h-{TILE}z"
    return {"path": path, "x": x + TILE // 2, "y": y + TILE // 2 + 7, "letters": letters}


def _outlined(rings: dict[str, list[Ring]]) -> tuple[dict[str, dict[str, Any]], int]:
    """Degrees to the picture: widths shrink with the cosine of the latitude, as far from the poles as here enough."""
    points = [point for shape in rings.values() for ring in shape for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * shrink)

    def drawn(ring: Ring) -> list[tuple[int, int]]:
        return [(round((x - west) * shrink * scale), round((north - y) * scale)) for x, y in ring]

    shapes = {code: _shape([drawn(ring) for ring in shape], code) for code, shape in rings.items()}
    return shapes, round((north - south) * scale)


def _shape(rings: list[list[tuple[int, int]]], code: str) -> dict[str, Any]:
    path = "".join("M" + "L".join(f"{x} {y}" for x, y in dict.fromkeys(ring)) + "z" for ring in rings)
    largest = max(rings, key=len)
    letters = tiles()[code].letters if code in tiles() else ""
    middle = [sum(one[axis] for one in largest) // len(largest) for axis in (0, 1)]
    return {"path": path, "x": middle[0], "y": middle[1], "letters": letters}

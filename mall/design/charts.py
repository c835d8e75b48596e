"""Charts drawn on the server: accessible SVG beside the table of the same figures.

Lengths along the width are percentages and text has a fixed size, so that a chart
stays readable on a phone of 320 px and needs neither script nor style attribute.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from mall.design import formats
from mall.design.parts import Column, Table, Text

Value = float | Decimal | None

LINE, BAR, GAP = 20, 14, 18
LABEL_LETTERS = 30
HEIGHT, TOP, BOTTOM = 240, 16, 30
RIGHT = 97.0
LABELS = 6
MARKS = ["solid", "dashed", "dotted"]


@dataclass(frozen=True)
class Series:
    """One line or set of bars; a value of None is a gap (withheld or unknown)."""

    name: Text
    values: Sequence[Value]


@dataclass(frozen=True)
class Chart:
    """What a chart says: `desc` is one sentence with the finding, `axis` names the labels.

    `most` is what a full bar stands for, as 4 of 4; without it the greatest of the values is full.
    """

    title: Text
    desc: Text
    axis: Text
    labels: Sequence[Text]
    series: Sequence[Series]
    unit: Text = ""
    places: int = 0
    most: float = 0.0

    def __post_init__(self) -> None:
        if any(len(one.values) != len(self.labels) for one in self.series):
            raise ValueError("every series needs one value for each label")

    @property
    def id(self) -> str:
        """An id that is the same on every drawing of this chart."""
        return f"grafik-{slugify(str(self.title))}"

    def words(self, value: Value) -> str:
        """Return a value with its unit, or a dash for a gap."""
        if value is None:
            return "–"
        said = formats.number(value, self.places)
        return f"{said}%" if self.unit == "%" else f"{said} {self.unit}".strip()

    @property
    def table(self) -> Table:
        """The same figures as a table."""
        columns = [Column(self.axis), *(Column(one.name, numeric=True) for one in self.series)]
        values = [[self.words(one.values[index]) for one in self.series] for index in range(len(self.labels))]
        return Table(self.title, columns, [[label, *row] for label, row in zip(self.labels, values, strict=True)])

    @property
    def top(self) -> float:
        """The value at the top of the axis: a round number, at least 1."""
        return round_up(max((float(v) for one in self.series for v in one.values if v is not None), default=0.0))

    @property
    def left(self) -> float:
        """Where the axis stands: right of its longest figure, in percent of the width."""
        return 5 + 1.8 * max(len(words) for _part, words in self.marks)

    @property
    def marks(self) -> list[tuple[float, str]]:
        """Five heights of the axis, as a share of it and in words."""
        places = self.places if self.top >= 4 else max(self.places, 2)
        return [
            (part / 4, formats.number(self.top * part / 4, places if part % 4 else self.places)) for part in range(5)
        ]


def bar_chart(chart: Chart) -> dict[str, Any]:
    """Horizontal bars of one series: `{% bar_chart chart %}`; negative values are an error."""
    (series,) = chart.series
    if any(value is not None and value < 0 for value in series.values):
        raise ValueError("a bar cannot show a negative value")
    most = chart.most or max((float(value) for value in series.values if value is not None), default=0.0) or 1.0
    bars, y = [], 0
    for label, value in zip(chart.labels, series.values, strict=True):
        bars.append(bar(y, str(label), chart.words(value), float(value or 0) / most))
        y = bars[-1]["end"]
    return {"chart": chart, "bars": bars, "height": y, "bar_height": BAR}


def line_chart(chart: Chart) -> dict[str, Any]:
    """One to three lines over time, told apart by their dashes: `{% line_chart chart %}`."""
    if len(chart.series) > len(MARKS):
        raise ValueError(f"a line chart shows at most {len(MARKS)} lines")
    lines = [
        {"name": one.name, "mark": mark, **_line(chart, one.values)}
        for one, mark in zip(chart.series, MARKS, strict=False)
    ]
    return {
        "chart": chart,
        "lines": lines,
        "grid": [{"y": _height(share), "words": words} for share, words in chart.marks],
        "ticks": _ticks(chart),
        "height": HEIGHT,
        "left": percent(chart.left),
        "right": percent(RIGHT),
        "tick_y": HEIGHT - 8,
    }


def round_up(value: float) -> float:
    """Return the next round number (1, 2, 4, 5 or 10 times a power of ten), at least 1."""
    if value <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 4, 5, 10) if step * power >= value)


def bar(y: int, label: str, words: str, share: float) -> dict[str, Any]:
    """Lay out one bar under its label, which is broken because SVG text does not wrap."""
    parts = textwrap.wrap(label, LABEL_LETTERS) or [""]
    bar_y = y + len(parts) * LINE + 4
    return {
        "lines": [(part, y + (index + 1) * LINE - 4) for index, part in enumerate(parts)],
        "words": words,
        "words_y": y + len(parts) * LINE - 4,
        "bar_y": bar_y,
        "width": percent(share * 100),
        "end": bar_y + BAR + GAP,
    }


def _line(chart: Chart, values: Sequence[Value]) -> dict[str, Any]:
    dots = [_dot(chart, index, value) for index, value in enumerate(values)]
    pairs = [(a, b) for a, b in pairwise(dots) if a and b]
    return {"dots": [dot for dot in dots if dot], "pairs": pairs}


def _dot(chart: Chart, index: int, value: Value) -> dict[str, str] | None:
    if value is None:
        return None
    words = _("%(label)s: %(value)s") % {"label": chart.labels[index], "value": chart.words(value)}
    return {"x": percent(_across(chart, index)), "y": _height(float(value) / chart.top), "words": words}


def _ticks(chart: Chart) -> list[dict[str, Any]]:
    """Label at most six places of the axis, always the last, so that they never touch."""
    labels = chart.labels
    step = math.ceil(len(labels) / LABELS) or 1
    chosen = [index for index in range(len(labels)) if (len(labels) - 1 - index) % step == 0]
    return [{"x": percent(_across(chart, index)), "label": labels[index]} for index in chosen]


def _across(chart: Chart, index: int) -> float:
    last = len(chart.labels) - 1
    return chart.left + 3 + (RIGHT - chart.left - 6) * (index / last if last else 0.5)


def _height(share: float) -> str:
    return f"{TOP + (1 - share) * (HEIGHT - TOP - BOTTOM):.1f}"


def percent(value: float) -> str:
    return f"{value:.2f}%"

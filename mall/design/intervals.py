"""Dots with their intervals, drawn on the server beside the table of the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from mall.design.charts import GAP, LINE, Chart, Series, bar, percent
from mall.design.formats import number
from mall.design.parts import Text

THICK, DOT, MARK = 6, 6, 9


@dataclass(frozen=True)
class Interval:
    """One figure and both ends of its interval, on one scale."""

    label: Text
    low: Decimal
    value: Decimal
    high: Decimal


@dataclass(frozen=True)
class Intervals:
    """A chart of intervals; `mark` is the figure that all are compared with, and `least` where the scale begins."""

    title: Text
    desc: Text
    axis: Text
    rows: Sequence[Interval]
    mark: Decimal
    mark_words: Text
    names: tuple[Text, Text, Text]
    unit: Text = ""
    places: int = 1

    @property
    def chart(self) -> Chart:
        """The same figures as a chart of three series, for its table, id and words."""
        labels = [one.label for one in self.rows]
        values = [[one.low for one in self.rows], [one.value for one in self.rows], [one.high for one in self.rows]]
        series = [Series(name, row) for name, row in zip(self.names, values, strict=True)]
        return Chart(self.title, self.desc, self.axis, labels, series, unit=self.unit, places=self.places)

    @property
    def scale(self) -> tuple[Decimal, Decimal]:
        """Where the scale begins and ends: round tens around everything that is drawn."""
        ends = [self.mark, *(one.low for one in self.rows), *(one.high for one in self.rows)]
        least, most = (
            (end / 10).to_integral_value(way) * 10
            for end, way in ((min(ends), ROUND_FLOOR), (max(ends), ROUND_CEILING))
        )
        return least, most if most > least else least + 10


def interval_chart(drawn: Intervals) -> dict[str, Any]:
    """Dots with their intervals, and a line for what all are compared with: `{% interval_chart drawn %}`."""
    chart, (least, most) = drawn.chart, drawn.scale

    def across(value: Decimal) -> float:
        return float((value - least) / (most - least)) * 100

    rows, y = [], LINE
    for one in drawn.rows:
        laid = bar(y, str(one.label), f"{number(one.low, drawn.places)}–{number(one.high, drawn.places)}", 0.0)
        middle = laid["bar_y"] + THICK
        low, high = across(one.low), across(one.high)
        laid |= {"x": percent(low), "width": percent(high - low), "dot_x": percent(across(one.value)), "dot_y": middle}
        rows.append(
            laid
            | {"bar_y": middle - THICK // 2, "said": chart.words(one.value), "mark": (middle - MARK, middle + MARK)}
        )
        y = laid["end"]
    return {
        "chart": chart,
        "rows": rows,
        "height": y - GAP + LINE,
        "thick": THICK,
        "dot": DOT,
        "mark_x": percent(across(drawn.mark)),
        "mark_words": drawn.mark_words,
        "mark_anchor": "end" if across(drawn.mark) > 50 else "start",
        "least": chart.words(least),
        "most": chart.words(most),
        "foot": y - GAP + LINE - 4,
    }

"""What a table of figures is: the same columns and rows on the page and in the file."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise

from agencies import clock
from mall.design import formats
from mall.design.parts import Column, Table

Agencies = Collection[str] | None
Names = Mapping[str, str]
Rows = list[list[str | int]]
WINDOW = timedelta(days=90)
"""How far the figures about what was done look back."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of figures: how it is called, how it is computed, its columns and its rows."""

    slug: str
    title: Promise
    how: Promise
    columns: Sequence[Promise]
    texts: int
    """So many columns on the left are words, the others are numbers."""
    rows: Callable[[Agencies, Names], Rows]

    def table(self, agencies: Agencies, names: Names) -> Table:
        """For the page. One query."""
        columns = [Column(name, numeric=place >= self.texts) for place, name in enumerate(self.columns)]
        rows = self.rows(agencies, names)
        shown = [[formats.number(cell) if isinstance(cell, int) else cell for cell in row] for row in rows]
        return Table(self.title, columns, shown)


def since() -> date:
    """The first day of the window that ends today."""
    return clock.today() - WINDOW


def named(*names: Any) -> Sequence[Promise]:
    """The names of columns."""
    return names

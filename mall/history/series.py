"""The gapless numbers of the history, counted here and written with each batch."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.db import connections

from mall.runtime.roles import connection_name
from workflows.permits.models import NumberSeries

TABLE: Final = "workflows_numberseries"
_KEPT: Final = f"""
INSERT INTO {TABLE} (id, series, unit, year, lane, last) VALUES (%s, %s, '', %s, 'real', %s)
ON CONFLICT (series, unit, year, lane) DO UPDATE SET last = excluded.last
"""  # noqa: S608 - a name of ours
Row = tuple[str, str, int, int]
"""Id, series, year, and the last number given."""


@dataclass(slots=True)
class Counters:
    """Where each series stands, by its name and year."""

    ids: dict[tuple[str, int], str] = field(default_factory=dict)
    last: dict[tuple[str, int], int] = field(default_factory=dict)
    moved: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def load(cls) -> "Counters":
        """As they stand now; real lane, no unit."""
        found = cls()
        rows = NumberSeries.objects.filter(lane="real", unit="")
        found.learn((str(row.pk), row.series, row.year, row.last) for row in rows)
        return found

    def learn(self, rows: Iterable[Row]) -> None:
        """What others have given."""
        for pk, series, year, last in rows:
            self.ids[series, year], self.last[series, year] = pk, last

    def of(self, year: int) -> list[Row]:
        """Where the series of a year stand."""
        return [(pk, *key, self.last[key]) for key, pk in self.ids.items() if key[1] == year]

    def take(self, series: str, year: int) -> tuple[str, int]:
        """The counter's id and its next number."""
        key = (series, year)
        if key not in self.ids:
            self.ids[key], self.last[key] = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{series} {year}")), 0
        self.last[key] += 1
        self.moved.add(key)
        return self.ids[key], self.last[key]

    def taken(self) -> list[Row]:
        """Those from which a number was taken since this was asked last, as they are written."""
        moved, self.moved = sorted(self.moved), set()
        return [(self.ids[key], *key, self.last[key]) for key in moved]


def keep(rows: list[Row]) -> None:
    """Write where the series stand now, in the transaction of the batch."""
    with connections[connection_name()].cursor() as cursor:
        cursor.executemany(_KEPT, rows)

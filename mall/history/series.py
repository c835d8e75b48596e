"""The gapless numbers of the history, counted here and written with each batch."""

import uuid
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


@dataclass(slots=True)
class Counters:
    """Where each series stands, by its name and year."""

    ids: dict[tuple[str, int], str] = field(default_factory=dict)
    last: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Counters":
        """As they stand now; real lane, no unit."""
        found = cls()
        for row in NumberSeries.objects.filter(lane="real", unit=""):
            found.ids[row.series, row.year], found.last[row.series, row.year] = str(row.pk), row.last
        return found

    def take(self, series: str, year: int) -> tuple[str, int]:
        """The counter's id and its next number."""
        key = (series, year)
        if key not in self.ids:
            self.ids[key], self.last[key] = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{series} {year}")), 0
        self.last[key] += 1
        return self.ids[key], self.last[key]

    def rows(self) -> list[tuple[str, str, int, int]]:
        """As they are written."""
        return [(self.ids[key], *key, last) for key, last in self.last.items()]


def keep(rows: list[tuple[str, str, int, int]]) -> None:
    """Write where the series stand now, in the transaction of the batch."""
    with connections[connection_name()].cursor() as cursor:
        cursor.executemany(_KEPT, rows)

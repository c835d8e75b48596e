"""One person in several programmes: told at entry, never a reason to refuse (S04)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mall.importing.checking import Row
from mall.registers.choices import BatchState
from mall.registers.kinds import Told
from mall.registers.models import Entry
from mall.registers.sealing import nik_hash


def warnings_of(told: Told, rows: Sequence[Row], period: str, agency: str) -> list[dict[str, object]]:
    """Lines whose NIK stands under another programme of the same year: in this file, or in force anywhere.

    Each says the programme and the lines; nothing of a person. One query, with the schema opened by the caller.
    """
    if not told.by_programme:
        return []
    lines = defaultdict[str, list[Row]](list)
    for row in rows:
        lines[nik_hash(row["nik"])].append(row)
    found = defaultdict[str, set[int]](set)
    for programme, numbers in (*_here(lines.values()), *_elsewhere(lines, period, agency)):
        found[programme].update(numbers)
    return [{"programme": one, "lines": sorted(numbers)} for one, numbers in sorted(found.items()) if numbers]


def _here(people: Iterable[list[Row]]) -> Iterator[tuple[str, list[int]]]:
    """Within the file: a programme, and the lines under other ones of somebody who is in it."""
    for same in people:
        for row in same:
            yield row["program"], [other.line for other in same if other["program"] != row["program"]]


def _elsewhere(lines: Mapping[str, list[Row]], period: str, agency: str) -> Iterator[tuple[str, list[int]]]:
    """In force; a new file of this agency replaces its own rows of the same programme, so those are no twins."""
    for digest, programme, owner in _in_force(lines, period):
        same = [row.line for row in lines[digest] if programme != row["program"] or owner != agency]
        yield programme, same


def _in_force(digests: Iterable[str], period: str) -> Iterable[tuple[str, str, str]]:
    rows = Entry.objects.filter(
        current=True, batch__state=BatchState.CURRENT, batch__period=period, nik_hash__in=list(digests)
    ).exclude(programme="")
    return rows.values_list("nik_hash", "programme", "batch__agency")

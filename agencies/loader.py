"""Loads what is shipped: agencies, sites, regions, holidays. Everything twice is everything once.

What people changed in the tables is left alone: an agency is written again only when its entry in the
file changed, a site and its hours only when new, and a year of holidays only when it is empty.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from agencies import directory
from agencies.models import Agency, Holiday, OpeningHours, Region, Site
from agencies.services import import_holidays

REGIONS_FILE = Path(__file__).parent / "data" / "regions.csv"
HOLIDAY_YEARS = range(2024, 2028)
"""Years whose decrees (SKB) the `holidays` library carries; later ones lack cuti bersama."""
AGENCY_COLUMNS = ("name_id", "name_en", "kind", "role", "phone", "component_defaults", "answers_by", "digest")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows were written; all 0 when there was nothing to do."""

    agencies: int
    sites: int
    regions: int
    holidays: int


@transaction.atomic
def load_all() -> Loaded:
    """Everything, in the order in which rows need each other."""
    return Loaded(load_agencies(), load_sites(), load_regions(), load_holidays())


def load_agencies(path: Path = directory.AGENCIES_FILE) -> int:
    """Write the agencies whose entry changed, and those that watch over them; two queries at most.

    Raises:
        DirectoryError: a file has a fault; nothing is written.
    """
    known = dict(Agency.objects.values_list("code", "digest"))
    entries = (*directory.read_agencies(path), *directory.read_oversight())
    changed = [entry for entry in entries if known.get(entry.code) != entry.digest]
    rows = [
        Agency(
            code=entry.code,
            name_id=entry.name_id,
            name_en=entry.name_en,
            kind=entry.kind,
            role=entry.role,
            phone=entry.phone,
            component_defaults=entry.component_defaults,
            answers_by=entry.answers_by,
            digest=entry.digest,
        )
        for entry in changed
    ]
    Agency.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=AGENCY_COLUMNS)
    return len(rows)


@transaction.atomic
def load_sites(path: Path = directory.SITES_FILE) -> int:
    """Write the sites that are new, with their hours."""
    known = set(Site.objects.values_list("code", flat=True))
    new = [entry for entry in directory.read_sites(path) if entry.code not in known]
    Site.objects.bulk_create([Site(code=entry.code, name=entry.name, address=entry.address) for entry in new])
    OpeningHours.objects.bulk_create(
        OpeningHours(site_id=entry.code, weekday=weekday, opens=opens, closes=closes)
        for entry in new
        for weekday, (opens, closes) in entry.hours.items()
    )
    return len(new)


def load_regions(path: Path = REGIONS_FILE) -> int:
    """Write the regions that are new or whose name changed; two queries at most."""
    known = {row[0]: row for row in Region.objects.values_list("code", "name", "kind", "parent_id")}
    changed = [row for row in _region_rows(path) if known.get(row[0]) != row]
    Region.objects.bulk_create(
        [Region(code=code, name=name, kind=kind, parent_id=parent) for code, name, kind, parent in changed],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "parent"],
    )
    return len(changed)


def load_holidays() -> int:
    """Seed each year that has no holiday yet, so that a table corrected by hand stays corrected."""
    known = {found.year for found in Holiday.objects.dates("date", "year")}
    empty = [year for year in HOLIDAY_YEARS if year not in known]
    return import_holidays(empty) if empty else 0


def _region_rows(path: Path) -> Iterator[tuple[str, str, str, str | None]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            yield row["code"], row["name"], row["kind"], row["parent"] or None

"""The holiday table. A library seeds it; decrees (SKB) change it, sometimes in the middle of a year."""

from collections.abc import Iterable
from datetime import date
from importlib.metadata import version

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.errors import Invalid, Missing
from agencies.hooks import HolidayChange, holiday_changed
from agencies.models import Holiday, HolidayKind, User

CATEGORIES = (("public", HolidayKind.NATIONAL), ("government", HolidayKind.CUTI_BERSAMA))
"""The library leaves cuti bersama out unless asked: deadlines at Lebaran would fall a week early."""
ELECTION_WORD = "Pemilihan"


@transaction.atomic
def set_holiday(
    *, date: date, name: str, kind: str, decree_no: str = "", source: str = "", by: User | None = None
) -> Holiday:
    """Declare a day to be no working day, or correct the name or decree of one that is.

    Hooks are told only when the day counted as a working day until now.

    Raises:
        Invalid: no such kind, or no name.
    """
    faults = {}
    if kind not in HolidayKind.values:
        faults["kind"] = [_("Pilih jenis hari libur dari daftar.")]
    if not name.strip():
        faults["name"] = [_("Isi nama hari libur.")]
    if faults:
        raise Invalid(faults)
    known = Holiday.objects.select_for_update().filter(date=date).exists()
    holiday, _made = Holiday.objects.update_or_create(
        date=date, kind=kind, defaults={"name": name.strip(), "decree_no": decree_no, "source": source}
    )
    if not known:
        holiday_changed(HolidayChange(added=(date,), by=by.pk if by else None))
    return holiday


@transaction.atomic
def remove_holiday(*, date: date, kind: str, by: User | None = None) -> None:
    """Take a day out of the table; hooks are told when nothing else keeps it free.

    Raises:
        Missing: there is no such holiday.
    """
    gone, _rows = Holiday.objects.filter(date=date, kind=kind).delete()
    if not gone:
        raise Missing(_("Hari libur ini tidak ada di tabel."))
    if not Holiday.objects.filter(date=date).exists():
        holiday_changed(HolidayChange(removed=(date,), by=by.pk if by else None))


@transaction.atomic
def import_holidays(years: Iterable[int], *, by: User | None = None) -> int:
    """Add what the library knows of these years; rows that are there stay as they are.

    From 2028 on the library has no cuti bersama and estimates every lunar date: import such a year
    only to be corrected by its decree.

    Returns:
        How many rows are new.
    """
    known = set(Holiday.objects.values_list("date", "kind"))
    free = {day for day, _kind in known}
    new = [row for row in _from_library(years) if (row.date, row.kind) not in known]
    Holiday.objects.bulk_create(new, ignore_conflicts=True)
    added = tuple(sorted({row.date for row in new} - free))
    holiday_changed(HolidayChange(added=added, by=by.pk if by else None))
    return len(new)


def _from_library(years: Iterable[int]) -> list[Holiday]:
    import holidays  # only a seed or an import needs it; the web process does not carry it

    source = f"holidays {version('holidays')}"
    wanted = sorted(set(years))
    rows = []
    for category, kind in CATEGORIES:
        found = holidays.country_holidays("ID", years=wanted, categories=(category,), language="id")
        for day, name in sorted(found.items()):
            # An empty list of years would let the library add the year it is asked about.
            if day.year in wanted:
                what = HolidayKind.ELECTION if ELECTION_WORD in name else kind
                rows.append(Holiday(date=day, name=name, kind=what, source=source))
    return rows

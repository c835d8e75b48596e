"""The opening hours of a site: the week, and dates on which it is open otherwise or closed.

They move legal dates (what arrives after closing counts at the next opening, and a term ends at closing time), so
whoever changes them is told to hooks, which move open due dates forward and never backward.
"""

from collections.abc import Mapping
from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.errors import Invalid, Missing
from agencies.hooks import HoursChange, hours_changed
from agencies.models import OpeningException, OpeningHours, Site, User

Hours = tuple[time, time]
"""Opening and closing, wall clock WIB."""


@transaction.atomic
def set_week(*, site: str, week: Mapping[int, Hours | None], by: User | None = None) -> None:
    """Set the ordinary hours of a site; a weekday (0 is Monday) without hours is closed.

    Raises:
        Missing: there is no such site.
        Invalid: a day closes before it opens (field `day0` … `day6`), or the site would never be open.
    """
    found = _locked(site)
    open_days = {day: hours for day, hours in week.items() if hours}
    faults = {f"day{day}": [_("Jam tutup harus setelah jam buka.")] for day, (a, b) in open_days.items() if a >= b}
    if not open_days:
        faults[""] = [_("Lokasi layanan harus buka sedikitnya satu hari dalam seminggu.")]
    if faults:
        raise Invalid(faults)
    found.opening_hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(site=found, weekday=day, opens=opens, closes=closes) for day, (opens, closes) in open_days.items()
    )
    hours_changed(HoursChange(site, by.pk if by else None))


@transaction.atomic
def set_exception(
    *, site: str, date: date, reason: str, hours: Hours | None = None, by: User | None = None
) -> OpeningException:
    """Other hours on one date, or closed when there are none; the reason is shown to people.

    Raises:
        Missing: there is no such site.
        Invalid: no reason, or it closes before it opens.
    """
    found = _locked(site)
    faults = {}
    if not reason.strip():
        faults["reason"] = [_("Tulis alasannya; masyarakat membacanya.")]
    if hours and hours[0] >= hours[1]:
        faults["closes"] = [_("Jam tutup harus setelah jam buka.")]
    if faults:
        raise Invalid(faults)
    opens, closes = hours or (None, None)
    row, _made = OpeningException.objects.update_or_create(
        site=found, date=date, defaults={"opens": opens, "closes": closes, "reason": reason.strip()}
    )
    hours_changed(HoursChange(site, by.pk if by else None))
    return row


@transaction.atomic
def remove_exception(*, site: str, date: date, by: User | None = None) -> None:
    """That date is an ordinary day again. `Missing` when it is no exception."""
    _locked(site)
    gone, _rows = OpeningException.objects.filter(site_id=site, date=date).delete()
    if not gone:
        raise Missing(_("Tanggal ini tidak ada di daftar."))
    hours_changed(HoursChange(site, by.pk if by else None))


def _locked(site: str) -> Site:
    """The site, so that two administrators change it one after the other."""
    found = Site.objects.select_for_update().filter(pk=site).first()
    if found is None:
        raise Missing(_("Lokasi layanan ini tidak ditemukan."))
    return found

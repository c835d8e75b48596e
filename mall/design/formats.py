"""How the mall writes money, dates, terms and identity numbers for people."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from agencies import clock


def indonesian(text: str) -> str:
    """A name that has no translation, marked as Indonesian on a page in another language (WCAG 3.1.2)."""
    return text if get_language() == "id" or not text else format_html('<span lang="id">{}</span>', text)


def rupiah(amount: Decimal | int | None) -> str:
    """Return an amount in rupiah as `Rp 25.000`, below zero `−Rp 25.000`; cents only when there are any."""
    if amount is None:
        return ""
    sign, size = ("−", -amount) if amount < 0 else ("", amount)
    return f"{sign}Rp\u00a0{number(size, 2 if Decimal(amount) % 1 else 0)}"


def number(value: Decimal | float | None, places: int = 0) -> str:
    """Return a number with Indonesian separators: `1.234,5`."""
    if value is None:
        return ""
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def day(when: date | datetime | None) -> str:
    """Return the WIB day of a date or moment: `22 November 2026`."""
    if when is None:
        return ""
    return date_format(clock.wib_date(when) if isinstance(when, datetime) else when, "j F Y")


def moment(when: datetime | None) -> str:
    """Return a moment in WIB: `22 November 2026 pukul 14.05 WIB`."""
    if when is None:
        return ""
    local = clock.wib(when)
    return _("%(day)s pukul %(time)s WIB") % {
        "day": date_format(local, "j F Y"),
        "time": f"{local:%H.%M}",
    }


def working_days(count: int | None) -> str:
    """Return a term in working days: `3 hari kerja`."""
    if count is None:
        return ""
    return ngettext("%(count)s hari kerja", "%(count)s hari kerja", count) % {"count": count}


def calendar_days(count: int | None) -> str:
    """Return a term in calendar days: `3 hari`."""
    if count is None:
        return ""
    return ngettext("%(count)s hari", "%(count)s hari", count) % {"count": count}

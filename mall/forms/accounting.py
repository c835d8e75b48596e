"""Whose the time of a case was, as a table: the same for its applicant and for staff."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.errors import Unavailable
from mall.design.parts import Column, Table
from workflows.cases.models import Case
from workflows.clock import accounts
from workflows.clock.models import Holder, Interval


def table(case: Case, intervals: Sequence[Interval], names: Mapping[str, str]) -> Table | None:
    """Each party with its time, then the whole; None for what was never handed in, or beyond the calendar."""
    if case.submitted_at is None:
        return None
    try:
        account = accounts.of(case, intervals)
    except Unavailable:
        return None
    rows = [[_party(one.party, names), _days(one.days), lasted(one.span)] for one in account.shares]
    rows.append([_("Seluruhnya"), _days(account.gross_days), lasted(account.gross)])
    rows.append([_("Tanpa jeda"), _days(account.net_days), lasted(account.net)])
    if account.remaining is not None:
        rows.append([_("Sisa jangka waktu"), _days(account.remaining), "–"])
    columns = [Column(_("Pemegang")), Column(_("Hari kerja"), numeric=True), Column(_("Lama"))]
    return Table(_("Waktu menurut pemegang"), columns, rows)


def _party(party: accounts.Party, names: Mapping[str, str]) -> str:
    holder, agency = party
    return names.get(agency, agency) if agency else str(Holder(holder).label)


def _days(count: int) -> str:
    return ngettext("%(n)s hari", "%(n)s hari", count) % {"n": count}


def lasted(span: timedelta) -> str:
    """A stretch of wall-clock time in words, in its two largest units."""
    minutes = int(span.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        ngettext("%(n)s hari", "%(n)s hari", days) % {"n": days} if days else "",
        ngettext("%(n)s jam", "%(n)s jam", hours) % {"n": hours} if hours else "",
        ngettext("%(n)s menit", "%(n)s menit", minutes) % {"n": minutes} if not days else "",
    ]
    return " ".join(part for part in parts if part)

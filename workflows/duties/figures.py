"""How often an order that nobody chooses was set aside, for managers and for everybody: counts only, real lane.

The order of a line (a case was handled out of turn), and the lot (another inspector than the one drawn).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncMonth, TruncQuarter

from agencies.clock import WIB
from agencies.models import Lane
from workflows.cases.visits import Inspection
from workflows.duties.lines import Overtaking


@dataclass(frozen=True, slots=True)
class Overtaken:
    """One service in one month (`2026-11`, WIB): how often, for which reason, and how many waited longer for it."""

    month: str
    agency: str
    service: str
    code: str
    count: int
    passed: int


@dataclass(frozen=True, slots=True)
class Told:
    """The same for everybody: one service in one month, whatever the reason."""

    month: str
    service: str
    count: int


def overtaken(agencies: Collection[str] | None = None) -> list[Overtaken]:
    """By month, service and reason, latest first; `agencies` narrows to these lines. One query."""
    rows = _by_month()
    if agencies is not None:
        rows = rows.filter(agency_id__in=agencies)
    found = rows.values("month", "agency_id", "name", "code").annotate(count=Count("pk"), sum=Sum("passed"))
    return [
        Overtaken(f"{row['month']:%Y-%m}", row["agency_id"], row["name"], row["code"], row["count"], row["sum"])
        for row in found.order_by("-month", "name", "agency_id", "code")
    ]


def told(*, since: datetime, until: datetime) -> list[Told]:
    """By month and service between two moments, latest first. One query."""
    rows = _by_month().filter(at__gte=since, at__lt=until).values("month", "name")
    found = rows.annotate(count=Count("pk")).order_by("-month", "name")
    return [Told(f"{row['month']:%Y-%m}", row["name"], row["count"]) for row in found]


MOST_NOTES = 500
"""Shown at once: a manager reads the latest."""


def notes(agencies: Collection[str] | None, *, since: datetime) -> list[Overtaking]:
    """What officers wrote when they went out of turn, latest first; where nothing was written, nothing. One query."""
    rows = Overtaking.objects.filter(case__lane=Lane.REAL, at__gte=since).exclude(note="")
    if agencies is not None:
        rows = rows.filter(agency_id__in=agencies)
    found = rows.select_related("case__service").only(
        "at", "agency", "code", "note", "passed", "case__service__name_id"
    )
    return list(found.order_by("-at", "-id")[:MOST_NOTES])


@dataclass(frozen=True, slots=True)
class Overridden:
    """The visits of one agency in one quarter whose lot was set aside for one reason."""

    quarter: date
    """Its first day."""
    agency: str
    code: str
    count: int


def overridden(*, until: date) -> list[Overridden]:
    """Lots that were set aside, of visits that took place before that day, the latest quarter first. One query."""
    rows: QuerySet[Any] = Inspection.objects.filter(case__lane=Lane.REAL, held_on__lt=until).exclude(override="")
    found = rows.values(quarter=TruncQuarter("held_on"), name=F("agency__name_id"), code=F("override"))
    return [
        Overridden(row["quarter"], row["name"], row["code"], row["count"])
        for row in found.annotate(count=Count("pk")).order_by("-quarter", "name", "code")
    ]


def _by_month() -> QuerySet[Any]:
    rows: QuerySet[Any] = Overtaking.objects.filter(case__lane=Lane.REAL)
    named: QuerySet[Any] = rows.annotate(month=TruncMonth("at", tzinfo=WIB), name=F("case__service__name_id"))
    return named

"""What was answered, summed. Single answers leave this module only as comments without anything about their writer."""

import operator
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import groupby
from secrets import SystemRandom

from django.db.models import Count, F, Sum

from mall.voice.satisfaction.elements import elements
from mall.voice.satisfaction.index import Survey, pooled
from mall.voice.satisfaction.models import Invitation, Response

LEAST = 5
"""Below so many answers in the period no comment of the unit is shown."""
NUMBERS = re.compile(r"\d[\d .\-]{5,}\d")
ADDRESSES = re.compile(r"\S+@\S+")
HIDDEN = "•••"


@dataclass(frozen=True, slots=True)
class Unit:
    """A service at a site, with the agency that answers for it."""

    agency: str
    service: str
    site: str


def surveys(first: date, last: date) -> dict[Unit, Survey]:
    """Every unit with a closed case in the months from `first` to `last`. Two queries."""
    within, by = {"month__range": (first, last)}, ("agency", "service", "site")
    sums = {f"sum_{one.code}": Sum(one.code) for one in elements()}
    points = reduce(operator.add, (F(one.code) for one in elements()))
    invited = Invitation.objects.filter(**within).values(*by).annotate(closed=Count("pk")).order_by(*by)
    answered = Response.objects.filter(**within).values(*by).order_by(*by)
    answered = answered.annotate(answered=Count("pk"), squares=Sum(points * points), **sums)
    told = {_unit(row): row for row in answered}
    found = {}
    for row in invited:
        one = told.get(_unit(row))
        totals = tuple(one[name] for name in sums) if one else (0,) * len(sums)
        answers, squares = (one["answered"], one["squares"]) if one else (0, 0)
        found[_unit(row)] = Survey(row["closed"], answers, totals, squares)
    return found


def _unit(row: dict[str, str]) -> Unit:
    return Unit(row["agency"], row["service"], row["site"])


def by(part: str, of: dict[Unit, Survey]) -> dict[str, Survey]:
    """The same answers, pooled by `agency`, `service` or `site`. No query."""
    rows = sorted(of.items(), key=lambda one: str(getattr(one[0], part)))
    groups = groupby(rows, key=lambda one: str(getattr(one[0], part)))
    return {name: pooled([survey for _unit, survey in group]) for name, group in groups}


def comments(agency: str, first: date, last: date) -> list[str]:
    """What was written about an agency, shuffled and without long numbers and addresses; nothing below the threshold.

    One query. Whose words they are, when they were written and about which service is not told.
    """
    rows = Response.objects.filter(agency=agency, month__range=(first, last)).values_list("comment", flat=True)
    answers = list(rows)
    if len(answers) < LEAST:
        return []
    written = [_harmless(one) for one in answers if one]
    SystemRandom().shuffle(written)
    return written


def _harmless(comment: str) -> str:
    return ADDRESSES.sub(HIDDEN, NUMBERS.sub(HIDDEN, comment))


def whole(of: Iterable[Survey]) -> Survey:
    """The mall as one unit."""
    return pooled(list(of))

"""The report of a year, added up from what its two halves show: it tells nothing that they do not tell.

Of a unit that is hidden in one half no figure of the year is given.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from mall.design import formats
from mall.releases import datasets, paper, printing, queries, show
from mall.releases.hiding import Cell
from mall.releases.models import Release
from mall.releases.shapes import Key
from mall.voice.satisfaction.elements import elements
from mall.voice.satisfaction.index import Survey, pooled, root
from mall.voice.satisfaction.published.columns import ENOUGH, HEAD, MEANS, SUMS
from mall.voice.satisfaction.published.declared import SERVICES

HALVES = ("S1", "S2")
Cells = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit in a year: both halves as they were published, and the year where both tell it."""

    name: str
    halves: tuple[Cells | None, Cells | None]

    @property
    def survey(self) -> Survey | None:
        """The respondents of both halves as one; None where a half does not tell its own."""
        told = [_survey(one) for one in self.halves]
        known = [one for one in told if one is not None]
        return pooled(known) if len(known) == len(told) else None

    @property
    def margin(self) -> Decimal | None:
        """Of the pooled index: the halves are samples of their own, each weighing as many as answered."""
        survey, told = self.survey, [one and one["margin"].value for one in self.halves]
        if survey is None or not survey.answered or any(one is None for one in told):
            return None
        answered = [_number(one, "answered") for one in self.halves if one]
        shares = [Fraction(each, survey.answered) for each in answered]
        margins = [Fraction(str(one)) for one in told]
        return root(sum(((a * b) ** 2 for a, b in zip(shares, margins, strict=True)), Fraction(0)))


def _survey(cells: Cells | None) -> Survey | None:
    if cells is None or any(cells[code].value is None for code in ("closed", "answered")):
        return None
    answered = _number(cells, "answered")
    totals = tuple(_number(cells, one.code) if answered else 0 for one in SUMS)
    return Survey(_number(cells, "closed"), answered, totals)


def _number(cells: Cells, code: str) -> int:
    return int(cells[code].value or 0)


def halves_of(year: int) -> tuple[Release, Release] | None:
    """Both halves of a year; None while one of them is not public. Two queries."""
    first, second = (queries.standing(SERVICES, f"{year}-{half}") for half in HALVES)
    return (first, second) if first and second else None


def years() -> dict[int, tuple[Release, Release]]:
    """The years of which both halves are public, the latest first, without their bodies. One query."""
    known = {one.period: one for one in queries.periods(SERVICES)}
    found = {}
    for code in known:
        first, second = (known.get(f"{code[:4]}-{half}") for half in HALVES)
        if first and second:
            found[int(code[:4])] = (first, second)
    return found


def name_of(year: int) -> str:
    """The name of the document of a year."""
    return f"{SERVICES}-tahunan/{year}"


def wanted() -> Iterator[printing.Job]:
    """The reports that there should be."""
    for year, halves in years().items():
        yield printing.Job(name_of(year), printing.source_of(*halves), partial(markup, year))


def units(halves: tuple[Release, Release]) -> dict[Key, Unit]:
    """Every unit that either half lists, the mall first, each agency before its services."""
    by_place = [{_key(line.dims): line.cells for line in one.lines} for one in halves]
    return {
        key: Unit(_name(halves, key), (by_place[0].get(key), by_place[1].get(key)))
        for key in sorted({*by_place[0], *by_place[1]})
    }


def _key(dims: Mapping[str, str]) -> Key:
    return (dims["agency"], dims["service"])


def _name(halves: tuple[Release, Release], key: Key) -> str:
    agency, service = key
    if not agency:
        return _("Seluruh Mal")
    dimension, code = ("service", service) if service else ("agency", agency)
    names = [one.label(dimension, code) for one in reversed(halves)]
    return next((name for name in names if name != code), code)


def markup(year: int) -> str:
    """The report as HTML, every word escaped, always in Indonesian."""
    halves = halves_of(year)
    assert halves
    with override("id"):
        return render_to_string("voice/satisfaction/report.html", _context(year, halves))


def _context(year: int, halves: tuple[Release, Release]) -> dict[str, Any]:
    found = units(halves)
    whole = found["", ""]
    return {
        "year": year,
        "digest": printing.source_of(*halves),
        "sample": any(one.is_sample for one in halves),
        "periods": [(one.over.name, formats.day(one.published_at), one.revision, one.sha256) for one in halves],
        "about": _about(whole),
        "elements": [(one, _mean(whole, at)) for at, one in enumerate(elements())],
        "agencies": [row(one) for key, one in found.items() if key[0] and not key[1]],
        "services": list(_by_agency(found)),
        "halves": [(one.over.name, _half(found, at)) for at, one in enumerate(halves)],
        "head": [one.name for one in HEAD],
        "legend": paper.legend(datasets.find(SERVICES)),
        "how": [*((one.name, one.how) for one in HEAD), (_("U1 sampai U9"), MEANS[0].how)],
    }


def _about(whole: Unit) -> list[tuple[str, str]]:
    return [(str(one.name), cell) for one, cell in zip(HEAD, row(whole)[1], strict=True)]


def _mean(unit: Unit, at: int) -> str:
    survey = unit.survey
    return formats.number(survey.mean(at), 2) if survey and survey.answered else paper.HIDDEN


def row(unit: Unit) -> tuple[str, list[str]]:
    """A unit and the figures of its year, in the order of `HEAD`."""
    survey = unit.survey
    if survey is None:
        return unit.name, [paper.HIDDEN] * len(HEAD)
    counts = [formats.number(one) for one in (survey.closed, survey.answered, survey.silent)]
    if not survey.answered:
        return unit.name, [*counts, "0,0", formats.number(survey.needed), *[show.SHUT] * 3]
    told = [formats.number(survey.rate, 1), formats.number(survey.needed), formats.number(survey.index, 2)]
    shut = any(one and one["margin"].suppressed for one in unit.halves)
    margin = formats.number(unit.margin, 2) if unit.margin is not None else paper.HIDDEN if shut else show.SHUT
    return unit.name, [*counts, *told, survey.grade or ENOUGH, margin]


def _by_agency(found: Mapping[Key, Unit]) -> Iterator[tuple[str, list[tuple[str, list[str]]]]]:
    for (agency, service), unit in found.items():
        if agency and not service:
            own = [row(one) for key, one in found.items() if key[0] == agency and key[1]]
            if own:
                yield unit.name, own


def _half(found: Mapping[Key, Unit], at: int) -> list[tuple[str, list[str]]]:
    """The figures of one half as they were published: the mall and its agencies."""
    return [
        (unit.name, [paper.words(one, cells.get(one.code)) for one in HEAD])
        for key, unit in found.items()
        if not key[1] and (cells := unit.halves[at])
    ]

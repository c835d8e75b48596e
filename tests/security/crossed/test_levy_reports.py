"""S07: a report of a levy is invisible to the reported unit, page by page through the matrix."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from difflib import ndiff

import pytest
from django.db import transaction

from agencies import clock
from mall.voice.levies import keys
from tests import levies
from tests.long import LONG
from tests.security import table
from tests.security.crossing import Crossing, text_of
from tests.security.table import Cell, Outcome
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
REPORTED = ("clerk@mall", "verifier@mall", "approver@mall", "manager@mall", "administrator@mall", "mallhead")
CHANGING = re.compile(
    r'csrfmiddlewaretoken" value="[^"]+"|name="key" value="[^"]+"|X-Request-ID\': \'[^\']+\'|'
    r"Last-Modified': '[^']+'|\d\d[:.]\d\d(?::\d\d)?|ETag': '[^']+'|<strong>[0-9a-f]{8}</strong>|[0-9a-f-]{36}"
)
"""What is another at every look."""


def pages() -> Iterator[Cell]:
    """Every page that the people of the reported unit may open; a quarter of them in an ordinary run."""
    for place, cell in enumerate(_pages()):
        if LONG or table.in_turn("levies", place, 4):
            yield cell


def _pages() -> Iterator[Cell]:
    for row in table.rows():
        if row.name.startswith(("voice:", "account_", "mfa_", "api:schema", "api:docs")) or "GET" not in row.methods:
            continue
        things = list(row.methods["GET"])
        for cell in table.cells(replace(row, methods={"GET": row.methods["GET"]})):
            if cell.visitor in REPORTED and cell.outcome is Outcome.ALLOW and cell.thing in things[:1]:
                yield cell


def seen(crossing: Crossing, cells: list[Cell], at: datetime) -> dict[str, str]:
    """What each of them shows at a moment, without what changes at every look; what looking wrote is undone."""
    point = transaction.savepoint()
    try:
        with clock.pretend(at):
            return {crossing.name(cell): CHANGING.sub("", text_of(crossing.ask(cell))) for cell in cells}
    finally:
        transaction.savepoint_rollback(point)


def test_s07_report_of_a_levy_is_invisible_to_the_reported_unit(crossing: Crossing) -> None:
    cells = list(pages())
    at = clock.now()  # pages tell minutes, and looking takes some
    before = seen(crossing, cells, at)
    case = crossing.world.things["deciding"].case
    chain = Event.objects.filter(subject_kind="case", subject_id=case.pk).count()
    report = levies.file(manner="confidential", office="DPMPTSP", reference=str(case.reference), named="Akun mallhead")
    after = seen(crossing, cells, at)
    assert len(cells) > (100 if LONG else 25)
    words = (levies.ASKED, report.code, str(report.pk), keys.link_of(report.pk), keys.word_of(report.pk))
    assert {name: [word for word in words if word in text] for name, text in after.items()} == {n: [] for n in after}
    assert list(changed(before, after)) == []
    assert Event.objects.filter(subject_kind="case", subject_id=case.pk).count() == chain
    told = Event.objects.get(subject_kind="levy_report", subject_id=report.pk)
    assert str(case.reference) not in str(told.data)
    assert str(case.pk) not in str(told.data)


def changed(before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    """The pages that show anything else than before: a count would be enough."""
    for name, text in before.items():
        if text != after[name]:
            yield from (name, *[one for one in ndiff(text.split(), after[name].split()) if one[0] in "+-?"])


@pytest.mark.parametrize("visitor", [*REPORTED, "officer@field", "fieldhead", "own.manager", "root"])
def test_s07_pages_of_the_inspectorate_are_closed_to_everybody_else(crossing: Crossing, visitor: str) -> None:
    rows = [row for row in table.rows() if row.name.startswith("voice:") and row.face == "inspectorate"]
    assert len(rows) == 12
    cells = [cell for row in rows for cell in table.cells(row) if cell.visitor == visitor]
    assert {cell.outcome for cell in cells} <= {Outcome.REFUSED}

"""The survey in public: the index as the law computes it, the grade only from enough answers, and no single answer."""

import csv
import io
import statistics
from datetime import datetime
from decimal import Decimal
from random import Random

import pytest
from django.test import Client

from agencies import clock
from mall.releases import publishing, queries
from mall.releases.models import Release
from mall.voice.satisfaction.models import UrnAnswer
from mall.voice.satisfaction.published.declared import SERVICES, SITES
from tests.cases import text_of
from tests.surveys import MONTH, invited, survey, with_totals
from workflows.actors import Actor

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
NOW = datetime(2026, 11, 20, 10, 30, tzinfo=clock.WIB)
HALF = "2026-S1"
PUBLISHED = (105, 101, 100, 116, 102, 105, 106, 105, 115)
"""Sums of the nine elements over 29 respondents, 955 points in all."""


def published(slug: str = SERVICES, at: datetime = NOW) -> Release:
    """What the chore of the night has published of the first half of 2026."""
    with clock.pretend(at):
        publishing.publish_due(by=BY)
    return queries.of(slug, HALF)


def cells(release: Release, agency: str = "", service: str = "") -> dict[str, object]:
    """The values of one row; nothing where it is not listed."""
    for line in release.lines:
        if (line.dims["agency"], line.dims["service"]) == (agency, service):
            return {code: cell.value for code, cell in line.cells.items()}
    return {}


def page(address: str = "") -> str:
    """A public page of the survey."""
    with clock.pretend(NOW):
        answer = Client().get(f"/transparansi/kepuasan/{address}")
    assert answer.status_code == 200
    return text_of(answer)


def some(count: int, seed: int = 1) -> list[list[int]]:
    """So many answers of all kinds."""
    dice = Random(seed)
    return [[dice.randint(1, 4) for _one in range(9)] for _row in range(count)]


def test_m11_the_published_example_is_91_48_and_an_a_on_the_page() -> None:
    survey(29, with_totals(PUBLISHED, 29), agency="DUKCAPIL")
    told = cells(published(), "DUKCAPIL")
    assert (told["index"], told["grade"], told["u4"], told["u4_mean"]) == (91.48, "A", 116, 4)
    assert "91,48" in page()
    assert "91,48" in page(f"{HALF}/DUKCAPIL/")


def test_m12_too_few_answers_are_told_instead_of_a_grade() -> None:
    survey(100, [[4] * 9] * 79, agency="DUKCAPIL")
    told = cells(published(), "DUKCAPIL")
    assert (told["needed"], told["grade"], told["silent"], told["rate"]) == (80, "sampel belum cukup", 21, 79)
    assert "sampel belum cukup" in page()
    assert "Tidak menjawab" in page()


def test_idea_29_the_index_is_that_of_the_raw_answers_and_pools_them() -> None:
    many, few = some(60), some(20, 2)
    survey(90, many, agency="DUKCAPIL")
    survey(50, few, agency="DINKES")
    release = published()
    for name, rows in (("DUKCAPIL", many), ("DINKES", few), ("", many + few)):
        told = cells(release, name)
        points = [sum(row) for row in rows]
        assert told["index"] == float(round(Decimal(25 * sum(points)) / (9 * len(rows)), 2))
        left = ({"DUKCAPIL": 90, "DINKES": 50}.get(name, 140) - len(rows)) / (
            {"DUKCAPIL": 90, "DINKES": 50}.get(name, 140) - 1
        )
        margin = 1.96 * statistics.stdev(one * 25 / 9 for one in points) / len(rows) ** 0.5 * left**0.5
        assert told["margin"] == pytest.approx(margin, abs=0.006)
        assert [told[f"u{at}"] for at in range(1, 10)] == [sum(row[at - 1] for row in rows) for at in range(1, 10)]


def test_idea_29_a_cell_of_one_answer_is_nowhere() -> None:
    survey(60, some(40), agency="DUKCAPIL")
    survey(40, [[1, 2, 3, 4, 1, 2, 3, 4, 1]], agency="DINKES")
    survey(40, some(20, 3), agency="DISHUB")
    release = published()
    hidden = cells(release, "DINKES")
    assert (hidden["closed"], hidden["answered"], hidden["index"], hidden["u1"], hidden["grade"]) == (40, *[None] * 4)
    assert cells(release, "DUKCAPIL")["answered"] is None or cells(release, "DISHUB")["answered"] is None
    assert cells(release)["answered"] == 61
    told = csv.DictReader(io.StringIO(text_of(Client().get(f"/data/{SERVICES}/{HALF}/{SERVICES}.csv"))))
    row = next(one for one in told if one["agency"] == "DINKES" and not one["service"])
    assert (row["index"], row["index_suppressed"], row["u9_mean"]) == ("", "true", "")


def test_s13_sites_are_told_apart_and_share_the_total_of_the_mall() -> None:
    survey(60, some(40), agency="DUKCAPIL", site="MPP")
    release = published(SITES)
    told = {line.dims["site"]: line.cells["answered"].value for line in release.lines}
    assert told[""] == told["MPP"] == 40
    assert "Menurut lokasi" in page()


def test_a_half_is_published_when_nobody_can_answer_any_more() -> None:
    survey(60, some(40), agency="DUKCAPIL")
    with clock.pretend(datetime(2026, 9, 28, 12, tzinfo=clock.WIB)):
        publishing.publish_due(by=BY)
    assert queries.standing(SERVICES, HALF) is None
    UrnAnswer.objects.create(
        service="X",
        agency="DUKCAPIL",
        site="MPP",
        month=MONTH,
        **{f"u{n}": 3 for n in range(1, 10)},
    )
    with clock.pretend(datetime(2026, 9, 29, 12, tzinfo=clock.WIB)):
        publishing.publish_due(by=BY)
        assert queries.standing(SERVICES, HALF) is None
        UrnAnswer.objects.all().delete()
        publishing.publish_due(by=BY)
    assert queries.standing(SERVICES, HALF)


def test_anybody_reads_that_nothing_was_published_yet() -> None:
    assert "Belum ada semester" in page()


def test_an_agency_of_which_nothing_is_told_has_no_page() -> None:
    survey(60, some(40), agency="DUKCAPIL")
    survey(2, some(1), agency="DINKES")
    published()
    assert Client().get(f"/transparansi/kepuasan/{HALF}/DINKES/").status_code == 404
    assert Client().get("/transparansi/kepuasan/2025-S1/").status_code == 404


def test_a_service_without_answers_has_no_index() -> None:
    invited(30, agency="DUKCAPIL")
    told = cells(published(), "DUKCAPIL")
    assert (told["answered"], told["index"], told["grade"], told["margin"]) == (0, None, None, None)

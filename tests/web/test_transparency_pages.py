"""What anybody reads: closed months only, the same cells on the page and in every file, and nobody to be recognised."""

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from agencies import clock
from mall.releases import offered, publishing, queries
from mall.releases.declaring import K
from mall.releases.models import Release
from mall.transparency.declared import DISTRICTS, SERVICES
from tests.cases import counted, text_of
from tests.engine import EngineScript, TestCast
from tests.october import BIRTH, NOW, POLICE, WHOLE, lay, lay_october
from workflows.actors import Actor
from workflows.trail import folding
from workflows.trail.models import OutboxRow

BY = Actor.system("test")
ADDRESSES = ("", "data.csv", "data.json")


@pytest.fixture(scope="module")
def laid(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[EngineScript]]:
    """Cases decided around October, counted and published; taken back after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        scripts = lay_october()
        with clock.pretend(NOW):
            folding.fold()
            publishing.publish_due(by=BY)
        yield scripts
        transaction.set_rollback(True)


@pytest.fixture
def october(laid: list[EngineScript]) -> Iterator[list[EngineScript]]:
    """Those cases; time stands in November, and what the test writes is taken back."""
    with transaction.atomic(), clock.pretend(NOW):
        yield laid
        transaction.set_rollback(True)


def table_rows(page: str) -> list[list[str]]:
    """The words in every row of every table of a page."""
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in cells]


def test_anybody_reads_the_same_cells_on_the_page_and_in_the_files(october: list[EngineScript]) -> None:
    client = Client()
    page = table_rows(text_of(client.get("/transparansi/2026/10/")))
    told = client.get("/transparansi/2026/10/data.json").json()
    rows = list(csv.DictReader(io.StringIO(text_of(client.get("/transparansi/2026/10/data.csv")))))
    assert len(rows) == len(told["rows"]) > 2
    for row, line in zip(rows, told["rows"], strict=True):
        for code, cell in line["cells"].items():
            assert (row[code] and float(row[code])) == ("" if cell["value"] is None else cell["value"])
            assert row[f"{code}_suppressed"] == str(cell["suppressed"]).lower()
        assert row["on_time_at_least"] == str(line["cells"]["on_time"].get("at_least", ""))
        name = row["service_name"] or row["agency_name"]
        shown = next((one for one in page if one[0] == name and len(one) == 6), None)
        if name and shown:
            wanted = [line["cells"][code]["value"] for code in ("received", "decided", "median_days", "p90_days")]
            values = [None if text == "–" else float(text.replace(",", ".")) for text in shown[1:5]]
            assert values == wanted


def test_what_was_decided_is_counted_once(october: list[EngineScript]) -> None:
    total = queries.of(SERVICES, "2026-10").total
    decided = sum(clock.wib_date(script.case().decided_at).month == 10 for script in october)
    assert total["decided"].value == decided
    assert queries.of(DISTRICTS, "2026-10").total == total


def test_a_small_agency_is_nowhere(october: list[EngineScript]) -> None:
    assert sum(script.definition.code == POLICE for script in october) < K
    for address in ADDRESSES:
        body = text_of(Client().get(f"/transparansi/2026/10/{address}"))
        assert "POLRESTA" not in body
        assert "Kepolisian Resor" not in body


def test_m15_no_page_or_file_names_a_person(october: list[EngineScript]) -> None:
    people = {script.case().applicant for script in october}
    open_data = [f"/data/{slug}/2026-10/{name}" for slug in (SERVICES, DISTRICTS) for name in ("", f"{slug}.json")]
    for address in (*(f"/transparansi/2026/10/{one}" for one in ADDRESSES), *open_data):
        body = text_of(Client().get(address))
        assert not [person for person in people if person.name in body or person.nik in body]
        assert not [script for script in october if (script.case().tracking_code or "?") in body]


def test_the_running_month_is_public_nowhere(october: list[EngineScript]) -> None:
    client = Client()
    for address in ("2026/11/", "2026/11/data.csv", "2026/12/", "2026/08/", "2026/13/", "2099/01/data.json"):
        assert client.get(f"/transparansi/{address}").status_code == 404
    assert "Oktober 2026" in text_of(client.get("/transparansi/"))
    assert "November 2026" not in text_of(client.get("/transparansi/")).partition("<main")[2].partition("</main")[0]


def test_a_month_is_published_when_it_is_over(october: list[EngineScript]) -> None:
    with clock.pretend(datetime(2026, 12, 1, 6, 0, tzinfo=clock.WIB)):
        publishing.publish_due(by=BY)
        assert Client().get("/transparansi/2026/11/").status_code == 200


def test_a_month_whose_events_wait_to_be_counted_is_not_published(october: list[EngineScript]) -> None:
    lay(BIRTH, WHOLE, NOW - timedelta(days=9), timedelta(minutes=5), TestCast())
    with clock.pretend(datetime(2026, 12, 1, 6, 0, tzinfo=clock.WIB)):
        assert OutboxRow.objects.filter(state="pending", consumer="transparency.rollup").exists()
        publishing.publish_due(by=BY)
        assert not Release.objects.filter(period="2026-11").exists()


def test_unchanged_content_is_not_sent_again(october: list[EngineScript]) -> None:
    client = Client()
    for address in ("", "2026/10/", "data.csv", "2026/10/data.json"):
        first = client.get(f"/transparansi/{address}")
        assert first.status_code == 200
        again = client.get(f"/transparansi/{address}", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


@pytest.mark.django_db
def test_an_empty_mall_has_a_page_too() -> None:
    page = Client().get("/transparansi/")
    assert page.status_code == 200
    assert "Belum ada bulan yang diumumkan" in text_of(page)
    assert Client().get("/transparansi/data.csv").status_code == 404


def test_a_page_asks_a_constant_number_of_questions(october: list[EngineScript]) -> None:
    """The release, that by kecamatan, the months, their totals, the outlines of the map."""
    with counted() as asked:
        assert Client().get("/transparansi/2026/10/").status_code == 200
    assert len(asked) == 5


def test_the_page_is_light_enough_for_a_slow_line(october: list[EngineScript]) -> None:
    assert len(Client().get("/transparansi/2026/10/").content) <= 150_000


def test_machines_fetch_open_data_from_any_site_without_a_cookie(october: list[EngineScript]) -> None:
    client = Client()
    found = client.get("/api/3/action/package_show?id=layanan").json()["result"]
    for resource in found["resources"][:3]:
        response = client.get(resource["url"])
        assert response.status_code == 200
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies
        again = client.get(resource["url"], headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304
    assert "Access-Control-Allow-Origin" not in client.get("/data/")
    assert "Access-Control-Allow-Origin" not in client.get("/transparansi/2026/10/data.json")


def test_catalogue_says_everything_about_every_data_set(october: list[EngineScript]) -> None:
    client = Client()
    catalogue = json.loads(text_of(client.get("/data/catalog.jsonld")))
    assert catalogue["@type"] == "dcat:Catalog"
    for one in catalogue["dcat:dataset"]:
        assert client.get(one["@id"]).status_code == 200
        if one["dcterms:identifier"] in (SERVICES, DISTRICTS):
            kinds = [each["dcat:mediaType"]["@id"].rpartition("/")[2] for each in one["dcat:distribution"]]
            assert kinds == [kind.rpartition("/")[2] for kind in offered.formats().values()]
        assert one["dcterms:license"]["@id"].startswith("https://")
    names = client.get("/api/3/action/package_list").json()["result"]
    assert {SERVICES, DISTRICTS} <= set(names)
    found = client.get("/api/3/action/package_search?q=kecamatan").json()["result"]
    shown = {one["name"] for one in found["results"]}
    assert (DISTRICTS in shown, SERVICES in shown) == (True, False)
    missing = client.get("/api/3/action/package_show?id=tidak-ada")
    assert (missing.status_code, missing.json()["success"]) == (404, False)


def test_kecamatan_are_listed_all_with_their_codes_as_text(october: list[EngineScript]) -> None:
    rows = list(
        csv.DictReader(io.StringIO(text_of(Client().get("/data/layanan-kecamatan/2026-10/layanan-kecamatan.csv"))))
    )
    assert sum(row["kecamatan"].startswith("35.10.") for row in rows) == 25
    told = Client().get("/data/layanan-kecamatan/2026-10/layanan-kecamatan.json").json()
    assert all(cell["value"] is None for row in told["rows"] for cell in row["cells"].values() if cell["suppressed"])


def test_every_period_of_a_data_set_has_a_page(october: list[EngineScript]) -> None:
    client = Client()
    page = text_of(client.get("/data/layanan/"))
    assert "/data/layanan/2026-10/" in page
    assert client.get("/data/layanan/2026-10/").status_code == 200
    for address in ("/data/tidak-ada/", "/data/layanan/2026-11/", "/data/layanan/2026-10/lain.csv"):
        assert client.get(address).status_code == 404


def test_frozen_names_are_marked_as_indonesian_on_the_english_page_only(october: list[EngineScript]) -> None:
    client = Client()
    assert '<span lang="id">' not in text_of(client.get("/transparansi/2026/10/"))
    client.cookies["django_language"] = "en"
    page = text_of(client.get("/transparansi/2026/10/"))
    names = re.findall(r'class="govuk-table__header"><span lang="id">(.*?)</span>', page)
    assert [name for name in names if name.startswith("Dinas ")] != []

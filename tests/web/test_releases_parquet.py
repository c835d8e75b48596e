"""Releases as Parquet: the cells of the other files, with types, and the words about them in the schema."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from django.test import Client
from django.urls import reverse
from pyarrow import parquet

from agencies import clock
from mall.demo import regency
from mall.releases import datasets, files, offered, publishing, queries
from mall.releases.datasets import Column, Dataset, Kind, Row
from mall.releases.models import Release
from mall.releases.parquet import as_parquet
from mall.releases.shapes import Flat, Open
from tests.factories import make_user
from tests.publishing import COUNT, dataset, registered
from workflows.actors import Actor

pytestmark = pytest.mark.django_db
OCTOBER = "2026-10"
PLACE = Column("place", "Kecamatan", "", "Kode Kemendagri.", Kind.CODE)
LATE = Column("late", "Terlambat", "%", "Bagian yang terlambat.", Kind.SHARE, of="cases")
MONEY = Column("money", "Retribusi", "rupiah", "Jumlah.", Kind.AMOUNT, of="cases")
DAYS = Column("days", "Median", "hari kerja", "Separuhnya lebih cepat.", Kind.DAYS, 1, of="cases")
RATE = Column("rate", "Angka", "per 1.000", "Menurut kecamatan.", Kind.NUMBER)
WORDS = Column("words", "Satuan", "kata", "Satuan indikator.", Kind.TEXT)
COUNTED = {"cases": 4000, "late": 12, "money": Decimal("1234567890123.45"), "days": Decimal("2.25")}


@contextmanager
def published(**changes: Any) -> Iterator[tuple[Release, Dataset]]:
    """A release of a data set that is known meanwhile; a month later."""
    with registered(dataset(**changes)) as one, clock.pretend(datetime(2026, 11, 20, 10, 30, tzinfo=clock.WIB)):
        yield publishing.publish(one.slug, OCTOBER, Actor.system("test")), one


def people() -> dict[str, Any]:
    """A data set with one place that is hidden."""
    rows = [
        Row({"place": "35.10.01"}, COUNTED),
        Row({"place": "35.10.02"}, {"cases": 2, "late": 1, "money": 2000, "days": 1}),
        Row({"place": "35.10.03"}, {"cases": 70, "late": 2, "money": 7000, "days": 30}),
        Row({"place": "35.10.04"}, {"cases": 0, "late": 0, "money": 0, "days": None}),
    ]
    shape = Flat(("place",), complete=True)
    return {
        "dimensions": (PLACE,),
        "measures": (COUNT, LATE, MONEY, DAYS),
        "shape": shape,
        "rows": lambda _period: rows,
        "labels": lambda: {"place": {"35.10.01": "Pesanggaran"}},
    }


def read(content: bytes) -> pa.Table:
    """The table of a file."""
    return parquet.read_table(io.BytesIO(content))


def test_parquet_holds_the_cells_of_the_other_files() -> None:
    with published(**people()) as (release, one):
        table = read(as_parquet(release, one))
        told = list(csv.DictReader(io.StringIO(files.as_csv(release, one), newline="")))
    assert table.column_names == list(told[0])
    for found, row in zip(table.to_pylist(), told, strict=True):
        for name, text in row.items():
            value = found[name]
            if isinstance(value, bool):
                assert text == ("true" if value else "false")
            elif isinstance(value, str):
                assert text == value
            else:
                assert (Decimal(text) if text else None) == value, name
    assert Decimal("1234567890123.45") in table["money"].to_pylist()


def test_parquet_keeps_codes_as_text_and_says_what_is_hidden() -> None:
    with published(**people()) as (release, one):
        table = read(as_parquet(release, one))
    kinds = {field.name: field.type for field in table.schema}
    assert {name: kinds[name] for name in ("period", "place", "place_name")} == dict.fromkeys(
        ("period", "place", "place_name"), pa.string()
    )
    assert (kinds["cases"], kinds["cases_suppressed"], kinds["late_at_least"]) == (pa.int64(), pa.bool_(), pa.int64())
    assert (kinds["money"], kinds["days"]) == (pa.decimal128(38, 2), pa.decimal128(38, 1))
    rows = {row["place"]: row for row in table.to_pylist()}
    assert (rows["35.10.01"]["cases"], rows["35.10.01"]["cases_suppressed"]) == (4000, False)
    for hidden in ("35.10.02", "35.10.03"):
        for name in ("cases", "late", "money", "days"):
            assert (rows[hidden][name], rows[hidden][f"{name}_suppressed"]) == (None, True), (hidden, name)


def test_parquet_names_source_units_and_definitions_in_its_schema() -> None:
    with published(**people()) as (release, one):
        schema = read(as_parquet(release, one)).schema
        told = files.as_data(release, one)
    about = {name.decode(): value.decode() for name, value in schema.metadata.items()}
    for name in ("dataset", "title", "period", "source", "licence", "method", "sha256", "published_at"):
        assert about[name] == told[name]
    assert json.loads(about["suppression"]) == {"k": 5, "complementary": True}
    money = {name.decode(): value.decode() for name, value in schema.field("money").metadata.items()}
    assert money == {"name": "Retribusi", "unit": "rupiah", "kind": "amount", "definition": "Jumlah."}


def test_parquet_of_open_figures_keeps_every_digit_and_every_gap() -> None:
    rows = [Row({"place": "A"}, {"rate": Decimal("0.123456"), "words": "=1+1"}), Row({"place": "B"}, {"rate": None})]
    said = {"measures": (RATE, WORDS), "shape": Open(), "k": 0, "rows": lambda _period: rows}
    with published(**said) as (release, one):
        content = as_parquet(release, one)
        assert content == as_parquet(release, one)
    found = [(row["rate"], row["rate_suppressed"], row["words"]) for row in read(content).to_pylist()]
    assert found == [(Decimal("0.123456"), False, "=1+1"), (None, False, None)]


def test_parquet_is_written_of_every_figure_of_the_regency() -> None:
    make_user(roles=[("steward", "DISKOMINFO")], email=regency.STEWARD)
    regency.load_regency()
    releases = queries.standing_of_all()
    assert len(releases) > 8
    for release in releases:
        one = datasets.find(release.dataset)
        rows = read(as_parquet(release, one)).to_pylist()
        for row, line in zip(rows, release.lines, strict=True):
            for code, cell in line.cells.items():
                told = row[code]
                assert (float(told) if isinstance(told, int | Decimal) else told) == cell.value


def test_anybody_finds_parquet_on_the_page_and_in_both_catalogues() -> None:
    with published(**people()) as (release, one):
        address = reverse("data:parquet", args=[one.slug, release.period])
        for page in pages(one):
            assert address in page
        answer = Client().get(address)
        assert answer["Content-Type"] == "application/vnd.apache.parquet"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert not answer.cookies
        assert read(answer.content).num_rows == len(release.lines)
        assert Client().get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_mall_without_pyarrow_offers_the_other_files_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    offered.formats.cache_clear()
    try:
        with published(**people()) as (release, one):
            for page in pages(one):
                assert (".xlsx" in page, ".parquet" in page) == (True, False)
            assert Client().get(reverse("data:parquet", args=[one.slug, release.period])).status_code == 404
    finally:
        offered.formats.cache_clear()


def pages(one: Dataset) -> list[str]:
    """The page of the release, and what other catalogues read."""
    addresses = (
        reverse("data:period", args=[one.slug, OCTOBER]),
        reverse("data:dcat"),
        f"{reverse('data:package_show')}?id={one.slug}",
    )
    return [Client().get(address).content.decode() for address in addresses]

"""Publishing: metadata are complete, what is small is hidden, what was published stays, and small changes wait."""

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from agencies import clock
from mall.releases import files, publishing, queries
from mall.releases.datasets import Column, Frequency, Incomplete, Kind, register
from mall.releases.models import HeldRelease, Release
from mall.releases.periods import Period, last_closed
from mall.releases.shapes import Flat, Open
from tests.publishing import COUNT, PLACE, counted, dataset, registered
from workflows.actors import Actor

BY = Actor.system("test")
NOW = datetime(2026, 11, 20, 10, 30, tzinfo=clock.WIB)
OCTOBER = "2026-10"


@pytest.mark.parametrize(
    "gap", ["title", "description", "concept", "definition", "custodian", "contact", "source", "licence", "method"]
)
def test_a_data_set_without_complete_metadata_is_refused(gap: str) -> None:
    with pytest.raises(Incomplete, match=gap):
        register(dataset(**{gap: ""}))


def test_a_share_that_hangs_on_nothing_is_refused() -> None:
    share = Column("late", "Terlambat", "%", "Bagian.", Kind.SHARE)
    with pytest.raises(Incomplete, match="late"):
        register(dataset(measures=(COUNT, share)))


def test_a_year_of_what_is_published_by_month_is_refused() -> None:
    with registered(dataset("bulan", total="t")), pytest.raises(Incomplete, match="overlap"):
        register(dataset("tahun", total="t", frequency=Frequency.YEARLY))


def publish_all(*populations: dict[str, int]) -> list[Release]:
    """One population after the other, published under the same address."""
    found = []
    for counts in populations:
        one = dataset(rows=lambda _period, counts=counts: counted(counts))
        with registered(one), clock.pretend(NOW):
            found.append(publishing.publish("uji", OCTOBER, BY))
    return found


def shown(release: Release) -> dict[str, Any]:
    """What everybody sees of the counts, by place."""
    return {line.dims["place"] or "total": line.cells["cases"].value for line in release.lines}


@pytest.mark.django_db
def test_a_release_hides_what_is_small_and_what_gives_it_away() -> None:
    (release,) = publish_all({"A": 3, "B": 40, "C": 7})
    assert shown(release) == {"total": 50, "A": None, "B": 40, "C": None}


@pytest.mark.django_db
def test_the_same_figures_are_published_once() -> None:
    first, second = publish_all({"A": 30, "B": 40}, {"A": 30, "B": 40})
    assert (first.pk, Release.objects.count()) == (second.pk, 1)


@pytest.mark.django_db
def test_what_is_not_listed_makes_no_revision_when_published_again() -> None:
    one = dataset(shape=Flat(("place",)), rows=lambda _period: counted({"A": 3, "B": 40, "C": 7, "D": 0, "E": 30}))
    with registered(one), clock.pretend(NOW):
        first, second = (publishing.publish("uji", OCTOBER, BY) for _time in range(2))
    assert (first.pk, shown(first)) == (second.pk, {"total": 80, "B": 40, "E": 30})


@pytest.mark.django_db
def test_a_great_correction_is_a_new_revision() -> None:
    first, second = publish_all({"A": 30, "B": 40}, {"A": 36, "B": 40})
    assert (first.revision, second.revision, shown(second)["total"]) == (1, 2, 76)
    assert queries.of("uji", OCTOBER).pk == second.pk


@pytest.mark.django_db
@pytest.mark.parametrize("counts", [{"A": 31, "B": 40}, {"A": 29, "B": 41}, {"A": 34, "B": 36}])
def test_a_small_correction_is_held_back_with_its_reason(counts: dict[str, int]) -> None:
    first, second = publish_all({"A": 30, "B": 40}, counts)
    assert first.pk == second.pk
    (held,) = HeldRelease.objects.all()
    assert {one["rule"] for one in held.reasons} <= {"cell", "rest", "gone"}
    assert not {"30", "31", "29", "34"} & set(json.dumps(held.reasons).replace('"', " ").split())


@pytest.mark.django_db
def test_what_was_hidden_stays_hidden_in_a_revision() -> None:
    _first, second = publish_all({"A": 3, "B": 40, "C": 7, "D": 60}, {"A": 20, "B": 40, "C": 7, "D": 60})
    assert (second.revision, shown(second)["A"], shown(second)["C"]) == (2, None, None)


@pytest.mark.django_db
def test_a_release_cannot_be_changed_or_deleted() -> None:
    (release,) = publish_all({"A": 30})
    for forbidden in (lambda: Release.objects.update(revision=2), release.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()
    assert Release.objects.get().sha256 == publishing.sha256(release.body)


@pytest.mark.django_db
def test_two_data_sets_with_one_total_cannot_differ_by_a_person() -> None:
    one = dataset("satu", total="t", rows=lambda _period: counted({"A": 30}))
    other = dataset("dua", total="t", rows=lambda _period: counted({"X": 31}))
    with registered(one), registered(other), clock.pretend(NOW):
        publishing.publish("satu", OCTOBER, BY)
        with pytest.raises(publishing.HeldBack):
            publishing.publish("dua", OCTOBER, BY)


@pytest.mark.django_db
def test_closed_months_are_published_in_order_and_the_running_one_is_not() -> None:
    one = dataset(rows=lambda _period: counted({"A": 30}), since=lambda: date(2026, 8, 15))
    with registered(one), clock.pretend(NOW):
        publishing.publish_due(by=BY)
        assert queries.codes("uji") == ["2026-10", "2026-09", "2026-08"]
        first = Release.objects.order_by("published_at", "id").first()
        assert first
        assert first.period == "2026-08"


def test_periods_have_codes_that_can_be_read_back() -> None:
    for code in ("2026", "2026-01", "2026-12", "2026-Q3", "2026-S2"):
        assert Period.parse(code).code == code
    assert (Period.parse("2026-S2").first.month, Period.parse("2026-Q3").first.month) == (7, 7)
    with clock.pretend(NOW):
        assert [last_closed(months).code for months in (1, 3, 6, 12)] == ["2026-10", "2026-Q3", "2026-S1", "2025"]
    with clock.pretend(datetime(2026, 11, 1, 0, 5, tzinfo=clock.WIB)):
        assert last_closed().code == "2026-09"


@pytest.mark.django_db
def test_files_hold_the_cells_of_the_release_and_no_formula() -> None:
    name = "=HYPERLINK(1)"
    one = dataset(rows=lambda _period: counted({name: 30, "B": 2, "C": 9}), labels=lambda: {"place": {"B": "+1"}})
    with registered(one), clock.pretend(NOW):
        release = publishing.publish("uji", OCTOBER, BY)
    rows = list(csv.DictReader(io.StringIO(files.as_csv(release, one), newline="")))
    assert {row["place"]: row["cases"] for row in rows} == {"": "41", f"'{name}": "30", "B": "", "C": ""}
    assert {row["place"]: row["place_name"] for row in rows}["B"] == "'+1"
    told = json.loads(files.as_json(release, one))
    assert [row["cells"]["cases"]["suppressed"] for row in told["rows"]] == [False, False, True, True]
    book = files.as_xlsx(release, one)
    assert book == files.as_xlsx(release, one)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert all(ET.fromstring(archive.read(part)).tag for part in archive.namelist())
    assert ("<f>" in sheet, f">{name}<" in sheet) == (False, True)


@pytest.mark.django_db
def test_an_open_data_set_hides_nothing_and_keeps_its_order() -> None:
    money = Column("amount", "Anggaran", "rupiah", "Jumlah.", Kind.AMOUNT)
    rows = counted({"B": 1, "A": 2}, "amount")
    with registered(dataset(measures=(money,), shape=Open(), k=0, rows=lambda _period: rows)), clock.pretend(NOW):
        release = publishing.publish("uji", OCTOBER, BY)
    assert [(line.dims["place"], line.cells["amount"].value) for line in release.lines] == [("B", 1), ("A", 2)]
    assert PLACE.code == "place"

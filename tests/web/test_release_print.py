"""What was published on paper: the same cells and nothing else, rendered once and kept."""

import io
import re
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from random import Random

import pikepdf
import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from agencies import clock
from mall.design import formats
from mall.releases import datasets, files, printing, publishing
from mall.releases.datasets import Column, Kind, Row
from mall.releases.models import Print, Release
from mall.releases.shapes import Tree
from mall.voice.satisfaction.elements import elements
from mall.voice.satisfaction.index import rounded
from tests.publishing import COUNT, dataset, registered, two_dimensions
from tests.surveys import survey
from workflows.actors import Actor

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
NOW = datetime(2026, 11, 20, 10, 30, tzinfo=clock.WIB)
SHARE = Column("late", "Terlambat", "%", "Bagian yang terlambat.", Kind.SHARE, of="cases")
PART = Column("refused", "Ditolak", "permohonan", "Yang ditolak.", Kind.COUNT, of="cases")
MONEY = Column("fees", "Biaya", "rupiah", "Rupiah.", Kind.AMOUNT, of="cases")
TITLE = "Mal Pelayanan Publik Kabupaten Banyuwangi"


def text_of_pdf(content: bytes) -> str:
    """All its words in the order in which they were written."""
    read = ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]
    return subprocess.run(read, input=content, capture_output=True, check=True).stdout.decode()


def bare(text: str) -> str:
    """Without any blank, so that no line break matters."""
    return re.sub(r"\s+", "", text)


@pytest.fixture
def printed() -> Iterator[tuple[Release, bytes]]:
    """A release with every kind of cell, and its PDF as anybody downloads it."""
    counts = {("A", "S1"): (40, 12, 30, 0), ("A", "S2"): (3, 1, 1, 5000), ("A", "S3"): (9, 9, 0, 100)}
    counts[("B", "S4")] = (60, 2, 20, 7)
    rows = [
        Row({"agency": a, "service": s}, dict(zip(("cases", "late", "refused", "fees"), told, strict=True)))
        for (a, s), told in counts.items()
    ]
    whole = {
        "measures": (COUNT, SHARE, PART, MONEY),
        "rows": lambda _period: rows,
        "labels": lambda: {"agency": {"A": "Dinas <b>Satu</b> & Dua"}},
    }
    one = dataset(**two_dimensions(Tree(("agency", "service"), complete=True)), **whole)
    with registered(one), clock.pretend(NOW):
        release = publishing.publish("uji", "2026-10", BY)
        assert Client().get("/data/uji/2026-10/uji.pdf").status_code == 503
        printing.print_due(most=50)
        answer = Client().get("/data/uji/2026-10/uji.pdf")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        yield release, answer.content


def cells_of(release: Release) -> Iterator[str]:
    """The cells as the CSV has them, in words: hidden ones by their mark, from the file and not from the template."""
    one = datasets.find("uji")
    head = files.header(one, release)
    for record in files.records(one, release):
        told = dict(zip(head, record, strict=True))
        yield str(told["agency_name"] or told["agency"] or "semua")
        yield str(told["service"] or "semua")
        for column in one.measures:
            value, hidden = told[column.code], told[f"{column.code}_suppressed"]
            least = told.get(f"{column.code}_at_least")
            if least is not None:
                yield f"≥{least}%"
            elif hidden == "true":
                yield "x"
            elif value is None:
                yield "–"
            else:
                said = formats.number(float(str(value)))
                yield f"Rp{said}" if column is MONEY else f"{said}%" if column is SHARE else said


def test_the_pdf_holds_exactly_the_cells_of_the_files_and_nothing_else(printed: tuple[Release, bytes]) -> None:
    release, content = printed
    one = datasets.find("uji")
    text = text_of_pdf(content)
    pages = text.count("\f")
    for at in range(1, pages + 1):
        foot = bare(f"{one.title} · Sidik {release.sha256}") + bare(f"Halaman {at} dari {pages}")
        assert bare(text).count(foot) == 1
    body = re.sub(rf"{one.title}·Sidik{release.sha256}Halaman\d+dari{pages}", "", bare(text))
    about = {"Sumber": one.source, "Produsen data": one.producer, "Definisi": one.definition, "Revisi": 1}
    about |= {"Diterbitkan": formats.moment(release.published_at), "Cara menghitung": 1, "Lisensi": "CC-BY-4.0"}
    about |= {"Sidik (SHA-256)": "tertulis di bawah; sama dengan pada halaman data terbuka"}
    head = [column.name for column in (*one.dimensions, *one.measures)]
    marks = (
        "–: tidak ada angka. x: disembunyikan, karena di bawah 5 atau dapat dipakai untuk menghitung angka di bawah 5. "
        "≥: hanya batas bawah yang diumumkan."
    )
    how = [word for column in (*one.dimensions, *one.measures) for word in (column.name, column.how)]
    words = [TITLE.upper(), one.title, "Oktober 2026", *(f"{a}{b}" for a, b in about.items()), release.sha256]
    words += [*head, *cells_of(release), marks, "Cara menghitung", *how]
    assert body == bare("".join(str(word) for word in words))
    assert body.count("x") >= 4


def test_the_pdf_is_archival_and_tagged(printed: tuple[Release, bytes]) -> None:
    _release, content = printed
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("id")
        with pdf.open_metadata() as about:
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")


def test_the_pdf_is_rendered_once_and_kept(printed: tuple[Release, bytes]) -> None:
    _release, content = printed
    assert printing.print_due(most=50) == 0
    assert Client().get("/data/uji/2026-10/uji.pdf").content == content
    for forbidden in (lambda: Print.objects.update(content=b""), lambda: Print.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()


def test_the_catalogue_names_the_pdf_beside_the_other_files(printed: tuple[Release, bytes]) -> None:
    page = Client().get("/data/uji/2026-10/").content.decode()
    assert "/data/uji/2026-10/uji.pdf" in page
    package = Client().get("/api/3/action/package_show?id=uji").json()["result"]
    assert "application/pdf" in {one["mimetype"] for one in package["resources"]}


def some(count: int, seed: int) -> list[list[int]]:
    """So many answers of all kinds."""
    dice = Random(seed)
    return [[dice.randint(2, 4) for _one in range(9)] for _row in range(count)]


def test_idea_29_the_report_of_a_year_pools_both_halves_and_hides_what_one_of_them_hides() -> None:
    first, second = some(40, 1), some(60, 2)
    survey(90, first, agency="DUKCAPIL", month=date(2025, 3, 1))
    survey(100, second, agency="DUKCAPIL", month=date(2025, 9, 1))
    survey(40, some(1, 3), agency="DINKES", month=date(2025, 3, 1))
    survey(40, some(20, 4), agency="DISHUB", month=date(2025, 3, 1))
    survey(80, some(30, 5), agency="DINKES", month=date(2025, 10, 1))
    assert Client().get("/transparansi/kepuasan/2025/laporan.pdf").status_code == 404
    with clock.pretend(NOW):
        publishing.publish_due(by=BY)
        printing.print_due(most=50)
    content = Client().get("/transparansi/kepuasan/2025/laporan.pdf").content
    text = " ".join(text_of_pdf(content).split())
    points = sum(sum(row) for row in first + second)
    index = formats.number(rounded(Fraction(25 * points, 900)), 2)
    assert f"190 100 90 52,6 127 {index} sampel belum cukup" in text
    assert " x x x x x x x x" in text
    for one in elements():
        assert all(bare(word) in bare(text) for word in (one.name_id, one.ask_id, *one.answers_id))
    for word in ("semester 1 2025", "semester 2 2025", "Tidak menjawab", "Sampel minimum", "88,31"):
        assert word in text
    assert printing.print_due(most=50) == 0

"""Workbooks as offices send them: notes on a hidden sheet, numbers that Excel computed, macros, damaged files."""

import io
import zipfile
from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from agencies.errors import Invalid
from mall.importing import sheet
from mall.importing.checking import Form, checked, first
from mall.importing.columns import money, number, text, whole
from tests.regency import xlsx

FORM = Form((text("nama", "Nama"), money("rupiah", "Jumlah"), number("nilai", "Nilai", optional=True)), ("nama",))
HEAD = ["nama", "rupiah", "nilai"]
GOOD: Sequence[Sequence[object]] = [HEAD, ["Gaji", 7, None]]


def faults(content: bytes) -> list[str]:
    """What is said of a file that must not be taken."""
    with pytest.raises(Invalid) as refused:
        checked(FORM, content)
    return refused.value.fields[sheet.FILE]


def book(change: Callable[[Workbook, Worksheet], object], rows: Sequence[Sequence[object]] = GOOD) -> bytes:
    """A workbook with these rows, changed."""
    made, out = Workbook(), io.BytesIO()
    data = made.active
    assert isinstance(data, Worksheet)
    for row in rows:
        data.append(list(row))
    change(made, data)
    made.save(out)
    return out.getvalue()


def repacked(content: bytes, name: str, change: Callable[[bytes], bytes], more: str = "") -> bytes:
    """The same archive with one part changed and perhaps an empty one more."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry.endswith(name) else old.read(entry))
        if more:
            new.writestr(more, b"")
    return out.getvalue()


def test_first_sheet_that_anybody_sees_is_read() -> None:
    def hide(made: Workbook, _data: Worksheet) -> None:
        made.create_sheet("catatan", 0).sheet_state = "hidden"
        made.create_sheet("rekap").append(["lain"])

    assert [row["nama"] for row in checked(FORM, book(hide))] == ["Gaji"]


def test_number_is_read_as_excel_shows_it_and_never_as_thousands() -> None:
    rows = checked(FORM, xlsx([HEAD, ["Gaji", 0.1 + 0.2, 87.125], ["Modal", 4123456789012.55, 1e-05]]))
    assert [(row["rupiah"], row["nilai"]) for row in rows] == [
        (Decimal("0.3"), Decimal("87.125")),
        (Decimal("4123456789012.55"), Decimal("0.00001")),
    ]


@pytest.mark.parametrize(
    ("said", "more", "less"), [("1.500", "1500", "1.5"), ("-2.000", "-2000", "-2"), ("87.125", "87125", "87.1250")]
)
def test_number_with_two_readings_is_refused_and_both_are_named(said: str, more: str, less: str) -> None:
    assert faults(f"nama,rupiah,nilai\nGaji,7,{said}\n".encode()) == [
        f"Baris 2: nilai “{said}” dapat dibaca dua cara; tulis {more} atau {less}."
    ]
    for clear in (more, less, "0.125"):
        assert checked(FORM, f"nama,rupiah,nilai\nGaji,7,{clear}\n".encode())[0]["nilai"] == Decimal(clear)


def test_nik_that_excel_took_for_a_number_is_refused_before_it_is_somebody_elses() -> None:
    assert faults(xlsx([HEAD, ["Gaji", 3510160505900123, None]])) == [
        "Baris 2: angka di kolom B dibulatkan Excel. Tulis sebagai teks."
    ]


def test_percent_cell_is_refused_as_what_it_shows_is_not_what_it_holds() -> None:
    def as_percent(_made: Workbook, data: Worksheet) -> None:
        data["C2"] = 0.875
        data["C2"].number_format = "0.00%"

    assert faults(book(as_percent)) == ["Baris 2: kolom C berformat persen. Tulis 87,5% sebagai angka 87.5."]


def test_beginning_of_a_checked_file_is_read_alone() -> None:
    many = xlsx([HEAD, *([f"Baris {at}", at, None] for at in range(500))])
    assert [row["nama"] for row in first(FORM, many, 3)] == ["Baris 0", "Baris 1", "Baris 2"]


def test_part_that_would_fill_the_memory_is_not_unpacked() -> None:
    full = repacked(xlsx(GOOD), "styles.xml", lambda part: part + b" " * (sheet.LARGEST_PART + 1))
    assert faults(full) == ["Berkas ini tidak terbaca sebagai XLSX."]


def test_count_with_a_dot_is_refused_in_words() -> None:
    form = Form((text("nama", "Nama"), whole("target", "Target")), ("nama",))
    with pytest.raises(Invalid) as refused:
        checked(form, b"nama,target\nRumah,1.200\n")
    assert refused.value.fields[sheet.FILE] == ["Baris 2: target “1.200” bukan bilangan bulat; tulis tanpa titik."]


def only_a_chart(made: Workbook, data: Worksheet) -> None:
    made.create_chartsheet()
    made.remove(data)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (repacked(xlsx(GOOD), "-", bytes, "xl/vbaProject.bin"), "berisi makro"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "XLS lama atau bersandi"),
        (book(only_a_chart), "tidak terbaca sebagai XLSX"),
        (xlsx(GOOD)[:1500], "tidak terbaca sebagai XLSX"),
        (repacked(xlsx(GOOD), "sheet1.xml", lambda part: part[: len(part) // 2]), "tidak terbaca sebagai XLSX"),
        (repacked(xlsx(GOOD), "workbook.xml", lambda _part: b"<"), "tidak terbaca sebagai XLSX"),
        (repacked(xlsx(GOOD), "styles.xml", lambda _part: b"<styles"), "tidak terbaca sebagai XLSX"),
        (repacked(xlsx(GOOD), "[Content_Types].xml", lambda _part: b""), "tidak terbaca sebagai XLSX"),
    ],
)
def test_s25_workbook_that_cannot_be_used_is_refused_with_a_sentence(content: bytes, told: str) -> None:
    assert told in " ".join(faults(content))

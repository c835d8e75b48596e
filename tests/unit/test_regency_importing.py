"""Files of offices: read whole and exactly, or refused with every faulty line named."""

from decimal import Decimal

import pytest

from agencies.errors import Invalid
from mall.importing import sheet
from mall.importing.checking import MOST_TOLD, Form, checked
from mall.importing.columns import code, day, money, number, one_of, text, whole, year
from tests.regency import xlsx

FORM = Form(
    (
        code("akun", "Akun", r"[456](\.\d{1,2})*", "5.1.01"),
        text("nama", "Nama"),
        money("rupiah", "Jumlah"),
        day("tanggal", "Hari", optional=True),
    ),
    ("akun",),
)
HEAD = "akun,nama,rupiah,tanggal\n"


def faults(content: str | bytes, form: Form = FORM) -> list[str]:
    """What is said of a file that must not be taken."""
    with pytest.raises(Invalid) as refused:
        checked(form, content.encode() if isinstance(content, str) else content)
    return refused.value.fields[sheet.FILE]


def test_good_file_is_read_with_its_line_numbers_whatever_its_shape() -> None:
    plain = HEAD + "5.1,Gaji,1000.50,2026-03-31\n\n5.2,Modal,0,\n"
    for content in (
        plain.encode(),
        b"\xef\xbb\xbf" + plain.encode(),
        plain.replace(",", ";").encode(),
        plain.replace("\n", "\r\n").encode(),
    ):
        rows = checked(FORM, content)
        assert [(row.line, row["akun"], row["rupiah"]) for row in rows] == [
            (2, "5.1", Decimal("1000.50")),
            (4, "5.2", 0),
        ]
        assert rows[1]["tanggal"] is None


def test_columns_may_stand_in_any_order_and_a_quoted_cell_over_two_lines() -> None:
    rows = checked(FORM, b'nama,rupiah,tanggal,akun\n"Gaji,\npokok",5,,5.1\nModal,7,,5.2\n')
    assert [(row.line, row["nama"]) for row in rows] == [(2, "Gaji,\npokok"), (4, "Modal")]


def test_workbook_is_read_as_its_cells_are_written() -> None:
    rows = checked(
        FORM,
        xlsx([["akun", "nama", "rupiah", "tanggal"], ["5.1", "Gaji", 1000.5, None], ["5.2", "Modal", 7, "2026-01-02"]]),
    )
    assert [(row.line, row["rupiah"]) for row in rows] == [(2, Decimal("1000.5")), (3, Decimal(7))]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (HEAD.encode("utf-16") + "5.1,Gaji,1,".encode("utf-16"), "bukan UTF-8"),
        (HEAD.encode() + b"5.1,Ga\xffji,1,\n", "Baris 2"),
        (HEAD.encode() + b"5.1,Gaji\0,1,\n", "Baris 2"),
        (b"PK\x03\x04 not a workbook", "XLSX"),
        (b"", "Baris 1"),
        (HEAD.encode(), "tidak berisi baris data"),
        (b"akun,nama\n5.1,Gaji\n", "tidak ada: rupiah, tanggal"),
        (b"akun,nama,rupiah,tanggal,nik\n", "tidak dikenal: nik"),
        (b"akun,akun,nama,rupiah,tanggal\n", "dua kali: akun"),
        (HEAD.encode() + b"5.1,Gaji,1,,lebih\n", "Baris 2: ada isi di luar kolom"),
        (HEAD.encode() + b"5.1," + b"x" * 3000 + b",1,\n", "Baris 2: terlalu banyak kolom"),
    ],
)
def test_s25_broken_file_is_refused_with_a_sentence(content: bytes, told: str) -> None:
    assert told in " ".join(faults(content))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("5.1,Gaji,-5,", "rupiah tidak boleh negatif"),
        ("5.1,Gaji,1.000.000,", "rupiah “1.000.000” bukan bilangan"),
        ("5.1,Gaji,1000.555,", "rupiah paling banyak 2 angka"),
        ("5.1,Gaji,1e9,", "bukan bilangan"),
        ("5.1,Gaji,٣,", "bukan bilangan"),
        ("5.1,Gaji,,", "rupiah kosong"),
        ("5.1,Gaji,1,31/02/2026", "tanggal “31/02/2026” bukan tanggal"),
        ("5.1,Gaji,1,2026-02-31", "tanggal “2026-02-31” bukan tanggal"),
        ("9.1,Gaji,1,", "akun “9.1” tidak dikenal"),
        ('5.1,"=HYPERLINK(""x"")",1,', "nama tidak boleh dimulai dengan ="),
        ("5.1,@SUM(A1),1,", "nama tidak boleh dimulai dengan @"),
    ],
)
def test_s25_faulty_line_is_named_beside_a_good_one(line: str, told: str) -> None:
    said = faults(f"{HEAD}5.2,Modal,7,\n{line}\n")
    assert len(said) == 1
    assert said[0].startswith("Baris 3: ")
    assert told in said[0]


def test_every_fault_of_a_file_is_told_and_duplicates_name_both_lines() -> None:
    said = faults(f"{HEAD}5.1,Gaji,1,\n5.2,,x,\n5.1,Lagi,2,\n")
    assert [one.split(":")[0] for one in said] == ["Baris 3", "Baris 3", "Baris 4"]
    assert said[2].endswith("sama dengan baris 2.")


def test_more_faults_than_anybody_reads_are_counted() -> None:
    said = faults(HEAD + "x,Gaji,1,\n" * 250)
    assert len(said) == MOST_TOLD + 1
    assert said[-1] == "Dan 150 kesalahan lain."


def test_s25_a_million_lines_are_refused_before_they_fill_the_memory() -> None:
    content = HEAD.encode() + b"5.1,G,1,\n" * 1_000_000
    assert "lebih dari 200000 baris" in faults(content)[0]


def test_workbook_with_a_formula_or_an_error_is_refused_with_its_line() -> None:
    assert faults(xlsx([["akun", "nama", "rupiah", "tanggal"], ["5.1", "Gaji", "=1+1", None]])) == [
        "Baris 2: kolom C berisi rumus. Salin sebagai nilai."
    ]


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        (whole("n", "n"), "120", "-1"),
        (number("n", "n"), "-0.5", "1,5"),
        (year("n", "n"), "2026", "26"),
        (one_of("n", "n", {"a", "b"}), "a", "c"),
    ],
)
def test_columns_take_what_they_say(column: object, good: str, bad: str) -> None:
    column.parse(good)  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match=r"."):
        column.parse(bad)  # type: ignore[attr-defined]

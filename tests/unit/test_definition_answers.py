"""What people type, read by the definition: typed, bounded, conditional, and priced."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from tests.definitions import asking, shipped
from workflows.definition import answers as questions
from workflows.definition.answers import check_answers


def every_region(codes: Collection[str]) -> Collection[str]:
    return set(codes)


def ask(field: dict[str, Any], given: object) -> tuple[Any, list[str]]:
    clean, errors = check_answers(asking(field), {"isian": given}, regions=every_region)
    return clean.get("isian"), errors.get("isian", [])


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("text", "  Budi   Santoso ", "Budi Santoso"),
        ("text", "Cafe\u0301", "Caf\u00e9"),
        ("text", "tempel\u200b\u00a0ini", "tempel ini"),
        ("text", "😀 ya", "😀 ya"),
        ("longtext", "satu\r\ndua", "satu\ndua"),
        ("integer", "12", 12),
        ("integer", "1.234", 1234),
        ("integer", "+7", 7),
        ("integer", 12, 12),
        ("decimal", "1.234,5", "1234.5"),
        ("decimal", "1234.5", "1234.5"),
        ("decimal", "1234,50", "1234.5"),
        ("decimal", "1.234", "1234"),
        ("decimal", "12,345", "12.3450"),
        ("decimal", "0.125", "0.1250"),
        ("decimal", "12.3450", "12.3450"),
        ("decimal", "100", "100"),
        ("decimal", Decimal("12.345"), "12.3450"),
        ("decimal", 2.5, "2.5"),
        ("money", "Rp 1.000.000", 1_000_000),
        ("money", "rp1.000.000,00", 1_000_000),
        ("money", "Rp. 500,-", 500),
        ("money", "1,000,000", 1_000_000),
        ("money", "1000000", 1_000_000),
        ("date", "2026-11-22", "2026-11-22"),
        ("date", "22/11/2026", "2026-11-22"),
        ("date", "22-11-2026", "2026-11-22"),
        ("date", "1.2.2026", "2026-02-01"),
        ("date", "22 November 2026", "2026-11-22"),
        ("date", "29-02-2024", "2024-02-29"),
        ("year", "2026", 2026),
        ("boolean", "on", True),
        ("boolean", "Ya", True),
        ("boolean", False, False),
        ("boolean", "tidak", False),
        ("geopoint", "-8.2192, 114.3691", "-8.219200,114.369100"),
        ("geopoint", "-8,2192; 114,3691", "-8.219200,114.369100"),
        ("nik", "3510 1605 0590 0007", "3510160505900007"),
        ("phone", "0812-3456-7890", "+6281234567890"),
        ("kecamatan", "35.10.16", "35.10.16"),
        ("village", "35.10.16.1001", "35.10.16.1001"),
        ("file", "0198c0de-0000-7000-8000-000000000001", "0198c0de-0000-7000-8000-000000000001"),
    ],
)
def test_answer__is_understood_and_stays_the_same_when_read_again(kind: str, given: object, value: object) -> None:
    assert ask({"type": kind}, given) == (value, [])
    assert ask({"type": kind}, value) == (value, [])


@pytest.mark.parametrize(
    ("kind", "given", "sentence"),
    [
        ("text", "x" * 301, "Paling panjang 300 huruf; isian ini 301 huruf."),
        ("text", "rahasia\u202e", "karakter yang tidak dapat dibaca"),
        ("text", "nol\x00", "karakter yang tidak dapat dibaca"),
        ("text", ["daftar"], "tidak dapat dibaca"),
        ("integer", "12,5", "bilangan bulat"),
        ("integer", "dua", "bilangan bulat"),
        ("integer", "1e5", "bilangan bulat"),
        ("integer", "١٢", "bilangan bulat"),
        ("decimal", "1,2,3", "Isi dengan angka"),
        ("decimal", "NaN", "Isi dengan angka"),
        ("decimal", Decimal("1e999999"), "Isi dengan angka"),
        ("decimal", float("inf"), "Isi dengan angka"),
        ("decimal", "1.23.456", "Isi dengan angka"),
        ("money", "1.000,50", "tanpa sen"),
        ("money", "sejuta", "tanpa sen"),
        ("date", "31-02-2026", "tidak ada di kalender"),
        ("date", "29-02-2026", "tidak ada di kalender"),
        ("date", "2026-13-01", "tidak ada di kalender"),
        ("date", "besok", "misalnya 22-11-2026"),
        ("date", "22-11-26", "tahun dengan empat angka"),
        ("date", "0001-01-01", "Periksa tahunnya"),
        ("year", "26", "empat angka"),
        ("year", "9999", "empat angka"),
        ("boolean", "mungkin", "Pilih ya atau tidak."),
        ("geopoint", "114.3691, -8.2192", "tertukar"),
        ("geopoint", "51.5, 0.1", "di luar Indonesia"),
        ("geopoint", "di sini", "lintang dan bujur"),
        ("nik", "351016", "16 angka"),
        ("nik", "3510160005900007", "Tanggal lahir di dalam NIK"),
        ("nik", "3510163205900007", "Tanggal lahir di dalam NIK"),
        ("nik", "3510164005900007", "Tanggal lahir di dalam NIK"),
        ("nik", "3510168105900007", "Tanggal lahir di dalam NIK"),
        ("phone", "081234567", "Nomor telepon tidak dikenal"),
        ("kecamatan", "Banyuwangi", "Pilih salah satu"),
        ("village", "35.10.16", "Pilih salah satu"),
        ("file", "../../etc/passwd", "Unggah berkas"),
    ],
)
def test_wrong_answer__is_told_in_a_sentence(kind: str, given: object, sentence: str) -> None:
    value, errors = ask({"type": kind}, given)
    assert value is None
    assert len(errors) == 1
    assert sentence in errors[0]


def test_number_of_5000_digits__is_told_in_a_sentence() -> None:
    assert ask({"type": "integer"}, 10**5000) == (None, ["Isi dengan bilangan bulat, misalnya 12."])


def test_bounds__are_told_as_people_write_numbers() -> None:
    assert ask({"type": "decimal", "maximum": "1000000"}, "1.000.000,5")[1] == ["Paling banyak 1.000.000."]
    assert ask({"type": "integer", "minimum": "1"}, "0")[1] == ["Paling sedikit 1."]
    assert ask({"type": "year", "maximum": "2030"}, "2031")[1] == ["Paling banyak 2030."]


@time_machine.travel("2026-11-22 10:00:00+07:00")
def test_dates__may_be_bounded_by_today_and_by_each_other() -> None:
    assert ask({"type": "date", "maximum": "today"}, "2026-11-23")[1] == ["Tanggal ini belum tiba."]
    assert ask({"type": "date", "minimum": "today"}, "2026-11-21")[1] == ["Tanggal ini tidak boleh sebelum hari ini."]
    assert ask({"type": "date", "maximum": "today"}, "2026-11-22")[1] == []
    assert ask({"type": "year", "maximum": "today"}, "2027")[1] == ["Paling banyak 2026."]
    assert ask({"type": "year", "maximum": "today"}, "2026")[1] == []
    definition = asking(
        {"name": "mulai", "label": "Tanggal mulai", "type": "date"},
        {"name": "selesai", "label": "Tanggal selesai", "type": "date", "minimum": "mulai"},
    )
    errors = check_answers(definition, {"mulai": "2026-02-02", "selesai": "2026-02-01"})[1]
    assert errors == {"selesai": ["Tidak boleh sebelum Tanggal mulai."]}


def test_choice__only_what_is_offered() -> None:
    field = {"type": "choice", "options": [{"value": "a", "label": "A"}]}
    assert ask(field, "a") == ("a", [])
    assert ask(field, "b")[1] == ["Pilih salah satu dari daftar."]
    assert ask(field, "")[1] == ["Pilih isian."]


def test_missing_answer__is_a_fault_only_when_the_draft_is_to_be_whole() -> None:
    definition = asking({"type": "text", "label": "NIK ibu"}, {"name": "b", "type": "boolean", "label": "Ya?"})
    assert check_answers(definition, {})[1] == {"isian": ["Isi NIK ibu."], "b": ["Pilih ya atau tidak."]}
    assert check_answers(definition, {}, partial=True) == ({}, {})
    assert check_answers(definition, {"b": "entah"}, partial=True)[1] == {"b": ["Pilih ya atau tidak."]}


def test_hidden_field__what_it_posts_is_dropped_and_what_is_not_asked_too() -> None:
    definition = shipped("DUKCAPIL-KTP-GANTI")
    raw = {"nik": "3510160505900007", "alasan": "rusak", "nomor_surat_kehilangan": "LP/1", "state": "approved"}
    clean, errors = check_answers(definition, raw)
    assert errors == {}
    assert clean == {"nik": "3510160505900007", "alasan": "rusak"}
    clean, errors = check_answers(definition, {**raw, "alasan": "hilang"})
    assert clean["nomor_surat_kehilangan"] == "LP/1"
    _clean, errors = check_answers(definition, {"nik": "3510160505900007", "alasan": "hilang"})
    assert list(errors) == ["nomor_surat_kehilangan"]


def test_stale_answer_of_a_hidden_field__does_not_count() -> None:
    definition = shipped("DUKCAPIL-KK-UBAH")
    stale = {"alasan": "hilang", "elemen_data_berubah": "kepala_keluarga"}
    assert "elemen_data_berubah" not in {field.name for field in questions.visible_fields(definition, stale)}
    assert "fotokopi-akta-kematian" not in {item.code for item in questions.applicable_requirements(definition, stale)}


@pytest.mark.django_db
def test_regions__must_exist_and_lie_in_each_other(django_assert_num_queries: Any) -> None:
    definition = asking(
        {"name": "kec", "type": "kecamatan", "label": "Kecamatan"},
        {"name": "desa", "type": "village", "label": "Desa atau kelurahan"},
    )
    village = "35.10.16.1001"
    with django_assert_num_queries(1):
        assert check_answers(definition, {"kec": "35.10.16", "desa": village})[1] == {}
    assert list(check_answers(definition, {"kec": "35.10.99", "desa": village})[1]) == ["kec", "desa"]
    wrong = check_answers(definition, {"kec": "35.10.01", "desa": village})
    assert wrong[1] == {"desa": ["Desa atau kelurahan ini tidak berada di kecamatan yang dipilih."]}
    assert "desa" not in wrong[0]
    with django_assert_num_queries(0):
        check_answers(definition, {}, partial=True)


SECTORS = {
    "kesehatan": "DINKES",
    "perindustrian": "DISNAKERPERIN",
    "perdagangan": "DISKOPUMDAG",
    "pariwisata": "DISBUDPAR",
    "perhubungan": "DISHUB",
    "lingkungan": "DLH",
    "pertanian": "DISPERTAN",
    "perikanan": "DISKAN",
    "pupr": "DPUCKPP",
    "ketenagakerjaan": "DISNAKERPERIN",
}


@pytest.mark.parametrize(("sector", "agency"), SECTORS.items())
def test_standard_certificate__asks_and_visits_by_sector(sector: str, agency: str) -> None:
    definition = shipped("DPMPTSP-SERTSTANDAR")
    assert {option.value for option in definition.question("sektor").options} == set(SECTORS)
    asked = questions.applicable_recommenders(definition, {"sektor": sector})
    assert [one.agency for one in asked] == [agency]
    assert questions.inspectors(definition, {"sektor": sector}) == (agency,)


def test_standard_certificate__asks_nobody_before_the_sector_is_known() -> None:
    assert questions.applicable_recommenders(shipped("DPMPTSP-SERTSTANDAR"), {}) == ()


def test_billboard__needs_the_calculation_only_above_12_square_metres() -> None:
    definition = shipped("DPMPTSP-REKLAME-TETAP")

    def codes(**answers: object) -> set[str]:
        return {item.code for item in questions.applicable_requirements(definition, answers)}

    assert "hitungan-konstruksi" not in codes(panjang="4", lebar="3")
    assert "hitungan-konstruksi" in codes(panjang="4", lebar="3.01")
    assert "hitungan-konstruksi" not in codes(panjang="4")
    assert "izin-lama" in codes(perpanjangan=True)


def test_secret_fields__are_marked_by_type_or_by_the_definition() -> None:
    assert shipped("DUKCAPIL-KK-BARU").question("nomor_kk_asal").secret
    assert shipped("DUKCAPIL-KK-BARU").question("nik_kepala_keluarga").secret
    assert not shipped("DUKCAPIL-KK-BARU").question("jumlah_anggota").secret


def test_words_for_a_date() -> None:
    from workflows.definition.bounds import long_date

    assert long_date(date(2026, 11, 2)) == "2 November 2026"

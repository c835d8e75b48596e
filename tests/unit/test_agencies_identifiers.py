"""Identifiers: M25 and the rules of each number."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from agencies import identifiers
from agencies.identifiers import mask_nik, parse_kk, parse_nib, parse_nik, parse_npwp, parse_phone


@pytest.mark.parametrize("day", ["00", "32", "40", "72", "81"])
def test_nik__impossible_day__refused(day: str) -> None:
    with pytest.raises(ValueError, match="Tanggal lahir"):
        parse_nik(f"351016{day}05900001")


def test_nik__day_45__woman_born_on_the_fifth() -> None:
    nik = parse_nik("3510164505900001")
    assert (nik.sex, nik.birth_date) == ("female", date(1990, 5, 5))
    assert nik.region_prefix == "351016"
    assert nik.warnings == ()


def test_nik__child_of_2015__is_not_born_in_1915() -> None:
    assert parse_nik("3510160101150001").birth_date == date(2015, 1, 1)
    assert parse_nik("3510160101150001", stated_birth=date(2015, 1, 1)).warnings == ()


def test_nik__stated_birth__settles_the_century() -> None:
    nik = parse_nik("3510160101150001", stated_birth=date(1915, 1, 1))
    assert nik.birth_date == date(1915, 1, 1)
    assert nik.warnings == ()


def test_nik__encoded_date_in_the_future__is_of_last_century() -> None:
    with time_machine.travel(datetime(2026, 11, 22, tzinfo=UTC), tick=False):
        assert parse_nik("3510162311260001").birth_date == date(1926, 11, 23)
        assert parse_nik("3510162211260001").birth_date == date(2026, 11, 22)


def test_nik__other_region__warns_only() -> None:
    nik = parse_nik("3201010101900001")
    assert len(nik.warnings) == 1
    assert "luar Kabupaten Banyuwangi" in nik.warnings[0]


def test_nik__unknown_kecamatan__warns_only() -> None:
    assert "kecamatan" in parse_nik("3510990101900001").warnings[0]
    assert parse_nik("3510250101900001").warnings == ()


def test_nik__differs_from_what_is_stated__warns_of_each() -> None:
    nik = parse_nik("3510164505900001", stated_birth=date(1990, 5, 6), stated_sex="male")
    assert [("Tanggal" in one, "kelamin" in one) for one in nik.warnings] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("351016010190000", "16 angka"),
        ("35101601019000011", "16 angka"),
        ("", "16 angka"),
        ("35101601019000O1", "16 angka"),
        ("٣٥١٠١٦٠١٠١٩٠٠٠٠١", "16 angka"),
        ("3510160101900000", "0000"),
        ("3510163002900001", "kalender"),
        ("3510160113900001", "kalender"),
        ("3510160100900001", "kalender"),
        ("3510162902010001", "kalender"),
        ("3510166902010001", "kalender"),
    ],
)
def test_nik__fault__has_a_sentence(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_nik(text)


def test_nik__leap_day_of_2000__accepted() -> None:
    assert parse_nik("3510162902000001").birth_date == date(2000, 2, 29)


def test_nik__typed_with_spaces_and_dots__accepted() -> None:
    assert parse_nik(" 3510 1645.0590-0001 ").value == "3510164505900001"


def test_nik__never_shows_itself() -> None:
    nik = parse_nik("3510164505900001")
    assert "450590" not in repr(nik)
    assert "450590" not in str(nik)
    assert "450590" not in repr([nik.value])
    assert "450590" not in f"{nik}"


def test_mask_nik_keeps_region_and_serial() -> None:
    assert mask_nik("3510164505909999") == "351016******9999"
    assert mask_nik("123") == "***"


def test_npwp__fifteen_digits__stored_as_sixteen() -> None:
    assert parse_npwp("01.234.567.8-901.000") == "0012345678901000"
    assert parse_npwp("3510164505900001") == "3510164505900001"
    assert parse_npwp("0012345678901000000001") == "0012345678901000000001"
    with pytest.raises(ValueError, match="NPWP"):
        parse_npwp("12345678901234")


def test_nib_and_kk_are_digits_of_their_length() -> None:
    assert parse_nib("0220101234567") == "0220101234567"
    assert parse_kk("3510169913990001") == "3510169913990001"
    with pytest.raises(ValueError, match="13 angka"):
        parse_nib("022010123456")
    with pytest.raises(ValueError, match="16 angka"):
        parse_kk("351016")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("0333412343", "+62333412343"),
        ("+60 12-345 6789", "+60123456789"),
    ],
)
def test_phone__stored_as_e164(typed: str, stored: str) -> None:
    assert parse_phone(typed) == stored


@pytest.mark.parametrize("typed", ["081234567", "62811", "", "telepon", "0812345678901234567"])
def test_phone__nonsense__refused(typed: str) -> None:
    with pytest.raises(ValueError, match="0812-3456-7890"):
        parse_phone(typed)


def test_phone__masked_for_display() -> None:
    assert identifiers.mask_phone("+6281234567890") == "+62******7890"

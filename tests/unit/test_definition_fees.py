"""What a service costs, to the rupiah, or why that cannot be said."""

import pytest

from agencies.errors import Invalid
from tests.definitions import asking, shipped
from workflows.definition.answers import fee_of

FEES = [
    ("DPMPTSP-SIP-DOKTER", {}, 0),
    ("DPMPTSP-MAKAM-PINDAH", {}, 200_000),
    ("POLRESTA-SIM-A", {}, 80_000),
    (
        "DPMPTSP-PBG",
        {"luas_bangunan": "100", "fungsi_bangunan": "hunian", "klasifikasi_bangunan": "sederhana"},
        375_000,
    ),
    (
        "DPMPTSP-PBG",
        {"luas_bangunan": "100", "fungsi_bangunan": "usaha", "klasifikasi_bangunan": "tidak_sederhana"},
        2_275_000,
    ),
    ("DPMPTSP-PBG", {"luas_bangunan": "999", "fungsi_bangunan": "keagamaan", "klasifikasi_bangunan": "sederhana"}, 0),
    (
        "DPMPTSP-PBG",
        {"luas_bangunan": "33.33", "fungsi_bangunan": "hunian", "klasifikasi_bangunan": "sederhana"},
        124_988,
    ),
    (
        "DPMPTSP-REKLAME-TETAP",
        {"panjang": "4", "lebar": "2.5", "jumlah_sisi": 2, "masa_pasang_bulan": 12, "jenis_reklame": "papan"},
        1_800_000,
    ),
    ("DPMPTSP-RUMIJA", {"panjang_meter": "10", "tanggal_mulai": "2026-01-01", "tanggal_selesai": "2026-01-31"}, 50_000),
    ("DPMPTSP-RUMIJA", {"panjang_meter": "10", "tanggal_mulai": "2026-01-01", "tanggal_selesai": "2026-01-30"}, 25_000),
    ("DPMPTSP-MENARA", {"tinggi_menara": "60", "jumlah_operator_bersama": 2}, 2_800_000),
    ("DPMPTSP-MENARA", {"tinggi_menara": "40", "jumlah_operator_bersama": 1}, 2_500_000),
    ("DPMPTSP-RTH", {"kegiatan_sosial": True, "tanggal_mulai": "2026-01-01", "tanggal_selesai": "2026-01-03"}, 0),
    (
        "DPMPTSP-RTH",
        {"kegiatan_sosial": False, "tanggal_mulai": "2026-01-01", "tanggal_selesai": "2026-01-03"},
        750_000,
    ),
    ("DPMPTSP-KIOSPASAR", {"luas_kios": "6"}, 1_080_000),
    ("DPMPTSP-SKPL", {"golongan_minol": "b_dan_c"}, 10_000_000),
    ("SAMSAT-PKB", {}, None),
]


@pytest.mark.parametrize(("code", "answers", "total"), FEES)
def test_fee__to_the_rupiah(code: str, answers: dict[str, object], total: int | None) -> None:
    quote = fee_of(shipped(code), answers)
    assert quote.total == total
    assert quote.law
    if quote.lines:
        assert sum(line.amount for line in quote.lines) == total


def test_fee__half_a_rupiah_goes_up() -> None:
    fee = {"kind": "formula", "law": "Perda", "lines": [{"label": "Sewa", "amount": "isian * 0.5"}]}
    definition = asking({"type": "decimal"}, fee=fee)
    assert fee_of(definition, {"isian": "1"}).total == 1
    assert fee_of(definition, {"isian": "0.9"}).total == 0


@pytest.mark.parametrize("formula", ["isian - 1000", "isian * 999999999999", "isian / (isian - 5)"])
def test_fee__below_zero_absurd_or_undefined__is_refused(formula: str) -> None:
    fee = {"kind": "formula", "law": "Perda", "lines": [{"label": "Sewa", "amount": formula}]}
    with pytest.raises(Invalid) as found:
        fee_of(asking({"type": "decimal"}, fee=fee), {"isian": "5"})
    assert list(found.value.fields) == [""]


def test_fee__of_an_unanswered_form__names_the_question() -> None:
    with pytest.raises(Invalid) as found:
        fee_of(shipped("DPMPTSP-KIOSPASAR"), {})
    assert list(found.value.fields) == ["luas_kios"]
    with pytest.raises(Invalid) as found:
        fee_of(shipped("DPMPTSP-RTH"), {"tanggal_mulai": "2026-01-01", "tanggal_selesai": "2026-01-03"})
    assert list(found.value.fields) == ["kegiatan_sosial"]

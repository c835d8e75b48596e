"""M1, one recommendation: a doctor signs up, is asked to put a paper right, and holds a permit with a condition."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.e2e.conftest import Visit
from tests.e2e.people import BORN, PDF, PHOTO, account
from tests.e2e.site import Site
from tests.e2e.visitor import PASSWORD, Visitor
from tests.e2e.walks.steps import Receipt, fill, find, hand_in, send, tick, to_case
from tests.factories import make_nik
from tests.uploads import pdf

SERVICE = "Surat Izin Praktik (SIP) Dokter"
HEALTH_LETTER = "Surat keterangan sehat dari dokter ber-SIP"
WRONG = "Surat keterangan sehat tidak bertanda tangan. Unggah yang sudah ditandatangani."
CONDITION = "Praktik hanya pada hari Senin sampai Jumat pukul 16.00 sampai 20.00."
PRACTICE = {
    "Apakah ini perpanjangan SIP?": "Tidak",
    "Nomor STR": "STR-3510-2026-0099",
    "Tanggal terbit STR": BORN.replace(year=2025),
    "Nama tempat praktik": "Klinik Pratama Blambangan",
}
PLACE = {
    "Alamat tempat praktik": "Jalan Basuki Rahmat 12, Kelurahan Lateng, Kecamatan Banyuwangi",
    "SIP ke berapa?": "SIP pertama",
    "Jenis fasilitas pelayanan kesehatan": "Klinik",
    "Hari dan jam praktik": "Senin sampai Jumat, 16.00 sampai 20.00",
}
PAPERS = {
    "KTP-el": PDF,
    "STR yang masih berlaku": PDF,
    "Surat keterangan tempat praktik dari pimpinan fasilitas pelayanan kesehatan": PDF,
    HEALTH_LETTER: PDF,
    "Pas foto 4x6 latar merah": PHOTO,
}


@pytest.mark.parametrize("scripts", [False, pytest.param(True, marks=pytest.mark.long)])
def test_doctor_gets_a_permit_with_a_condition(visit: Visit, site: Site, scripts: bool, tmp_path: Path) -> None:
    for email, role, agency, name in (
        ("ratna@contoh.id", "verifier", "DPMPTSP", "Ratna"),
        ("hadi@contoh.id", "officer", "DINKES", "dr. Hadi"),
        ("wulan@contoh.id", "approver", "DPMPTSP", "Wulan"),
    ):
        account(email, roles=((role, agency),), name=name)
    doctor, ratna, hadi, wulan = (visit(scripts=scripts) for _each in range(4))

    receipt = apply(doctor)
    site.work()
    return_it(ratna, receipt)
    site.work()
    put_right(doctor)
    accept(ratna, receipt)
    doctor.open("/").follow("Permohonan saya").follow(SERVICE)
    doctor.reads("Sekarang di Dinas Kesehatan.", "Rekomendasi teknis sedang disiapkan.", "Paling lambat")
    recommend(hadi, receipt)
    approve(wulan, receipt)
    site.work()
    number, text = download(doctor, tmp_path / "izin.pdf")
    verify(visit(scripts=scripts), number, text, tmp_path / "izin.pdf")


def apply(doctor: Visitor) -> Receipt:
    """Sign up, say who one is, fill and send."""
    find(doctor, "praktik dokter", SERVICE).reads("Rp 0", "5 hari kerja", "Dinas Kesehatan")
    doctor.press("Ajukan permohonan").follow("Buat akun")
    account_of_hers = {"Nama": "Dewi Lestari", "Alamat surel": "dewi@contoh.id", "Kata sandi baru": PASSWORD}
    doctor.fill({**account_of_hers, "Tulis sekali lagi kata sandinya": PASSWORD}).press("Buat akun")
    doctor.reads("Data diri Anda", "setiap petugas yang melihatnya tercatat")
    doctor.fill(
        {
            "NIK": make_nik(born=BORN, female=True),
            "Tanggal lahir": BORN,
            "Jenis kelamin": "Perempuan",
            "Nomor telepon": "0812-3456-7890",
            "Alamat tempat tinggal": "Jalan Ikan Hiu 7, RT 02 RW 01",
        }
    )
    doctor.press("Simpan").reads("Sebelum mulai").press("Mulai mengisi")
    fill(doctor, "Data permohonan, bagian 1 dari 2", [PRACTICE, PLACE])
    hand_in(doctor, PAPERS)
    receipt = send(doctor)
    doctor.press("Lihat permohonan").reads("Sekarang di Mal", "Menunggu giliran diperiksa.", receipt.number)
    return receipt


def return_it(ratna: Visitor, receipt: Receipt) -> None:
    """The verifier finds one thing missing, reads the letter that writes itself, and sends it."""
    ratna.open("/").log_in("ratna@contoh.id")
    to_case(ratna, receipt).press("Ambil dan periksa")
    tick(ratna, {HEALTH_LETTER: WRONG}).press("Susun surat pengembalian")
    ratna.reads("Surat pengembalian", HEALTH_LETTER, WRONG, "Waktu memperbaiki:")
    ratna.press("Kirim ke pemohon").reads("Berkas dikembalikan", "Perlu diperbaiki")


def put_right(doctor: Visitor) -> None:
    """The doctor hears of it in her inbox, replaces the one paper and sends it again."""
    doctor.open("/").follow("Kotak masuk").reads("Permohonan Anda perlu diperbaiki")
    doctor.open("/").follow("Permohonan saya").follow(SERVICE).reads("Sekarang giliran Anda.", WRONG)
    doctor.press("Perbaiki sekarang").follow(HEALTH_LETTER).reads("Yang perlu diperbaiki:", WRONG)
    doctor.answer("Berkas", ("surat.pdf", pdf(2))).press("Simpan dan lanjutkan")
    doctor.reads("Perbaiki bagian yang ditandai, lalu kirim kembali.", "Paling lambat")
    doctor.follow("Periksa dan kirim perbaikan").press("Kirim kembali")
    doctor.reads("Permohonan terkirim")


def accept(ratna: Visitor, receipt: Receipt) -> None:
    """The second look."""
    to_case(ratna, receipt).press("Ambil dan periksa").reads("Ini pemeriksaan putaran 2.", "Putaran sebelumnya:")
    tick(ratna).press("Nyatakan lengkap").reads("Berkas dinyatakan lengkap; permohonan diteruskan.")


def recommend(hadi: Visitor, receipt: Receipt) -> None:
    """The health office has no objection, on one condition."""
    hadi.open("/").log_in("hadi@contoh.id")
    to_case(hadi, receipt).press("Beri rekomendasi").reads("Rekomendasi bukan keputusan.")
    hadi.fill(
        {
            "Isi rekomendasi": "Menyetujui dengan syarat",
            "Alasan": "Tempat praktik memenuhi standar klinik pratama.",
            "Dasar hukum": "PP 28/2024",
            "Syarat 1 (tidak wajib)": CONDITION,
        }
    )
    hadi.press("Kirim rekomendasi").reads("Rekomendasi tersimpan dan diteruskan.", CONDITION)


def approve(wulan: Visitor, receipt: Receipt) -> None:
    """The head of the mall signs."""
    wulan.open("/").log_in("wulan@contoh.id")
    to_case(wulan, receipt).press("Setujui").reads(CONDITION, "Tempat praktik memenuhi standar klinik pratama.")
    wulan.answer("Alasan keputusan", "Persyaratan lengkap dan rekomendasi Dinas Kesehatan mendukung.")
    wulan.press("Setujui permohonan").reads("Keputusan tersimpan.", "Disetujui")


def download(doctor: Visitor, to: Path) -> tuple[str, str]:
    """The permit's number, and what the downloaded PDF says."""
    doctor.open("/").follow("Permohonan saya").follow(SERVICE).reads("Terbit", "Nomor:", "Berlaku sampai")
    number = re.search(r"Nomor: (503/\S+)", doctor.words)
    assert number
    with doctor.page.expect_download() as got:
        doctor.page.get_by_role("button", name="Unduh dokumen (PDF)").click()
    got.value.save_as(to)
    assert "dewi" not in got.value.suggested_filename.lower()
    text = subprocess.run(["pdftotext", "-layout", str(to), "-"], capture_output=True, check=True, text=True).stdout
    flat = " ".join(text.split())
    assert "DEWI LESTARI" in flat.upper()
    assert CONDITION in flat
    assert number[1] in flat
    return number[1], flat


def verify(passer_by: Visitor, number: str, text: str, file: Path) -> None:
    """Anybody types the code that stands beside the QR code, and compares the file."""
    code = re.search(r"\b(?:[A-HJ-NP-Z2-9]{4} ){3}[A-HJ-NP-Z2-9]{4}\b", text)
    assert code, text
    passer_by.open("/").follow("Periksa keaslian izin").answer("Kode pemeriksaan", code[0].lower()).press("Periksa")
    passer_by.reads(number, "SIP Dokter", "terdaftar pada kami dan berlaku hari ini.", "D*** L******")
    passer_by.reads_not("Dewi", "Klinik Pratama")
    passer_by.answer("Berkas PDF yang Anda terima", ("izin.pdf", file.read_bytes())).press("Bandingkan")
    passer_by.reads("Berkas sama")
    passer_by.answer("Berkas PDF yang Anda terima", PDF).press("Bandingkan").reads("Berkas berbeda")

"""A clerk gives out numbers, calls out of turn with a reason, and closes each with an outcome; without scripts."""

import pytest

from tests.e2e.conftest import Visit
from tests.e2e.people import account
from tests.e2e.visitor import Visitor

LINE = "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"


@pytest.mark.long
def test_clerk_works_off_the_line_of_the_counter(visit: Visit) -> None:
    account("sri@contoh.id", roles=(("clerk", "DPMPTSP"),), name="Sri")
    sri = visit()
    sri.open("/").log_in("sri@contoh.id")
    take(sri, "Umum").reads("A-001", LINE, "bukan nama Anda")
    take(sri, "Umum").reads("A-002")
    sri.open("/loket/antrean/").follow("A-002").reads("1 nomor gilirannya lebih dahulu.")
    sri.press("Panggil nomor ini").reads("Pilih alasan memanggil nomor ini sebelum yang lain.")
    sri.answer("Mengapa nomor ini didahulukan?", "Keadaan darurat").press("Panggil nomor ini").reads("Dipanggil")
    sri.press("Mulai layani").press("Selesai").reads("“Hasil layanan” belum dipilih.")
    sri.answer("Hasil layanan", "Diberi penjelasan").press("Selesai").reads("Nomor A-002 selesai dilayani.")
    sri.press("Panggil berikutnya").reads("Nomor A-001").press("Belum hadir, panggil lagi nanti").reads("1 kali")


def take(sri: Visitor, priority: str) -> Visitor:
    """One more number for whoever stands there."""
    sri.open("/loket/antrean/").press("Ambil nomor untuk pengunjung")
    said = {"Lokasi": "Mal Pelayanan Publik Banyuwangi", "Antrean": LINE, "Golongan pengunjung": priority}
    return sri.fill(said).press("Ambil nomor")

"""M2 with field work and a fee: three agencies, a visit, a bill that is paid at the gateway, and a permit."""

import pytest

from agencies import clock
from tests.e2e.conftest import Visit
from tests.e2e.people import PDF, account, citizen
from tests.e2e.site import Site
from tests.e2e.visitor import Visitor
from tests.e2e.walks.steps import Receipt, fill, find, hand_in, send, tick, to_case

SERVICE = "Izin Penyelenggaraan Reklame Permanen"
SIGN = {
    "Apakah ini perpanjangan izin reklame?": "Tidak",
    "Jenis reklame": "Papan",
    "Panjang reklame (meter)": "2,5",
    "Lebar reklame (meter)": "1,2",
}
PLACE = {
    "Jumlah sisi reklame": "2",
    "Titik lokasi": "-8.2192, 114.3691",
    "Naskah reklame": "Warung Rujak Soto Bu Suparmi",
    "Lama pemasangan (bulan)": "12",
}
PAPERS = (
    "KTP-el atau NIB",
    "NPWPD",
    "Persetujuan pemilik lahan atau persil",
    "Denah dan foto lokasi",
    "Gambar desain dan naskah reklame",
)
FEE = "Rp 540.000"
"""2,5 × 1,2 × 2 sides × 12 months × Rp 30.000 × 25 %, as the definition says."""


@pytest.mark.usefixtures("gateway")
@pytest.mark.parametrize("scripts", [False, pytest.param(True, marks=pytest.mark.long)])
def test_owner_pays_for_her_sign_and_gets_the_permit(visit: Visit, site: Site, scripts: bool) -> None:
    citizen("suparmi@contoh.id", "Suparmi")
    account("ratna@contoh.id", roles=(("verifier", "DPMPTSP"),), name="Ratna")
    account("wulan@contoh.id", roles=(("approver", "DPMPTSP"),), name="Wulan")
    owner, ratna, wulan = (visit(scripts=scripts) for _each in range(3))

    receipt = apply(owner)
    ratna.open("/").log_in("ratna@contoh.id")
    to_case(ratna, receipt).press("Ambil dan periksa")
    tick(ratna).press("Nyatakan lengkap").reads("Berkas dinyatakan lengkap; permohonan diteruskan.")
    for agency in ("DPUCKPP", "BAPENDA", "SATPOLPP"):
        account(f"{agency.lower()}@contoh.id", roles=(("officer", agency),), name=f"Petugas {agency}")
        recommend(visit(scripts=scripts), f"{agency.lower()}@contoh.id", receipt, inspects=agency == "DPUCKPP")
    wulan.open("/").log_in("wulan@contoh.id")
    to_case(wulan, receipt).press("Setujui").reads("Memenuhi", "Tidak menghalangi pandangan pengemudi.")
    wulan.answer("Alasan keputusan", "Semua rekomendasi mendukung.").press("Setujui permohonan")
    wulan.reads("Keputusan tersimpan.", "Menunggu pembayaran", FEE)
    site.work()
    pay(owner, site)
    site.work()
    owner.open("/").follow("Permohonan saya").follow(SERVICE)
    owner.reads("Terbit", "Nomor: 503/", "Pembayaran diterima", "Unduh dokumen (PDF)", "Berlaku sampai")


def apply(owner: Visitor) -> Receipt:
    """Fill, see what it will cost, send."""
    find(owner, "papan nama", SERVICE).reads("14 hari kerja", "Pajak reklame", "Tarif contoh", "Badan Pendapatan")
    owner.press("Ajukan permohonan").log_in("suparmi@contoh.id").reads("Sebelum mulai")
    owner.answer("Atas nama siapa permohonan ini?", "Diri saya sendiri").press("Mulai mengisi")
    fill(owner, "Data permohonan, bagian 1 dari 2", [SIGN, PLACE])
    hand_in(owner, dict.fromkeys(PAPERS, PDF))
    owner.follow("Periksa dan kirim").reads(FEE, "Dibayar secara nontunai hanya jika permohonan disetujui.")
    return send(owner.open("/").follow("Permohonan saya").follow(SERVICE))


def recommend(officer: Visitor, email: str, receipt: Receipt, *, inspects: bool) -> None:
    """One agency answers; the one that leads the visit goes there first."""
    officer.open("/").log_in(email)
    to_case(officer, receipt)
    if inspects:
        officer.press("Jadwalkan pemeriksaan").answer("Tanggal pemeriksaan", clock.today()).press("Simpan jadwal")
        officer.reads("Jadwal pemeriksaan tersimpan").press("Laporkan pemeriksaan")
        officer.fill(
            {
                "Tanggal pemeriksaan dilakukan": clock.today(),
                "Hasil pemeriksaan": "Memenuhi",
                "Temuan": "Tiang kokoh, di luar badan jalan.",
            }
        )
        officer.press("Simpan laporan").reads("Laporan pemeriksaan tersimpan.")
    officer.press("Beri rekomendasi")
    said = {"Isi rekomendasi": "Menyetujui", "Alasan": "Tidak menghalangi pandangan pengemudi."}
    officer.fill(said | {"Dasar hukum": "Perda tentang penyelenggaraan reklame."})
    officer.press("Kirim rekomendasi").reads("Rekomendasi tersimpan dan diteruskan.")


def pay(owner: Visitor, site: Site) -> None:
    """At the gateway, on its own pages; there is no cash."""
    owner.open("/").follow("Permohonan saya").follow(SERVICE)
    owner.reads("Sekarang giliran Anda.", FEE, "Kode bayar:", "Tidak ada pembayaran tunai.")
    owner.press("Bayar")
    assert owner.page.url.startswith(site.gateway)
    owner.reads("SIMULATOR PEMBAYARAN — BUKAN UANG SUNGGUHAN", FEE)
    owner.press("Bayar lunas").reads("diterima mal.").follow("Kembali ke permohonan Anda")
    owner.reads(SERVICE)

"""A3, an agency that asks another one; begun by a clerk for somebody with neither account nor e-mail."""

import pytest

from agencies import clock
from tests.e2e.conftest import Visit
from tests.e2e.people import BORN, PDF, account
from tests.e2e.site import Site
from tests.e2e.visitor import Visitor
from tests.e2e.walks.steps import Receipt, look_up, tick, to_case
from tests.factories import make_nik

SERVICE = "Rekomendasi Reaktivasi Peserta PBI Jaminan Kesehatan"
PAPERS = ("KTP-el", "Kartu Keluarga", "Kartu JKN", "Surat keterangan sakit atau rawat", "Surat keterangan tidak mampu")


@pytest.mark.parametrize("scripts", [False, True])
def test_clerk_helps_a_woman_without_account_who_is_told_by_telephone(visit: Visit, site: Site, scripts: bool) -> None:
    for email, role, agency, name in (
        ("sri@contoh.id", "clerk", "DPMPTSP", "Sri"),
        ("anton@contoh.id", "officer", "DINSOS", "Anton"),
        ("lina@contoh.id", "officer", "DINSOS", "Lina"),
        ("made@contoh.id", "officer", "BPJSKES", "Made"),
    ):
        account(email, roles=((role, agency),), name=name)
    sri, anton, lina, made = (visit(scripts=scripts) for _each in range(4))
    nik = make_nik(born=BORN.replace(year=1951), female=True)

    sri.open("/").log_in("sri@contoh.id")
    register(sri, nik)
    receipt = apply(sri, nik)
    site.work()
    telephone(sri, receipt, "Permohonan Anda sudah kami terima")

    anton.open("/").log_in("anton@contoh.id")
    to_case(anton, receipt).press("Ambil dan periksa")
    tick(anton).press("Nyatakan lengkap").reads("Berkas dinyatakan lengkap; permohonan diteruskan.")
    made.open("/").log_in("made@contoh.id")
    to_case(made, receipt).press("Beri rekomendasi").unfold("Isian formulir").reads("Peserta sakit")
    said = {"Isi rekomendasi": "Menyetujui", "Alasan": "Kepesertaan terdaftar dan dapat diaktifkan kembali."}
    made.fill(said | {"Dasar hukum": "Peraturan tentang jaminan kesehatan."})
    made.press("Kirim rekomendasi").reads("Rekomendasi tersimpan dan diteruskan.")
    lina.open("/").log_in("lina@contoh.id")
    to_case(lina, receipt).press("Setujui").answer("Alasan keputusan", "Layak menurut Permensos 21/2019.")
    lina.press("Setujui permohonan").press("Catat nomor produk")
    lina.fill({"Nomor produk": "460/0815/429.107/2026", "Tanggal terbit": clock.today()})
    lina.press("Simpan dan serahkan").reads("Nomor produk tercatat; permohonan selesai.")
    site.work()
    telephone(sri, receipt, "460/0815/429.107/2026")
    look_up(visit(scripts=scripts), receipt, nik).reads(SERVICE, "Terbit").reads_not("Mbok Ijah")


def register(sri: Visitor, nik: str) -> None:
    """Nobody of that NIK is known yet; the clerk registers her from her card."""
    sri.open("/loket/").fill({"Cari permohonan atau orang": nik, "Untuk apa?": "Membantu mengajukan permohonan"})
    sri.press("Cari").reads("Tidak ditemukan").follow("Daftarkan orang baru")
    sri.fill(
        {
            "NIK (tidak wajib)": nik,
            "Nama lengkap": "Mbok Ijah",
            "Tanggal lahir": BORN.replace(year=1951),
            "Jenis kelamin": "Perempuan",
            "Nomor telepon (tidak wajib)": "0852-3344-5566",
        }
    )
    sri.press("Simpan").reads("Mbok Ijah")
    assert nik not in sri.page.url


def apply(sri: Visitor, nik: str) -> Receipt:
    """Her granddaughter has come for her; the clerk fills the form, scans the papers and prints a receipt."""
    sri.press("Ajukan permohonan").answer("Cari layanan", "PBI").press("Cari").follow(SERVICE)
    sri.fill({"Siapa yang hadir?": "Keluarga satu KK", "Nama yang hadir (tidak wajib)": "Wayan Sari"})
    sri.press("Mulai mengisi")
    sri.fill(
        {
            "Nomor kartu JKN": "0001234567890",
            "NIK": nik,
            "Alasan": "Peserta sakit",
            "Fasilitas kesehatan rujukan": "RSUD Blambangan",
        }
    )
    sri.press("Simpan dan lanjut ke berkas")
    for paper in PAPERS:
        sri.answer(paper, PDF)
    sri.press("Simpan dan lanjut").reads("Periksa bersama pemohon, lalu ajukan", "Wayan Sari", "RSUD Blambangan")
    sri.press("Ajukan permohonan").reads("Permohonan diajukan", "Nomor tanda terima")
    sri.press("Cetak tanda terima").reads("Tanda terima permohonan", "Kode lacak", *PAPERS)
    return Receipt(sri.after("Nomor tanda terima"), sri.after("Kode lacak"))


def telephone(sri: Visitor, receipt: Receipt, message: str) -> None:
    """Somebody without e-mail stands on the call list until she has been told."""
    sri.open("/loket/").follow("Daftar telepon").follow(receipt.number)
    sri.reads("Mbok Ijah", "+6285233445566", message)
    sri.answer("Hasil panggilan", "Sudah disampaikan kepada Wayan Sari.").press("Catat hasil panggilan")
    sri.reads("Panggilan tercatat.", "Tidak ada yang perlu ditelepon.")

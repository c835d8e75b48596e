"""Somebody unknown complains from the page of a service; who handles it verifies, follows up and answers."""

from urllib.parse import urlsplit

from mall.voice.complaints.models import Complaint
from tests.e2e.conftest import Visit
from tests.e2e.people import PDF, account


def test_somebody_unknown_complains_replies_once_and_is_content(visit: Visit) -> None:
    account("fitri@contoh.id", roles=(("complaints", "DPMPTSP"),), name="Fitri Handayani")
    unknown = visit(scripts=False)
    unknown.open("/layanan/DPMPTSP-SIP-BIDAN/").follow("Ajukan pengaduan")
    unknown.press("Kirim pengaduan").reads("“Apa yang ingin Anda sampaikan?” belum dipilih.")
    unknown.answer("Apa yang ingin Anda sampaikan?", "Keluhan tentang layanan")
    unknown.answer("Ceritakan apa yang terjadi", "Antrean tiga jam di loket dua.")
    unknown.answer("Bolehkah nama Anda diketahui?", "Tanpa nama")
    unknown.answer("Nama (tidak wajib)", "Wayan")
    unknown.press("Kirim pengaduan").reads("Nama menunjukkan siapa Anda.")
    unknown.answer("Nama (tidak wajib)", "")
    unknown.answer("Bukti (tidak wajib)", PDF)
    unknown.press("Kirim pengaduan").reads("Pengaduan diterima", "Kata rahasia", "Antrean tiga jam")
    link, complaint = urlsplit(unknown.page.url).path, Complaint.objects.get()

    handler = visit(scripts=False)
    handler.open("/pengaduan/meja/").log_in("fitri@contoh.id")
    handler.follow(complaint.code).reads("Antrean tiga jam", "Menunggu verifikasi").follow("Verifikasi dan teruskan")
    handler.answer("Tulisan untuk pelapor", "Kami teruskan.").press("Simpan").follow("Nyatakan tindak lanjut")
    handler.answer("Tulisan untuk pelapor", "Kami hitung petugasnya.").press("Simpan").follow("Jawab")
    handler.answer("Tulisan untuk pelapor", "Loket ditambah.").press("Simpan").reads("Sudah dijawab")

    unknown.open(link)
    unknown.reads("Loket ditambah.", "Apakah jawaban ini cukup?").reads_not("Fitri")
    unknown.answer("Tulisan Anda", "Belum terasa.").press("Kirim tulisan").reads("Sedang ditindaklanjuti")
    handler.open("/pengaduan/meja/").follow(complaint.code).reads("Belum terasa.").follow("Jawab")
    handler.answer("Tulisan untuk pelapor", "Mulai Senin.").press("Simpan")
    handler.open("/pengaduan/meja/lapor/").reads("Unduh pengaduan")
    unknown.open(link)
    unknown.reads("Ini jawaban akhir.").press("Ya, tutup pengaduan").reads("Diterima pelapor")
    unknown.open("/transparansi/pengaduan/").reads("Belum ada bulan yang diumumkan")

"""A levy is reported from the page of a service by somebody unknown, and answered by the inspectorate."""

from urllib.parse import urlsplit

from agencies import clock
from mall.voice.levies.models import LevyReport
from tests.e2e.conftest import Visit
from tests.e2e.people import PDF, account


def test_somebody_unknown_reports_a_levy_and_reads_the_answer(visit: Visit) -> None:
    account("ratna@contoh.id", roles=(("inspectorate", "INSPEKTORAT"),), name="Ratna Widjaja")
    unknown = visit(scripts=False)
    unknown.open("/layanan/DPMPTSP-SIP-BIDAN/").follow("Laporkan pungutan")
    unknown.press("Kirim laporan").reads("“Bagaimana Anda ingin melapor?” belum dipilih.")
    today = clock.today()
    unknown.answer("Bagaimana Anda ingin melapor?", "Tanpa nama")
    unknown.answer("Apa yang diminta, dan bagaimana terjadinya?", "Diminta uang rokok agar berkas cepat diperiksa.")
    unknown.answer("Berapa yang diminta? (tidak wajib)", "50.000")
    unknown.answer("Tempatnya (tidak wajib)", "Loket 3")
    unknown.answer_date("Kapan?", str(today.day), str(today.month), str(today.year))
    unknown.answer("Cara menghubungi Anda (tidak wajib)", "0812 3456 7890")
    unknown.press("Kirim laporan").reads("Kontak menunjukkan siapa Anda.")
    unknown.answer("Cara menghubungi Anda (tidak wajib)", "")
    unknown.answer("Bukti (tidak wajib)", PDF)
    unknown.press("Kirim laporan").reads("Laporan diterima", "Kata rahasia", "Diminta uang rokok")
    link, report = urlsplit(unknown.page.url).path, LevyReport.objects.get()

    inspector = visit(scripts=False)
    inspector.open("/inspektorat/").log_in("ratna@contoh.id")
    inspector.follow(report.code).reads("Rp 50.000", "Loket 3", "DPMPTSP-SIP-BIDAN")
    inspector.press("Ambil laporan").follow("Tulis kepada pelapor")
    inspector.answer("Tulisan untuk pelapor", "Jam berapa kejadiannya?").press("Kirim")
    unknown.open(link)
    unknown.reads("Jam berapa kejadiannya?").reads_not("Ratna")
    unknown.answer("Tambahan Anda", "Pukul sembilan.").press("Kirim tambahan").reads("Pukul sembilan.")

    inspector.follow("Tutup laporan").answer("Hasil pemeriksaan", "Terbukti")
    inspector.answer("Tulisan untuk pelapor", "Petugas itu diperiksa atasannya.").press("Tutup laporan")
    unknown.open(link)
    unknown.reads("Terbukti", "Petugas itu diperiksa atasannya.")

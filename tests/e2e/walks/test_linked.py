"""An agency without a computer: the verifier prints a letter, its officer answers on her phone, without a log-in."""

from collections.abc import Iterator

import pytest

from agencies.models import Agency, AnswersBy
from tests.cases import at, case_of
from tests.e2e.conftest import Visit
from tests.e2e.people import account
from tests.e2e.site import Site
from tests.e2e.visitor import DESK


@pytest.fixture
def on_paper(site: Site) -> Iterator[None]:
    """The health office answers by links, until the walk ends: agencies outlive a test."""
    Agency.objects.filter(pk="DINKES").update(answers_by=AnswersBy.LINK)
    yield
    Agency.objects.filter(pk="DINKES").update(answers_by=AnswersBy.SCREEN)


def test_officer_answers_by_the_letter_that_the_verifier_printed(visit: Visit, on_paper: None) -> None:
    script = at("checked")
    account("ratna@contoh.id", roles=(("verifier", "DPMPTSP"),), name="Ratna")
    account("hadi@contoh.id", roles=(("officer", "DINKES"),), name="dr. Hadi")
    ratna = visit(size=DESK)
    ratna.open(f"/meja/permohonan/{script.case_id}/").log_in("ratna@contoh.id")
    ratna.press("Tautan jawaban Dinas Kesehatan")
    ratna.press("Buat tautan").reads("“Petugas yang ditunjuk menjawab” belum dipilih.")
    ratna.answer("Petugas yang ditunjuk menjawab", "dr. Hadi").answer("Cara menyampaikan", "Surat cetak dengan kode QR")
    ratna.press("Buat tautan").reads("Menunggu jawaban", "dr. Hadi").press("Cetak surat")
    ratna.press("Buka surat untuk dicetak").reads("Kepada Yth.", "dr. Hadi", "Berlaku sampai")
    address = ratna.page.locator(".mall-address").inner_text().strip()

    hadi = visit()
    hadi.open(address).reads("Untuk dr. Hadi", "satu jawaban").reads_not(case_of(script).applicant.name)
    hadi.press("Buka permohonan").reads("Anda menjawab sebagai dr. Hadi", "Berkas yang diserahkan")
    hadi.press("Periksa sebelum mengirim").reads("“Isi rekomendasi” belum dipilih.")
    hadi.answer("Isi rekomendasi", "Menyetujui dengan syarat").answer("Alasan", "Tempat praktik layak.")
    hadi.answer("Dasar hukum", "UU 17/2023").answer("Syarat 1 (tidak wajib)", "Papan nama terpasang.")
    hadi.press("Periksa sebelum mengirim").reads("Periksa rekomendasi", "Papan nama terpasang.")
    hadi.press("Ubah").press("Periksa sebelum mengirim").press("Kirim rekomendasi")
    hadi.reads("Rekomendasi sudah diterima")
    hadi.open(address).reads("Tidak ada lagi yang perlu Anda lakukan.")
    ratna.open(f"/meja/permohonan/{script.case_id}/").reads("lewat tautan sekali pakai", "Menyetujui dengan syarat")

"""A0, same visit: she prepares at home, the officer serves her at the counter while she waits."""

import pytest

from tests.e2e.conftest import Visit
from tests.e2e.people import PDF, PHOTO, account, citizen
from tests.e2e.visitor import Visitor
from tests.e2e.walks.steps import begin, fill, find, hand_in, look_up, send, to_case

SERVICE = "Penerbitan Surat Keterangan Catatan Kepolisian (SKCK) Baru"


@pytest.mark.parametrize("scripts", [False, True])
def test_citizen_prepares_online_and_is_served_in_one_visit(visit: Visit, scripts: bool) -> None:
    siti = citizen("siti@contoh.id", "Siti Aminah")
    account("bambang@contoh.id", roles=(("officer", "POLRESTA"),), name="Bambang")

    at_home = visit(scripts=scripts)
    find(at_home, "SKCK", SERVICE)
    at_home.reads("Rp 30.000", "Selesai di tempat, dalam satu kunjungan", "PP 76/2020", "SP4N-LAPOR!")
    begin(at_home, "siti@contoh.id")
    page = {
        "Keperluan": "Melamar kerja",
        "NIK": siti.nik,
        "Apakah Anda pernah dipidana?": "Tidak",
        "Alamat domisili": "Jalan Ikan Hiu 7, RT 02 RW 01, Kelurahan Karangrejo",
    }
    fill(at_home, "Data permohonan", [page])
    hand_in(
        at_home,
        {
            "Fotokopi KTP-el": PDF,
            "Kartu Keluarga": PDF,
            "Akta kelahiran atau ijazah": PDF,
            "Pas foto 4x6 latar merah": PHOTO,
            "Rumus sidik jari": PDF,
        },
    )
    receipt = send(at_home)
    at_home.reads("Datanglah ke loket di mal dengan berkas asli.")
    at_home.press("Lihat permohonan").reads("Sekarang giliran Anda. Anda ditunggu di loket.", "Dilayani di loket")

    served(visit(scripts=scripts), receipt, siti.nik)

    at_home.open("/").follow("Permohonan saya").follow(SERVICE)
    at_home.reads("Terbit", "Nomor: SKCK/YANMAS/0815/XI/2026", "Disetujui", "Dilayani di loket")
    tracked = look_up(visit(scripts=scripts), receipt, siti.nik)
    tracked.reads(SERVICE, "Terbit").reads_not("Siti Aminah", "SKCK/YANMAS")


def served(at_counter: Visitor, receipt: str, nik: str) -> None:
    """The officer looks, decides and writes the number down."""
    at_counter.open("/").log_in("bambang@contoh.id")
    to_case(at_counter, receipt).press("Layani sekarang").reads("Siti Aminah", "Melamar kerja", "SKCK Presisi")
    assert nik not in at_counter.page.content()
    at_counter.fill(
        {
            "Berkas dan isian sudah saya periksa bersama pemohon.": "ya",
            "Keputusan": "Disetujui",
            "Nomor produk (tidak wajib)": "SKCK/YANMAS/0815/XI/2026",
        }
    )
    at_counter.press("Selesaikan layanan").reads("Layanan selesai.", "SKCK/YANMAS/0815/XI/2026")

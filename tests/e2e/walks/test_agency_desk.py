"""A1, the agency's own desk: one officer checks, another decides and records the number. All of it without a mouse."""

from datetime import timedelta

import pytest

from agencies import clock
from tests.e2e.conftest import Visit
from tests.e2e.people import PDF, account, citizen
from tests.e2e.visitor import Visitor
from tests.e2e.walks.steps import begin, fill, find, hand_in, look_up, send, tick, to_case
from tests.factories import make_nik

SERVICE = "Pencatatan Kelahiran dan Penerbitan Akta Kelahiran"


@pytest.mark.parametrize("how", [{"keyboard": True}, pytest.param({"scripts": True}, marks=pytest.mark.long)])
def test_parents_register_a_birth_and_two_officers_handle_it(visit: Visit, how: dict[str, bool]) -> None:
    father = citizen("ketut@contoh.id", "Ketut Wirawan")
    account("rini@contoh.id", roles=(("officer", "DUKCAPIL"),), name="Rini")
    account("yusuf@contoh.id", roles=(("officer", "DUKCAPIL"),), name="Yusuf")
    mother_nik = make_nik(female=True)

    ketut = visit(**how)
    find(ketut, "akta lahir", SERVICE).reads("Rp 0", "1 hari kerja", "Kutipan Akta Kelahiran")
    begin(ketut, "ketut@contoh.id")
    child = {
        "Nama anak": "Made Ayu Wirawan",
        "Tanggal lahir": clock.today() - timedelta(days=12),
        "Tempat lahir": "Banyuwangi",
        "Jenis kelamin": "Perempuan",
    }
    parents = {"Anak ke-": "2", "NIK ibu": mother_nik, "NIK ayah": father.nik}
    fill(ketut, "Data permohonan, bagian 1 dari 2", [child, parents])
    hand_in(
        ketut,
        {
            "Surat keterangan lahir dari fasilitas kesehatan": PDF,
            "Buku nikah atau akta perkawinan orang tua": PDF,
            "Kartu Keluarga": PDF,
            "KTP-el orang tua dan dua saksi": PDF,
        },
    )
    receipt = send(ketut)
    ketut.reads("Selesai paling lambat")

    checked(visit(**how), receipt, mother_nik)
    decided(visit(**how), receipt)

    ketut.open("/").follow("Permohonan saya").follow(SERVICE)
    ketut.reads("Terbit", "Nomor: 3510-LU-22112026-0007", "Berkas dinyatakan lengkap", "Berkas mulai diperiksa")
    ketut.follow("Baca keputusan dan alasannya").reads("Permohonan disetujui", "Syarat Perpres 96/2018 terpenuhi.")
    ketut.open("/profil/").follow("Siapa yang melihat data saya").reads(
        "Petugas Dinas Kependudukan dan Pencatatan Sipil", "Pemeriksaan berkas", "Pengambilan keputusan"
    )
    look_up(visit(**how), receipt, father.nik).reads(SERVICE, "Terbit").reads_not("Ketut", "Made Ayu")


def checked(rini: Visitor, receipt: str, mother_nik: str) -> None:
    """The first officer finds the papers complete."""
    rini.open("/").log_in("rini@contoh.id")
    to_case(rini, receipt).press("Ambil dan periksa").reads("Made Ayu Wirawan", "Tandai semuanya sekaligus.")
    assert mother_nik not in rini.page.content()
    tick(rini).press("Nyatakan lengkap").reads("Berkas dinyatakan lengkap", "keputusan diambil petugas lain")


def decided(yusuf: Visitor, receipt: str) -> None:
    """The second officer says yes and writes the number down."""
    yusuf.open("/").log_in("yusuf@contoh.id")
    to_case(yusuf, receipt).press("Setujui").answer("Alasan keputusan", "Syarat Perpres 96/2018 terpenuhi.")
    yusuf.press("Setujui permohonan").reads("Keputusan tersimpan.").press("Catat nomor produk").reads("SIAK")
    yusuf.fill({"Nomor produk": "3510-LU-22112026-0007", "Tanggal terbit": clock.today()})
    yusuf.press("Simpan dan serahkan").reads("Nomor produk tercatat; permohonan selesai.")

"""What goes wrong at a keyboard: each fault is told beside its field in a clear sentence, and nothing is lost."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from agencies import clock
from tests.e2e.conftest import Visit
from tests.e2e.people import PDF, citizen
from tests.e2e.site import Site
from tests.e2e.visitor import Visitor
from tests.factories import make_nik
from tests.uploads import SCRIPT, pdf
from workflows.cases.models import Case
from workflows.definition.models import ServiceType, ServiceVersion
from workflows.definition.services import retire_service

CODE = "DUKCAPIL-AKTA-LAHIR"
BIRTH = "Pencatatan Kelahiran dan Penerbitan Akta Kelahiran"
FORM = "Data permohonan, bagian 1 dari 2"
CHILD = {"Nama anak": "Made Ayu Wirawan", "Tempat lahir": "Banyuwangi", "Jenis kelamin": "Perempuan"}
IMPOSSIBLE_DAY = "Tanggal lahir di dalam NIK tidak mungkin. Periksa angka ke-7 dan ke-8."
NO_SUCH_DATE = "Tanggal lahir di dalam NIK tidak ada di kalender. Periksa angka ke-7 sampai ke-12."
NIKS = [
    ("35101605", "NIK harus terdiri dari 16 angka."),
    ("351016050590000A", "NIK harus terdiri dari 16 angka."),
    *((f"351016{day}05900001", IMPOSSIBLE_DAY) for day in ("00", "32", "40", "72", "81")),
    ("3510163102900001", NO_SUCH_DATE),
    ("3510160505900000", "Empat angka terakhir NIK tidak boleh 0000."),
]
DATES = [
    (("31", "2", "2026"), "Tanggal itu tidak ada di kalender."),
    (("5", "", "2026"), "Tanggal belum lengkap: isi bulan."),
    (("lima", "11", "2026"), "Tulis tanggal dengan angka, misalnya 22 11 2026."),
    (("5", "11", "26"), "Tulis tahun dengan empat angka, misalnya 2026."),
]


def draft(visitor: Visitor, code: str = CODE) -> Visitor:
    """Logged in, with a fresh draft on the screen."""
    citizen("ketut@contoh.id", "Ketut Wirawan")
    visitor.open(f"/layanan/{code}/").press("Ajukan permohonan").log_in("ketut@contoh.id")
    return visitor.press("Mulai mengisi")


def test_citizen_reads_beside_the_box_why_a_nik_cannot_be(visit: Visit) -> None:
    ketut = draft(visit())
    ketut.follow(FORM).fill(CHILD | {"Tanggal lahir": clock.today()}).press("Simpan dan lanjutkan")
    ketut.fill({"Anak ke-": "2", "NIK ayah": make_nik()})
    for nik, sentence in NIKS:
        ketut.answer("NIK ibu", nik).press("Simpan dan lanjutkan")
        assert (ketut.status, ketut.field_error("NIK ibu")) == (422, sentence), nik
        assert (ketut.typed("NIK ibu"), ketut.typed("Anak ke-")) == (nik, "2")
    assert ketut.page.title().startswith("Kesalahan: ")
    ketut.follow(NIKS[-1][1])
    assert ketut.page.evaluate("document.activeElement.id || location.hash").endswith("nik_ibu")
    ketut.answer("NIK ibu", "3201 0141 0590 0001").press("Simpan dan lanjutkan").reads("Lengkap", "4 bagian lagi")


def test_citizen_reads_beside_the_boxes_why_a_date_cannot_be(visit: Visit) -> None:
    ketut = draft(visit())
    ketut.follow(FORM).fill(CHILD)
    tomorrow = clock.today() + timedelta(days=1)
    future = (str(tomorrow.day), str(tomorrow.month), str(tomorrow.year))
    for parts, sentence in [*DATES, (future, "")]:
        ketut.answer_date("Tanggal lahir", *parts).press("Simpan dan lanjutkan")
        assert ketut.status == 422
        assert sentence in ketut.field_error("Tanggal lahir") != "", parts
        assert ketut.typed("Nama anak") == "Made Ayu Wirawan"
        boxes = [ketut.page.get_by_label(part, exact=True).input_value() for part in ("Hari", "Bulan", "Tahun")]
        assert boxes == list(parts)
    assert ketut.page.get_by_label("Perempuan", exact=True).is_checked()
    ketut.follow("Daftar isian").reads("Sedang diisi").follow(FORM)
    assert ketut.typed("Nama anak") == "Made Ayu Wirawan"


@pytest.mark.parametrize("scripts", [False, True])
def test_citizen_is_told_why_a_file_will_not_do(visit: Visit, scripts: bool) -> None:
    ketut = draft(visit(scripts=scripts))
    paper = "Surat keterangan lahir dari fasilitas kesehatan"
    ketut.follow(paper)
    for name, content, sentence in (
        ("surat.pdf", pdf() + b"\0" * (10 * 1024 * 1024), "Berkas ini lebih besar dari 10 MB."),
        ("surat.pdf", SCRIPT, "PDF"),
        ("surat.exe", b"MZ" + b"\0" * 200, "PDF"),
        ("surat.pdf", b"", "kosong"),
    ):
        ketut.answer("Berkas", (name, content)).press("Simpan dan lanjutkan")
        assert ketut.status == 422, name
        assert sentence in ketut.field_error("Berkas"), (name, ketut.field_error("Berkas"))
        assert ketut.heading == paper
    ketut.press("Simpan dan lanjutkan")
    assert "Pilih berkas" in ketut.field_error("Berkas")
    ketut.answer("Berkas", PDF).press("Simpan dan lanjutkan")
    assert ketut.heading == "Buku nikah atau akta perkawinan orang tua"


@pytest.mark.parametrize("scripts", [False, True])
def test_citizen_whose_session_ended_finds_everything_she_typed(visit: Visit, scripts: bool) -> None:
    ketut = draft(visit(scripts=scripts))
    ketut.follow(FORM).fill(CHILD | {"Tanggal lahir": clock.today()})
    ketut.context.clear_cookies(name="sessionid")
    ketut.press("Simpan dan lanjutkan").reads("Masuk ke akun Anda").log_in("ketut@contoh.id")
    ketut.reads("Sesi Anda sempat berakhir", "Isian Anda masih ada di halaman ini tetapi belum disimpan.")
    assert [ketut.typed(one) for one in ("Nama anak", "Tempat lahir")] == ["Made Ayu Wirawan", "Banyuwangi"]
    assert ketut.page.get_by_label("Perempuan", exact=True).is_checked()
    assert ketut.page.get_by_label("Tahun", exact=True).input_value() == str(clock.today().year)
    ketut.press("Simpan dan lanjutkan")
    assert ketut.heading == "Data permohonan, bagian 2 dari 2"


@pytest.mark.parametrize("scripts", [False, True])
def test_citizen_who_sends_twice_has_sent_once(visit: Visit, scripts: bool) -> None:
    ketut = draft(visit(scripts=scripts))
    ketut.page.go_back()
    ketut.press("Mulai mengisi").reads("Belum diisi")
    assert Case.objects.count() == 1
    ketut.follow(FORM).fill(CHILD | {"Tanggal lahir": clock.today()}).press("Simpan dan lanjutkan")
    ketut.fill({"Anak ke-": "2", "NIK ibu": make_nik(), "NIK ayah": make_nik()}).press("Simpan dan lanjutkan")
    ketut.follow("Surat keterangan lahir dari fasilitas kesehatan")
    for _paper in range(4):
        ketut.answer("Berkas", PDF).press("Simpan dan lanjutkan")
    ketut.follow("Periksa dan kirim")
    if scripts:
        with ketut.page.expect_navigation():
            ketut.page.get_by_role("button", name="Kirim permohonan").dblclick()
    else:
        ketut.press("Kirim permohonan")
    ketut.reads("Permohonan terkirim")
    number = ketut.page.locator("h1 + * strong").inner_text()
    ketut.page.go_back()
    again = ketut.page.get_by_role("button", name="Kirim permohonan")
    if again.count():
        again.click()
    ketut.page.wait_for_load_state()
    ketut.reads(number)
    assert list(Case.objects.values_list("state", "reference")) == [("submitted", number)]
    ketut.open("/permohonan/").reads(number)


@pytest.fixture
def open_again(site: Site) -> Iterator[None]:
    """The catalogue outlives a test, so what is retired here is opened again."""
    yield
    ServiceVersion.objects.filter(service_id=CODE).update(state="published")
    ServiceType.objects.filter(pk=CODE).update(active=True)


@pytest.mark.usefixtures("open_again")
def test_citizen_keeps_her_draft_when_the_service_is_retired_under_her_hands(visit: Visit) -> None:
    ketut = draft(visit())
    ketut.follow(FORM).fill(CHILD | {"Tanggal lahir": clock.today()})
    retire_service(CODE)
    ketut.press("Simpan dan lanjutkan").reads("Layanan ini tidak dibuka lagi", "Isian Anda tetap tersimpan")
    ketut.open("/permohonan/").follow(BIRTH).reads("Layanan ini tidak dibuka lagi").follow(FORM)
    assert ketut.typed("Nama anak") == "Made Ayu Wirawan"
    ketut.open(f"/layanan/{CODE}/").reads("Layanan ini tidak menerima permohonan baru.")
    assert ketut.page.get_by_role("button", name="Ajukan permohonan").count() == 0

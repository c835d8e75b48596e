"""The rendered PDF: archival, tagged, Indonesian, the same every time, and deaf to what is planted in it."""

import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from agencies.sealing import seal
from documents.permits import rendering, sheet
from documents.permits.sealing.local import LocalSigner
from documents.permits.sheet import Line, Sheet
from tests.permits import granted, sheet_of
from workflows.definition.kinds import FieldType

EXAMPLE = Sheet(
    number="503/17/429.111/2026",
    code="K3JXQ9AMTWZR2VHC",
    verify_url="http://testserver/v/K3JXQ9AMTWZR2VHC",
    service="Surat Izin Praktik (SIP) Dokter",
    product="SIP Dokter",
    law=("UU 17/2023 Kesehatan", "PP 28/2024"),
    holder="dr. Siti Aminah",
    holder_address="Jalan Contoh 1",
    lines=(Line("Nomor STR", "33.1.1.100"), Line("Luas tanah (m²)", "1.234,5")),
    clauses=("Memasang papan nama praktik.", "Menyediakan tempat limbah medis."),
    validity="Berlaku sejak 22 November 2026 sampai dengan 21 November 2031.",
    reference="MPP-2026-000123",
    place="Banyuwangi",
    granted_on="22 November 2026",
    created="2026-11-22T04:00:00Z",
    government="Pemerintah Kabupaten Banyuwangi",
    agency="Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    on_behalf="Bupati Banyuwangi",
    heading=("a.n. Bupati Banyuwangi", "Kepala Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"),
    signer="Siti Rahayu",
    footing=("Pembina Utama Muda", "NIP 196904251994031005"),
    seal=LocalSigner.words,
    certified=False,
    canary=False,
)


@pytest.fixture(scope="module")
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(rendering.render(EXAMPLE))) as opened:
        yield opened


def words_of(content: bytes, tmp_path: Path) -> str:
    """What a reader finds in the PDF, with runs of blanks made one."""
    (tmp_path / "p.pdf").write_bytes(content)
    done = subprocess.run(
        ["pdftotext", "-raw", "-nopgbrk", str(tmp_path / "p.pdf"), "-"], capture_output=True, check=True, text=True
    )
    return " ".join(done.stdout.split())


def pages_of(content: bytes, tmp_path: Path) -> bytes:
    """The PDF as pictures."""
    (tmp_path / "p.pdf").write_bytes(content)
    return subprocess.run(["pdftoppm", "-r", "50", str(tmp_path / "p.pdf")], capture_output=True, check=True).stdout


def test_archivist_finds_pdf_a_3a(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
        assert meta["dc:title"] == "SIP Dokter Nomor 503/17/429.111/2026"
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert pdf.Root.OutputIntents[0].DestOutputProfile is not None
    assert "/ID" in pdf.trailer
    assert not pdf.attachments


def test_screen_reader_finds_tags_language_and_names_of_pictures(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "id"
    figures = [
        str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
    ]
    assert any("Kode QR" in alt for alt in figures)
    kinds = {str(one.get("/S")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/P"} <= kinds


def test_printer_finds_every_font_inside(pdf: pikepdf.Pdf) -> None:
    described = [
        one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]
    assert described
    assert all("/FontFile2" in one or "/FontFile3" in one for one in described)
    assert {"Noto-Sans", "Noto-Serif"} <= {
        "-".join(str(one.FontName).split("+")[1].split("-")[:2]) for one in described
    }


def test_reader_finds_every_word_of_the_permit(tmp_path: Path) -> None:
    words = words_of(rendering.render(EXAMPLE), tmp_path)
    for said in (
        "SIP DOKTER", EXAMPLE.service, EXAMPLE.number, EXAMPLE.holder, "Memasang papan nama praktik.",
        "Menyediakan tempat limbah medis.", "1.234,5", EXAMPLE.validity, "K3JX Q9AM TWZR 2VHC", EXAMPLE.verify_url,
        "SEGEL ELEKTRONIK UJI — BELUM TERSERTIFIKASI", "Halaman 1 dari 1",
            "a.n. Bupati Banyuwangi", EXAMPLE.signer, EXAMPLE.footing[1],
    ):  # fmt: skip
        assert said in words


@pytest.mark.parametrize("clauses", [2, 26])
def test_the_quicker_layout_looks_as_the_one_before(clauses: int, tmp_path: Path) -> None:
    long = replace(EXAMPLE, clauses=EXAMPLE.clauses * (clauses // 2), agency=f"{EXAMPLE.agency} dan Tenaga Kerja")
    assert pages_of(rendering.render(long, version="3"), tmp_path) == pages_of(
        rendering.render(long, version="2"), tmp_path
    )


def test_two_renderings_are_the_same_bytes() -> None:
    assert rendering.render(EXAMPLE) == rendering.render(replace(EXAMPLE))


def test_one_other_word_gives_another_document() -> None:
    assert rendering.render(EXAMPLE) != rendering.render(replace(EXAMPLE, number="503/18/429.111/2026"))


def test_trial_runs_say_so_on_paper(tmp_path: Path) -> None:
    assert "DOKUMEN INI TIDAK BERLAKU" in words_of(rendering.render(replace(EXAMPLE, canary=True)), tmp_path)


def test_many_clauses_flow_onto_numbered_pages(tmp_path: Path) -> None:
    long = replace(EXAMPLE, clauses=tuple(f"Ketentuan teknis nomor {n} harus dipenuhi." for n in range(1, 90)))
    words = words_of(rendering.render(long), tmp_path)
    assert "Halaman 3 dari 3" in words
    assert "Ketentuan teknis nomor 89" in words


# --- Planted things (S-11) ------------------------------------------------------------------------------------------


class Sink(BaseHTTPRequestHandler):
    """Notes every request that reaches it."""

    heard: list[str]

    def do_GET(self) -> None:
        """Remember who called."""
        self.heard.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def sink() -> Iterator[HTTPServer]:
    Sink.heard = []
    server = HTTPServer(("127.0.0.1", 0), Sink)
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()


def planted(url: str) -> list[str]:
    """Every way in which a document may ask for another one."""
    return [
        url,
        f'<img src="{url}">',
        f'<link rel="stylesheet" href="{url}">',
        f'<link rel="attachment" href="{url}">',
        f"<style>@import url({url});</style>",
        f'<p style="background:url({url})">x</p>',
        f'"><object data="{url}"></object>',
        f'<embed src="{url}"><iframe src="{url}"></iframe>',
        f'<svg><image href="{url}"/><use href="{url}#a"/></svg>',
        f"<style>@font-face{{font-family:x;src:url({url})}}*{{font-family:x}}</style>",
        f'<a rel="attachment" href="{url}">x</a>',
        f"</title><base href={url}>",
        "{% include 'settings' %}{{ settings.SECRET_KEY }}",
    ]


def test_answers_full_of_addresses_fetch_nothing_and_attach_nothing(sink: HTTPServer, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("isi-berkas-rahasia")
    port = sink.server_address[1]
    urls = [f"http://127.0.0.1:{port}/a", f"http://2130706433:{port}/b", f"http://[::ffff:127.0.0.1]:{port}/c"]
    evil = [one for url in (*urls, secret.as_uri(), f"data:text/css,@import'{urls[0]}'") for one in planted(url)]
    poisoned = replace(
        EXAMPLE,
        lines=tuple(Line(one, one) for one in evil),
        clauses=tuple(evil),
        holder=evil[1],
        holder_address=evil[2],
        service=evil[3],
        product=evil[4],
        law=tuple(evil[:8]),
        reference=evil[5],
    )
    content = rendering.render(poisoned)
    with pikepdf.open(BytesIO(content)) as opened:
        assert not opened.attachments
        assert "/EmbeddedFiles" not in opened.Root.get("/Names", {})
        assert not any(one.get("/Subtype") == "/Link" for page in opened.pages for one in page.get("/Annots", []))
    assert Sink.heard == []
    words = words_of(content, tmp_path)
    assert "isi-berkas-rahasia" not in words
    assert "tests-only-" not in words


def test_a_layout_that_fetches_stops_the_rendering(monkeypatch: pytest.MonkeyPatch, sink: HTTPServer) -> None:
    from weasyprint.urls import FatalURLFetchingError

    url = f"http://127.0.0.1:{sink.server_address[1]}/x"
    monkeypatch.setattr(rendering, "markup", lambda _sheet, **_layout: f'<p>x<img src="{url}" alt="x"></p>')
    with pytest.raises(FatalURLFetchingError):
        rendering.render(EXAMPLE)
    assert Sink.heard == []


def test_weasyprint_is_at_least_the_version_whose_fetcher_can_be_closed() -> None:
    import weasyprint

    assert int(weasyprint.__version__.split(".")[0]) >= 70


# --- What is printed of a real permit ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_secret_answers_are_masked_in_print() -> None:
    permit = granted()
    permit.frozen["answers"] = [
        {"label": "NIK", "name": "nik", "type": "nik", "value": seal("3510160505900007")},
        {"label": "Telepon", "name": "hp", "type": "phone", "value": seal("+6281234567890")},
        {"label": "Nomor rekening", "name": "rekening", "type": "text", "value": seal("0012345678")},
    ]
    definition = permit.case.definition
    field = definition.fields[0]
    fields = tuple(
        replace(field, name=name, type=kind, sealed=True)
        for name, kind in (("nik", FieldType.NIK), ("hp", FieldType.PHONE), ("rekening", FieldType.TEXT))
    )
    lines = sheet._lines(replace(definition, fields=fields), permit.frozen["answers"])
    assert [line.text for line in lines] == ["351016******0007", "+62******7890", "******5678"]


@pytest.mark.django_db
def test_permit_prints_what_was_frozen_and_labels_instead_of_codes(tmp_path: Path) -> None:
    permit = granted()
    words = words_of(rendering.render(sheet_of(permit)), tmp_path)
    assert permit.number in words
    assert permit.frozen["holder"] in words
    assert "Surat Izin Praktik (SIP) Dokter" in words
    assert "Mematuhi ketentuan teknis yang berlaku." in words
    assert "Rumah sakit" in words
    assert "rumah_sakit" not in words

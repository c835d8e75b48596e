"""The seal: it holds on what we made, and on nothing else (S-18)."""

import random
import stat
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings

from documents.permits import rendering
from documents.permits.sealing import keys
from documents.permits.sealing.local import LocalSigner
from tests.unit.test_documents_pdf import EXAMPLE

MUTANTS = 60


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return LocalSigner().seal(rendering.render(EXAMPLE), number=EXAMPLE.number)


def test_seal_holds_and_covers_the_whole_file(sealed: bytes) -> None:
    assert LocalSigner().verify(sealed).valid


def test_seal_is_appended_to_the_rendered_bytes(sealed: bytes) -> None:
    assert sealed.startswith(rendering.render(EXAMPLE))


def test_another_program_finds_the_seal_valid_and_its_name_says_uncertified(sealed: bytes, tmp_path: Path) -> None:
    (tmp_path / "p.pdf").write_bytes(sealed)
    said = subprocess.run(["pdfsig", str(tmp_path / "p.pdf")], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in said
    assert "ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    assert "BELUM TERSERTIFIKASI" in said


def test_sealed_file_is_still_pdf_a_3a(sealed: bytes) -> None:
    with pikepdf.open(BytesIO(sealed)) as pdf, pdf.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")


def test_no_flipped_byte_is_accepted(sealed: bytes) -> None:
    dice = random.Random(7)
    for place in [*dice.sample(range(len(sealed)), MUTANTS), 0, len(sealed) - 10]:
        mutant = bytearray(sealed)
        mutant[place] ^= 1 << dice.randrange(8)
        if _is_padding(sealed, place):
            continue
        assert not LocalSigner().verify(bytes(mutant)).valid, place


def _is_padding(sealed: bytes, place: int) -> bool:
    """Inside the hole of the signature itself: bytes that no signature covers, caught by the register's hash."""
    start = sealed.rindex(b"/Contents <") if b"/Contents <" in sealed else sealed.rindex(b"/Contents<")
    return start <= place <= sealed.index(b">", start)


def _resaved(sealed: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(sealed)) as pdf:
        pdf.save(out)
    return out.getvalue()


def _updated(sealed: bytes) -> bytes:
    """One more object in a revision of its own, as a viewer adds a note."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    writer.root["/Note"] = generic.pdf_string("added later")
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_changed_in_any_other_way_is_not_accepted(sealed: bytes) -> None:
    signer = LocalSigner()
    base = rendering.render(EXAMPLE)
    changed = {
        "resaved": _resaved(sealed),
        "incremental update": _updated(sealed),
        "bytes behind the end": sealed + b"\n% more\n",
        "bytes before the start": b"<script>" + sealed,
        "cut": sealed[:-200],
        "seal taken off": base,
        "seal of another document": rendering.render(replace(EXAMPLE, holder="Orang Lain")) + sealed[len(base) :],
        "seal pasted twice": sealed + sealed[len(base) :],
        "nothing": b"",
        "no pdf": b"<html>",
    }
    for how, content in changed.items():
        assert not signer.verify(content).valid, how


def test_seal_of_a_stranger_is_not_accepted(sealed: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "SEAL_FOLDER", tmp_path / "stranger")
    theirs = LocalSigner().seal(rendering.render(EXAMPLE), number="1")
    assert LocalSigner().verify(theirs).valid
    monkeypatch.undo()
    assert not LocalSigner().verify(theirs).valid


def test_keys_are_private_made_once_and_say_what_they_are() -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

    files = keys.kept()
    for path in (files.key, files.certificate, files.authority):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(files.folder.stat().st_mode) == 0o700
    before = files.key.read_bytes()
    assert keys.kept().key.read_bytes() == before
    certificate = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    assert "BELUM TERSERTIFIKASI" in certificate.subject.rfc4514_string()
    public = certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    assert public.curve.name == "secp256r1"


def test_two_that_make_the_keys_at_once_agree(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "SEAL_FOLDER", tmp_path / "deep" / "seal")
    first = keys._make
    winners: list[bytes] = []

    def late(files: keys.KeyFiles) -> None:
        first(files)
        if not winners:
            winners.append(b"")
            winners[0] = keys.kept().key.read_bytes()

    monkeypatch.setattr(keys, "_make", late)
    assert keys.kept().key.read_bytes() == winners[0]
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["seal"]

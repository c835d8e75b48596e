"""What we take in: every bad file gets one clear sentence, every odd one is washed (S-08)."""

import resource
import time
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from agencies.errors import Invalid
from documents.vault import checks
from documents.vault.washing.parent import Washed
from tests import uploads

REFUSED = sorted(uploads.REFUSED)
WASHED = sorted(uploads.WASHED)
ACTIVE = (
    b"/JavaScript",
    b"/JS",
    b"/Launch",
    b"/EmbeddedFile",
    b"/XFA",
    b"/OpenAction",
    b"/SubmitForm",
    b"/AA",
    b"/GoToR",
)
LONGEST = 20.0
MOST_GROWTH = 200 * 1024


def made(upload: uploads.Upload) -> tuple[str, bytes]:
    """Name and bytes."""
    return upload[0], upload[1]()


def take(name: str, content: bytes) -> Washed:
    """As the vault does, without its table."""
    return checks.washed(content, checks.check_outside(name, content))


@pytest.mark.parametrize("what", REFUSED)
def test_person_uploads_a_bad_file_and_is_told_why(what: str) -> None:
    name, content = made(uploads.REFUSED[what])
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(Invalid) as told:
        take(name, content)
    assert time.monotonic() - begun < LONGEST
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_GROWTH
    sentences = told.value.fields["file"]
    assert len(sentences) == 1
    assert sentences[0].endswith(".")
    assert "%(" not in sentences[0]


@pytest.mark.parametrize("what", WASHED)
def test_person_uploads_an_odd_file_and_only_its_picture_is_kept(what: str) -> None:
    name, content = made(uploads.WASHED[what])
    kept = take(name, content)
    assert kept.pages == 1
    for found in (uploads.SCRIPT, uploads.EICAR, b"rahasia-exif", b"alert", b"calc.exe", b"PK\x03\x04"):
        assert found not in kept.content
    if name.endswith("pdf"):
        with pikepdf.open(BytesIO(kept.content)) as pdf:
            plain = BytesIO()
            pdf.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
            assert len(pdf.pages) == 1
            assert not pdf.attachments
        assert not [word for word in ACTIVE if word in plain.getvalue()]
    else:
        with Image.open(BytesIO(kept.content)) as image:
            assert image.size == (60, 40)
            assert not image.getexif()
            assert not {"comment", "exif", "icc_profile"} & set(image.info)


def test_the_corpus_is_large_enough() -> None:
    assert len(REFUSED) + len(WASHED) >= 50


def test_link_of_a_pdf_stays_and_what_follows_it_goes() -> None:
    kept = take(*made(uploads.WASHED["sends a form, behind a link"]))
    with pikepdf.open(BytesIO(kept.content)) as pdf:
        action = pdf.pages[0].Annots[0].A
        assert str(action.URI) == "https://example.id/"
        assert len(action.Next) == 0


def test_fifty_pages_and_a_large_photo_are_welcome() -> None:
    assert take("a.pdf", uploads.pdf(50)).pages == 50
    big = uploads.picture("JPEG", (7_000, 5_000), quality=60)
    kept = take("a.jpg", big)
    with Image.open(BytesIO(kept.content)) as image:
        assert image.size == (7_000, 5_000)


def test_photo_taken_sideways_is_kept_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = take("a.jpg", uploads.picture(exif=exif))
    with Image.open(BytesIO(kept.content)) as image:
        assert image.size == (40, 60)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_mode_are_taken(mode: str) -> None:
    out = BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (30, 20)).save(out, kind)
    kept = take("a.jpg" if kind == "JPEG" else "a.png", out.getvalue())
    with Image.open(BytesIO(kept.content)) as image:
        assert image.size == (30, 20)


def test_same_file_is_washed_to_the_same_bytes() -> None:
    for name, content in (("a.pdf", uploads.pdf(3)), ("a.jpg", uploads.picture()), ("a.png", uploads.picture("PNG"))):
        assert take(name, content) == take(name, content)


def test_program_without_our_memory_cannot_be_read_from_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child gets no environment of ours, so neither keys nor addresses of servers."""
    import subprocess

    seen: dict[str, object] = {}
    run = subprocess.run

    def spied(argv: list[str], **options: object) -> object:
        seen.update(options)
        return run(argv, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("documents.vault.washing.parent.subprocess.run", spied)
    take("a.pdf", uploads.pdf(2))
    environment = seen["env"]
    assert isinstance(environment, dict)
    assert set(environment) == {"PYTHONPATH"}

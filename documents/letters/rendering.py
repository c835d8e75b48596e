"""From the words of a letter to a PDF: a pure function, drawn by the same hand as permits."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from documents.letters.words import Words
from documents.permits import qr
from documents.permits import sheet as permit
from documents.permits.rendering import drawn
from documents.permits.rendering import styles as permit_styles

VERSION = "2"
"""The layout that new letters get. An old one stays as it is."""

LAYOUTS = Path(__file__).parent / "layouts"
STYLES = {"1": (*permit_styles("2"), LAYOUTS / "1.css"), "2": (*permit_styles("3"), LAYOUTS / "1.css")}
"""Version 2 looks the same as 1, and is drawn sooner."""


def render(words: Words, *, seal: str, certified: bool, version: str = VERSION) -> bytes:
    """The letter as PDF/A-3a; `seal` is what the signer wants printed. Equal words give equal bytes."""
    page = markup(words, seal=seal, certified=certified, version=version)
    return drawn(page, STYLES[version], words.fingerprint)


def markup(words: Words, *, seal: str, certified: bool, version: str = VERSION) -> str:
    """The letter as HTML, every word escaped, always in Indonesian."""
    size, path = qr.path(words.verify_url) if words.verify_url else (0, "")
    context = {
        "words": words,
        "seal": seal,
        "certified": certified,
        "government": permit.GOVERNMENT,
        "place": permit.PLACE,
        "qr_size": size,
        "qr_path": path,
    }
    with translation.override("id"):
        return render_to_string(f"documents/letter/{version}.html", context)

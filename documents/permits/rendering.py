"""From a sheet to a PDF: a pure function. WeasyPrint is imported here only when a worker renders."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from documents.permits import qr
from documents.permits.sheet import Sheet

VERSION = "3"
"""The layout that new permits get. An old one stays as it is, so that old permits can be drawn again."""

VARIANT = "pdf/a-3a"
LAYOUTS = Path(__file__).parent / "layouts"
STYLES = {"1": ("1.css",), "2": ("1.css", "2.css"), "3": ("1.css", "2.css", "3.css")}
"""Version 2 writes by which power and by whom it is signed; 3 looks the same, and takes a worker half the time."""


def styles(version: str) -> tuple[Path, ...]:
    """The style sheets of a layout of permits, on which letters build."""
    return tuple(LAYOUTS / name for name in STYLES[version])


def render(sheet: Sheet, *, version: str = VERSION) -> bytes:
    """The document as PDF/A-3a. Equal sheets give equal bytes; nothing is fetched from anywhere."""
    return drawn(markup(sheet, version=version), styles(version), sheet.fingerprint)


def drawn(markup: str, layouts: Iterable[Path], identifier: bytes) -> bytes:
    """This page in these layouts as PDF/A-3a; letters are drawn by it too."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    page = HTML(string=markup, url_fetcher=_closed_door())
    fonts, styles = FontConfiguration(), _read(tuple(layouts))
    with _no_collecting():
        made: bytes = page.write_pdf(
            stylesheets=[styles], font_config=fonts, pdf_variant=VARIANT, pdf_identifier=identifier
        )
    return made


def markup(sheet: Sheet, *, version: str = VERSION) -> str:
    """The page as HTML, every word escaped, always in Indonesian: it is an act of the state."""
    size, path = qr.path(sheet.verify_url)
    context = {"sheet": sheet, "qr_size": size, "qr_path": path}
    with translation.override("id"):
        return render_to_string(f"documents/permit/{version}.html", context)


@cache
def _read(layouts: tuple[Path, ...]) -> Any:
    """The styles, which bring no font of their own and so belong to no single drawing."""
    from weasyprint import CSS

    return CSS(string="".join(layout.read_text() for layout in layouts), url_fetcher=_closed_door())


def _closed_door() -> Any:
    """A fetcher that fetches nothing. A layout that wants a file is a fault, so the rendering stops."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class ClosedDoor(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 - the signature is WeasyPrint's
            raise FatalURLFetchingError("a permit fetches nothing")

    return ClosedDoor()


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Keep the garbage collector out of a rendering: a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

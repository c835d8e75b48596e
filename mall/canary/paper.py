"""The paper that the canary hands in."""

from functools import lru_cache
from io import BytesIO

import pikepdf


@lru_cache(maxsize=1)
def blank_pdf() -> bytes:
    """A small PDF of one empty page."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(out, deterministic_id=True)
    return out.getvalue()

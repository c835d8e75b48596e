"""Our own icons, read from `icons/` and set inline: no request, no colour of their own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent / "icons"


@cache
def names() -> list[str]:
    """Return the names of all icons."""
    return sorted(path.stem for path in FOLDER.glob("*.svg"))


@cache
def svg(name: str) -> SafeString:
    """Return the inline SVG of an icon, hidden from screen readers.

    An unknown name is a `ValueError`: a page never shows a hole.
    """
    if name not in names():
        raise ValueError(f"no icon {name!r}; there are {', '.join(names())}")
    drawing = (FOLDER / f"{name}.svg").read_text(encoding="utf-8").strip()
    attributes = '<svg class="mall-icon" width="24" height="24" aria-hidden="true" focusable="false"'
    # The text is a file of this repository, never anything a person typed.
    return mark_safe(drawing.replace("<svg", attributes, 1))  # noqa: S308

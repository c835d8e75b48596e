"""The files of the design: no inline code in any page, AA contrast of every pair, small, and nobody's crest."""

import gzip
import re
from itertools import product
from pathlib import Path

import pytest
from django.template.loader import get_template

from mall.design import icons

REPOSITORY = Path(__file__).parents[2]
STATIC = REPOSITORY / "mall/design/static/design"
VENDOR = STATIC / "vendor/govuk-frontend"
FACES = sorted((REPOSITORY / "mall").glob("**/templates/**/*.html"))
INLINE = re.compile(
    r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*["']|javascript:|<script\b(?![^>]*\bsrc=)|"""
    r"""<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)\s*=\s*["'](?:https?:)?//""",
    re.IGNORECASE,
)
TOKENS = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", (STATIC / "css/tokens.css").read_text(encoding="utf-8")))
TEXT, SHAPE = 4.5, 3.0
TINTS = ["sea-50", "sea-100", "sand-50", "sand-100", "paper"]
PAIRS = [
    *[(ink, tint, TEXT) for ink, tint in product(["ink", "ink-soft", "sea-700", "sea-900"], TINTS)],
    *[(tone, f"{tone}-tint", TEXT) for tone in ("good", "bad", "yours", "moving", "quiet")],
    *[("ink", f"{tone}-tint", TEXT) for tone in ("good", "bad", "yours", "moving")],
    *[("paper", deep, TEXT) for deep in ("sea-600", "sea-700", "sea-800", "sea-900", "bad")],
    ("sea-600", "paper", TEXT),
    ("sea-600", "sea-50", TEXT),
    ("visited", "paper", TEXT),
    ("bad", "paper", TEXT),
    ("focus-ink", "focus", TEXT),
    ("focus", "sea-800", SHAPE),
    ("line-strong", "paper", SHAPE),
    ("line-strong", "sand-50", SHAPE),
    ("sand-700", "sand-50", SHAPE),
    ("sand-400", "sea-800", SHAPE),
    ("sea-700", "sand-100", SHAPE),
    ("second", "paper", SHAPE),
]


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb`, as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two tokens, from 1 to 21."""
    lights = sorted((luminance(TOKENS[f"--mall-{name}"]) for name in (one, other)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def test_contrast_knows_black_from_white(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TOKENS, "--mall-black", "#000000")
    assert contrast("black", "paper") == pytest.approx(21)


@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_token_pair_has_enough_contrast(ink: str, ground: str, least: float) -> None:
    assert contrast(ink, ground) >= least


def test_every_colour_used_in_the_stylesheets_is_a_token() -> None:
    for sheet in ("frame.css", "parts.css", "staff.css"):
        css = (STATIC / "css" / sheet).read_text(encoding="utf-8")
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", css), sheet
        used = set(re.findall(r"var\((--mall-[\w-]+)\)", css))
        assert used <= TOKENS.keys(), used - TOKENS.keys()


@pytest.mark.parametrize("template", FACES, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_page_template_holds_no_inline_code_and_nothing_from_another_host(template: Path) -> None:
    assert not INLINE.findall(template.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        '<a onclick="x()">',
        "<script>x()</script>",
        '<script src="//cdn.example/x.js">',
        '<img src="https://example.org/a.png">',
    ],
)
def test_the_search_for_inline_code_finds_it(bad: str) -> None:
    assert INLINE.search(bad)


def test_styles_and_scripts_stay_under_25_kilobytes() -> None:
    files = [*STATIC.glob("**/*.css"), *STATIC.glob("**/*.js")]
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) < 25_000


def test_vendored_files_carry_their_licence_and_no_crest_or_font() -> None:
    assert sorted(file.name for file in VENDOR.iterdir()) == [
        "LICENSE.txt",
        "govuk-frontend.min.css",
        "govuk-frontend.min.js",
    ]
    css = (VENDOR / "govuk-frontend.min.css").read_text(encoding="utf-8")
    assert "@font-face" not in css
    assert "url(" not in css
    assert not re.search("GDS Transport|crest|crown", css, re.IGNORECASE)


@pytest.mark.parametrize("name", icons.names())
def test_icon_is_hidden_from_screen_readers_and_has_no_colour_of_its_own(name: str) -> None:
    drawing = icons.svg(name)
    assert 'aria-hidden="true"' in drawing
    assert "#" not in drawing


@pytest.mark.parametrize("template", FACES, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_page_template_can_be_read(template: Path) -> None:
    get_template(str(template).rsplit("/templates/", 1)[1])

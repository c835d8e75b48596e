"""A release on paper: the same cells as its page and files, as the words of one generic document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from mall.design import formats
from mall.releases import datasets, show
from mall.releases.datasets import Column, Dataset
from mall.releases.hiding import Cell
from mall.releases.models import Release

HIDDEN = "x"
"""Stands where a figure is hidden to protect people, as in printed statistics; a dash where there is none."""
ACROSS = 8
"""Measures that fit beside the dimensions on a sheet; the others follow in a table of their own."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some measures of all rows."""

    places: Sequence[str]
    names: Sequence[str]
    rows: Sequence[tuple[Sequence[str], Sequence[str]]]


def words(one: Column, cell: Cell | None) -> str:
    """A figure as it is printed."""
    if cell is not None and cell.suppressed and cell.at_least is None:
        return HIDDEN
    return show.words(one, cell)


def markup(release: Release) -> str:
    """The document as HTML, every word escaped, always in Indonesian."""
    dataset = datasets.find(release.dataset)
    with override("id"):
        return render_to_string("releases/print/release.html", _context(release, dataset))


def _context(release: Release, dataset: Dataset) -> dict[str, Any]:
    return {
        "title": dataset.title,
        "period": release.over.name,
        "about": about(release, dataset),
        "digest": release.sha256,
        "sample": release.is_sample,
        "blocks": list(_blocks(release, dataset)),
        "legend": legend(dataset),
        "variables": [(one.name, one.how) for one in (*dataset.dimensions, *dataset.measures)],
    }


def about(release: Release, dataset: Dataset) -> list[tuple[str, str]]:
    """Where the figures come from."""
    return [
        (_("Sumber"), str(dataset.source)),
        (_("Produsen data"), dataset.producer),
        (_("Definisi"), str(dataset.definition)),
        (_("Revisi"), str(release.revision)),
        (_("Diterbitkan"), formats.moment(release.published_at)),
        (_("Cara menghitung"), release.method),
        (_("Lisensi"), dataset.licence),
        (_("Sidik (SHA-256)"), _("tertulis di bawah; sama dengan pada halaman data terbuka")),
    ]


def legend(dataset: Dataset) -> str:
    """What the marks mean."""
    if not dataset.k:
        return _("–: tidak ada angka.")
    text = _(
        "–: tidak ada angka. %(mark)s: disembunyikan, karena di bawah %(k)s atau dapat dipakai untuk menghitung "
        "angka di bawah %(k)s. ≥: hanya batas bawah yang diumumkan."
    )
    return text % {"mark": HIDDEN, "k": dataset.k}


def _blocks(release: Release, dataset: Dataset) -> Iterator[Block]:
    measures = dataset.measures
    places = [str(one.name) for one in dataset.dimensions]
    for start in range(0, len(measures), ACROSS):
        chosen = measures[start : start + ACROSS]
        rows = [
            (
                [show.place(release, one, line.dims.get(one.code, "")) for one in dataset.dimensions],
                [words(one, line.cells.get(one.code)) for one in chosen],
            )
            for line in release.lines
        ]
        yield Block(places, [str(show.head(one).label) for one in chosen], rows)

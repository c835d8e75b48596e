"""Where a figure comes from: the files that were accepted for it, for everybody, without a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mall.design import formats
from mall.design.parts import Cell, Column, Row, Table
from mall.doors import public
from mall.regency import provenance
from mall.regency.models import Batch
from mall.regency.provenance import Accepted
from mall.regency.published import slugs_of
from mall.releases import datasets
from mall.releases.models import Release
from mall.releases.periods import Period
from mall.releases.shapes import Open


def panel(release: Release, batch: Batch | None) -> dict[str, object] | None:
    """The file of a release, in a few lines; None where there is none."""
    if batch is None:
        return None
    return {"facts": _facts(batch), "more": reverse("regency:origin", args=[release.dataset, release.period])}


def _facts(batch: Batch) -> list[Row]:
    """What everybody may know of a file.

    The digest and the number of lines are told only where nothing is hidden: whoever knows all but a few small figures
    could try them out until the digest of the file comes right.
    """
    told = [
        Row(_("Diterima"), formats.moment(batch.published_at)),
        Row(_("Diterima oleh"), _("walidata")),
        Row(_("Pemilik data"), batch.owner),
        Row(_("Dokumen sumber"), batch.source),
        Row(_("Tanggal batas"), formats.day(batch.cut_off)),
    ]
    if hides(batch):
        return told
    lines = Row(_("Banyaknya baris"), formats.number(batch.lines))
    return [*told, lines, Row(_("Sidik berkas (SHA-256)"), batch.digest)]


def hides(batch: Batch) -> bool:
    """Does a data set that is made of it protect people by hiding figures?"""
    return any(not isinstance(datasets.find(slug).shape, Open) for slug in slugs_of(batch))


@public
@require_safe
def origin(request: HttpRequest, slug: str, period: str) -> HttpResponse:
    """Every file that was accepted for a data set and period, and which revision it made. Two queries."""
    accepted = provenance.history(slug, period)
    dataset = datasets.find(slug)
    context = {
        "dataset": dataset,
        "period": Period.parse(period),
        "files": [{"title": _title(one), "facts": [*_facts(one.batch), _made(one)]} for one in accepted],
        "hides": hides(accepted[0].batch),
        "page": reverse("data:period", args=[slug, period]) if any(one.releases for one in accepted) else "",
    }
    return render(request, "regency/origin.html", context)


def _title(one: Accepted) -> str:
    return _("Berkas yang diterima %(moment)s") % {"moment": formats.moment(one.batch.published_at)}


def _made(one: Accepted) -> Row:
    numbers = ", ".join(str(release.revision) for release in one.releases)
    return Row(_("Menjadi revisi"), numbers or _("tidak ada revisi baru"))


def fed(batch: Batch) -> Table | None:
    """For stewards: the releases that a file was made into; None where there is none. Two queries."""
    columns = [Column(_("Himpunan data")), Column(_("Revisi"), numeric=True), Column(_("Diterbitkan"))]
    rows = [
        [
            Cell(datasets.find(one.dataset).title, reverse("data:period", args=[one.dataset, one.period])),
            one.revision,
            formats.moment(one.published_at),
        ]
        for one in provenance.fed(batch)
    ]
    return Table(_("Terbitan dari berkas ini"), columns, rows) if rows else None

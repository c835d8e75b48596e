"""For the staff: which corrections the guard kept back, and by which rule. No figure stands here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from agencies.models import Role
from mall import doors
from mall.design import formats
from mall.design.parts import Column, Table
from mall.releases import datasets, queries
from mall.releases.models import HeldRelease
from mall.releases.periods import Period

RULES = {
    "cell": gettext_lazy("satu angka hanya berubah sedikit"),
    "rest": gettext_lazy("jumlah yang disembunyikan hanya berubah sedikit"),
    "gone": gettext_lazy("satu jumlah yang sudah diumumkan akan disembunyikan"),
    "share": gettext_lazy("satu bagian hanya berubah sedikit"),
    "overlap": gettext_lazy("periodenya bertumpuk dengan periode lain yang sudah terbit"),
    "sibling": gettext_lazy("jumlahnya hanya berbeda sedikit dari himpunan data lain"),
}
"""Why two releases side by side would tell too much (`mall.releases.guard`)."""


@doors.staff(Role.MANAGER, Role.ADMINISTRATOR)
@require_safe
def held(request: HttpRequest) -> HttpResponse:
    """The latest revisions that were kept back. One query."""
    columns = [Column(_("Ditahan")), Column(_("Himpunan data")), Column(_("Periode")), Column(_("Alasan"))]
    rows = [_line(one) for one in queries.held()]
    table = Table(_("Pembetulan yang ditahan"), columns, rows) if rows else None
    return render(request, "transparency/held.html", {"table": table})


def _line(one: HeldRelease) -> list[object]:
    known = {each.slug: each.title for each in datasets.all_datasets()}
    rules = sorted({str(RULES.get(reason["rule"], reason["rule"])) for reason in one.reasons})
    return [
        formats.moment(one.held_at),
        known.get(one.dataset, one.dataset),
        Period.parse(one.period).name,
        "; ".join(rules),
    ]

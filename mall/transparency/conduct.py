"""Late pauses and repeated returns by agency, for everybody: half years that are over, no small number to compute."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mall.design import formats
from mall.design.parts import Column, Table
from mall.doors import public
from mall.releases.declaring import K
from mall.releases.periods import last_closed
from mall.releases.suppression import hidden_parts
from mall.transparency.figures import SHUT
from mall.transparency.names import names as official_names
from workflows.conduct import paused, returned


@public
@require_safe
def conduct(request: HttpRequest) -> HttpResponse:
    """The latest half year that is over: a window that moves by months would tell by its growth a single case.

    Two reads of the figures and two of the names.
    """
    half = last_closed(6)
    since, until = half.begin, half.end
    late = _sums((one.agency, one.late) for one in paused(None, since=since, until=until))
    again = _sums((one.agency, one.repeated) for one in returned(None, since=since, until=until))
    table = _table(late, again) if late or again else None
    return render(request, "transparency/conduct.html", {"table": table, "half": half, "k": K})


def _sums(parts: Iterable[tuple[str, int]]) -> Counter[str]:
    found = Counter[str]()
    for agency, count in parts:
        found[agency] += count
    return found


def _table(late: Counter[str], again: Counter[str]) -> Table:
    names = official_names()
    agencies = sorted({*late, *again}, key=lambda code: names.get(code, code))
    late_shown, again_shown = shown({one: late[one] for one in agencies}), shown({one: again[one] for one in agencies})
    rows = [[names.get(one, one), late_shown[one], again_shown[one]] for one in agencies]
    columns = [
        Column(_("Instansi")),
        Column(_("Jeda diminta terlambat"), numeric=True),
        Column(_("Pengembalian tanpa kekurangan baru"), numeric=True),
    ]
    return Table(_("Jeda dan pengembalian"), columns, [[_("Seluruh mal"), total(late), total(again)], *rows])


def total(parts: Mapping[str, int]) -> str:
    """The sum, unless it is small."""
    count = sum(parts.values())
    return SHUT if 0 < count < K else formats.number(count)


def shown(parts: Mapping[str, int]) -> dict[str, str]:
    """Each part as it may be shown beside the sum of all."""
    hidden = set(parts) if total(parts) == SHUT else hidden_parts(parts, k=K)
    return {name: SHUT if name in hidden else formats.number(count) for name, count in parts.items()}

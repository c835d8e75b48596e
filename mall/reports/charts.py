"""The figures as charts, each with its table."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from mall.design.charts import Chart, Series
from mall.reports.sheet import Names
from mall.reports.tables import party
from workflows.reports import Holding, Month

MOST_BARS = 8


def flow(months: Sequence[Month]) -> Chart:
    """What came in and went out, month by month."""
    came, went = sum(one.submitted for one in months), sum(one.decided for one in months)
    return Chart(
        _("Permohonan, keputusan, dan produk tiap bulan"),
        _("Dalam 12 bulan ini %(came)s permohonan diajukan dan %(went)s diputus.") % {"came": came, "went": went},
        _("Bulan"),
        [one.month for one in months],
        [
            Series(_("Diajukan"), [one.submitted for one in months]),
            Series(_("Diputus"), [one.decided for one in months]),
            Series(_("Diserahkan"), [one.issued for one in months]),
        ],
    )


def held(holdings: Sequence[Holding], names: Names) -> Chart | None:
    """Who holds the open work, most first; None when nothing is open."""
    sums: dict[str, int] = {}
    for one in holdings:
        sums[party(one, names)] = sums.get(party(one, names), 0) + one.count
    ranked = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked:
        return None
    rest = sum(count for _name, count in ranked[MOST_BARS:])
    bars = ranked[:MOST_BARS] + ([(_("Lainnya"), rest)] if rest else [])
    return Chart(
        _("Siapa memegang pekerjaan terbuka"),
        _("%(name)s memegang paling banyak: %(count)s permohonan.") % {"name": bars[0][0], "count": bars[0][1]},
        _("Pemegang"),
        [name for name, _count in bars],
        [Series(_("Permohonan"), [count for _name, count in bars])],
        unit=_("permohonan"),
    )

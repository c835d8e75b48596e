"""The league in tables and pictures. Its figures come from `liga`, as they would for anybody who runs that script."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from mall.design import formats
from mall.design.intervals import Interval, Intervals
from mall.design.parts import Column, Moment, Table
from mall.releases import datasets, files
from mall.releases.models import Release
from mall.transparency.league import liga
from mall.transparency.league.declared import SLUG
from mall.transparency.league.models import Contest

COLUMNS = (
    (gettext_lazy("Instansi"), False),
    (gettext_lazy("Kode"), False),
    (gettext_lazy("Peringkat"), True),
    (gettext_lazy("Dibandingkan dengan mal"), False),
    (gettext_lazy("Keputusan yang dibandingkan"), True),
    (gettext_lazy("Tepat waktu"), True),
    (gettext_lazy("Harapan"), True),
    (gettext_lazy("Angka baku (%)"), True),
    (gettext_lazy("Bawah (%)"), True),
    (gettext_lazy("Atas (%)"), True),
)
"""The columns of `liga.HEADER` for people."""


def league_of(release: Release) -> liga.League:
    """The league, from the very text of the release's CSV file."""
    with override("id"):
        return liga.league(files.as_csv(release, datasets.find(SLUG)))


def table(found: liga.League) -> Table:
    """Every agency; the cells are those of the script, letter by letter."""
    columns = [Column(name, numeric=numeric) for name, numeric in COLUMNS]
    rows = [one.written() for one in found.lines]
    return Table(_("Liga ketepatan waktu"), columns, [[formats.indonesian(name), *rest] for name, *rest in rows])


def chart(found: liga.League, period: str) -> Intervals | None:
    """Dots and intervals of those that are compared; None where fewer than two are."""
    told = [one for one in found.lines if one.figure is not None]
    if found.overall is None or len(told) < 2:
        return None
    apart = sum(1 for one in told if one.group in (liga.ABOVE, liga.BELOW))
    desc = _("%(period)s: dari %(count)s instansi yang dibandingkan, %(apart)s berbeda nyata dari mal.")
    rows = [Interval(one.name, one.low, one.figure, one.high) for one in told]  # type: ignore[arg-type]
    return Intervals(
        title=_("Ketepatan waktu yang dibakukan"),
        desc=desc % {"period": period.capitalize(), "count": len(told), "apart": apart},
        axis=_("Instansi"),
        rows=rows,
        mark=found.overall,
        mark_words=_("mal: %(share)s%%") % {"share": liga.said(found.overall)},
        names=(_("Bawah"), _("Angka baku"), _("Atas")),
        unit="%",
    )


def moments(contests: Sequence[Contest]) -> list[Moment]:
    """Contests and answers, oldest first; offices, no names."""
    found = []
    for one in contests:
        found.append(Moment(one.at, _("Sanggahan %(agency)s") % {"agency": one.agency.name}, one.reason))
        if one.answered_at:
            title = _("Jawaban mal: %(state)s") % {"state": one.get_state_display().lower()}
            found.append(Moment(one.answered_at, title, one.answer))
    return found

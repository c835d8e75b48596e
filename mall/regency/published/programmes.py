"""Programmes: one data set each, so that houses and scholars are never added up."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agencies.queries import kecamatan
from mall.regency.kinds import GRANTS, PROGRAMMES
from mall.regency.models import Kind, ProgrammeLine
from mall.regency.published.common import PLACE, batch_of, declared, labels
from mall.releases.datasets import Column, Dataset, Flat, Open, Row, Value
from mall.releases.datasets import Kind as Holds
from mall.releases.periods import Period

_REACH = (
    Column("target", _("Target"), _("satuan"), _("Rumah atau orang yang direncanakan."), Holds.COUNT),
    Column("capaian", _("Capaian"), _("satuan"), _("Yang terealisasi sampai tanggal batas."), Holds.COUNT),
    Column("anggaran", _("Anggaran"), _("rupiah"), _("Rupiah yang dianggarkan."), Holds.AMOUNT, of="target"),
    Column("realisasi", _("Realisasi"), _("rupiah"), _("Rupiah yang terealisasi."), Holds.AMOUNT, of="capaian"),
)
"""Money goes with the count: a price a unit would give away how many."""


_FIELDS = {"target": "target", "capaian": "reached", "anggaran": "budget", "realisasi": "realised"}
"""Where the lines of the file keep each measure."""
_GRANT = (
    Column("tujuan", _("Untuk"), _("kata"), _("Peruntukan hibah."), Holds.TEXT),
    Column("anggaran", _("Anggaran"), _("rupiah"), _("Rupiah yang dianggarkan."), Holds.AMOUNT),
    Column("realisasi", _("Realisasi"), _("rupiah"), _("Rupiah yang terealisasi."), Holds.AMOUNT),
)


def _programme_rows(programme: str) -> Callable[[Period], list[Row]]:
    def rows(period: Period) -> list[Row]:
        batch = batch_of(Kind.PROGRAMMES, period)
        lines = (
            ProgrammeLine.objects.filter(batch=batch, programme=programme) if batch else ProgrammeLine.objects.none()
        )
        if programme in GRANTS:
            return [_grant(one) for one in lines.order_by("kecamatan", "recipient")]
        return _by_place(list(lines))

    return rows


def _by_place(lines: Sequence[ProgrammeLine]) -> list[Row]:
    """The sums of every kecamatan; what no line of the file tells is not told anywhere, instead of nothing done."""
    places = [one.code for one in kecamatan()]
    told = [name for name, field in _FIELDS.items() if any(getattr(one, field) is not None for one in lines)]
    found = {place: dict.fromkeys(told, Decimal(0)) for place in ("", *places)}
    for one in lines:
        for name in told:
            value = getattr(one, _FIELDS[name]) or 0
            found[one.kecamatan][name] += value
            found[""][name] += value
    return [Row({"kecamatan": place}, {name: sums.get(name) for name in _FIELDS}) for place, sums in found.items()]


def _grant(one: ProgrammeLine) -> Row:
    dims = {"kecamatan": one.kecamatan, "penerima": one.recipient}
    values: dict[str, Value] = {"tujuan": one.purpose, "anggaran": one.budget, "realisasi": one.realised}
    return Row(dims, values)


_RECIPIENT = Column("penerima", _("Lembaga penerima"), "", _("Nama lembaga."), Holds.CODE)


def datasets() -> list[Dataset]:
    """One a programme."""
    return [_programme(code, name) for code, name in PROGRAMMES.items()]


def _programme(code: str, name: object) -> Dataset:
    grant = code in GRANTS
    return declared(
        f"program-{code}",
        title=format_lazy("{}: {}", _("Program"), name),
        description=_("Rencana dan realisasi program menurut kecamatan."),
        concept=_("Program daerah"),
        definition=_("Satuan program yang direncanakan dan terealisasi; perorangan hanya sebagai jumlah."),
        dimensions=(PLACE, _RECIPIENT) if grant else (PLACE,),
        measures=_GRANT if grant else _REACH,
        shape=Open(("kecamatan", "penerima")) if grant else Flat(("kecamatan",), complete=True),
        rows=_programme_rows(code),
        labels=labels(),
    )

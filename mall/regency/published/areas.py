"""Figures by kecamatan."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from agencies.queries import kecamatan
from mall.regency.indicators import Indicator, indicators
from mall.regency.kinds import KINDS
from mall.regency.models import AreaFigure, Kind
from mall.regency.published.common import PLACE, batch_of, declared, labels
from mall.releases.datasets import Column, Dataset, Flat, Open, Row
from mall.releases.datasets import Kind as Holds
from mall.releases.periods import Period

DISTRICTS = "pembangunan-kecamatan"


def _measure(one: Indicator) -> Column:
    if one.is_count:
        return Column(one.code, one.name, one.unit, one.how, Holds.COUNT, of=one.of)
    return Column(one.code, one.name, one.unit, one.how, Holds.NUMBER, 2)


def _area_rows(kind: str) -> Callable[[Period], list[Row]]:
    def rows(period: Period) -> list[Row]:
        batch = batch_of(kind, period)
        found: dict[str, dict[str, Decimal | None]] = {one.code: {} for one in kecamatan()}
        for one in AreaFigure.objects.filter(batch=batch) if batch else ():
            found[one.kecamatan][one.indicator] = one.value
        return [Row({"kecamatan": code}, values) for code, values in found.items() if batch]

    return rows


def datasets() -> list[Dataset]:
    """Poverty, illness and education as counts that protect people; development as it is."""
    counted = {
        Kind.POVERTY: _("Kemiskinan menurut kecamatan"),
        Kind.ILLNESS: _("Kesehatan menurut kecamatan"),
        Kind.EDUCATION: _("Pendidikan menurut kecamatan"),
    }
    found = [_area(kind, kind.value, title, Flat(("kecamatan",), complete=True)) for kind, title in counted.items()]
    return [*found, _area(Kind.DISTRICTS, DISTRICTS, _("Pembangunan kecamatan"), Open(("kecamatan",)))]


def _area(kind: str, slug: str, title: object, shape: object) -> Dataset:
    return declared(
        slug,
        title=title,
        description=_("Angka menurut kecamatan dari perangkat daerah yang bertanggung jawab."),
        concept=_("Data kecamatan"),
        definition=_("Cara ukur tiap indikator tertulis pada kolomnya."),
        dimensions=(PLACE,),
        measures=tuple(_measure(one) for one in indicators(kind).values()),
        shape=shape,
        rows=_area_rows(kind),
        labels=labels(),
        k=KINDS[kind].k,
    )

"""The performance of offices."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from mall.regency import performance
from mall.regency.models import Kind, PerformanceLine
from mall.regency.published.common import UNIT, batch_of, declared
from mall.releases.datasets import Column, Dataset, Open, Row
from mall.releases.datasets import Kind as Holds
from mall.releases.periods import Period

_GOAL = Column("indikator", _("Indikator kinerja"), "", _("Nama indikator menurut manualnya."), Holds.CODE)
_DIRECTIONS = {"higher": "naik", "lower": "turun"}
"""As the release says it, in the language of the office."""
_REACHED = (
    Column("target", _("Target"), _("menurut indikator"), _("Nilai yang dituju."), Holds.NUMBER, 2),
    Column(
        "capaian",
        _("Realisasi"),
        _("menurut indikator"),
        _("Nilai yang dicapai; kosong bila tidak ada data."),
        Holds.NUMBER,
        2,
    ),
    Column(
        "arah",
        _("Arah"),
        _("kata"),
        _("naik: makin tinggi makin baik. turun: makin rendah makin baik."),
        Holds.TEXT,
    ),
    Column("satuan", _("Satuan"), _("kata"), _("Satuan indikator."), Holds.TEXT),
    Column(
        "persen",
        _("Capaian dari target"),
        "%",
        _(
            "Makin tinggi makin baik: realisasi dibagi target. Makin rendah makin baik: (2 × target − realisasi) "
            "dibagi target. Tidak dihitung bila target 0 atau datanya tidak ada."
        ),
        Holds.NUMBER,
        2,
    ),
    Column("manual", _("Manual indikator"), _("kata"), _("Definisi, rumus, dan sumber data."), Holds.TEXT),
)


def _performance_rows(period: Period) -> list[Row]:
    batch = batch_of(Kind.PERFORMANCE, period)
    lines = PerformanceLine.objects.filter(batch=batch).order_by("unit", "indicator") if batch else ()
    return [
        Row(
            {"skpd": one.unit, "indikator": one.indicator},
            {
                "target": one.target,
                "capaian": one.reached,
                "arah": _DIRECTIONS[one.polarity],
                "satuan": one.measure,
                "persen": performance.achievement(one.target, one.reached, one.polarity),
                "manual": one.manual,
            },
        )
        for one in lines
    ]


def _performance_labels() -> Mapping[str, Mapping[str, str]]:
    return {"skpd": dict(PerformanceLine.objects.values_list("unit", "unit_name"))}


def datasets() -> list[Dataset]:
    """One, with every indicator of every office."""
    return [
        declared(
            "kinerja",
            title=_("Kinerja perangkat daerah"),
            description=_("Indikator kinerja utama, target, dan realisasinya menurut perangkat daerah."),
            concept=_("Akuntabilitas kinerja (SAKIP)"),
            definition=_("Perpres 29/2014: setiap indikator mempunyai manual, agar ukurannya tidak bergeser."),
            dimensions=(UNIT, _GOAL),
            measures=_REACHED,
            shape=Open(("skpd", "indikator")),
            rows=_performance_rows,
            labels=_performance_labels,
            region_codes="",
        )
    ]

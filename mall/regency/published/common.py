"""What all data sets of the regency share."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _

from agencies.queries import kecamatan
from mall.regency.models import Batch, BatchState
from mall.releases.datasets import Column, Dataset, Frequency, KipClass
from mall.releases.datasets import Kind as Holds
from mall.releases.periods import Period

METHOD = "2026-1"
PLACE = Column("kecamatan", _("Kecamatan"), "", _("Kode Kemendagri sebagai teks."), Holds.CODE)
UNIT = Column("skpd", _("Perangkat daerah"), "", _("Kode perangkat daerah."), Holds.CODE)


def batch_of(kind: str, period: Period, version: str = "") -> Batch | None:
    """The valid batch of a period. One query."""
    found = Batch.objects.filter(kind=kind, period=period.code, version=version, state=BatchState.PUBLISHED)
    return found.first()


def labels(**more: Mapping[str, str]) -> Callable[[], Mapping[str, Mapping[str, str]]]:
    return lambda: {"kecamatan": {one.code: one.name for one in kecamatan()}, **more}


def declared(slug: str, **said: object) -> Dataset:
    """A data set of the regency; what all of them share stands here once."""
    usual: dict[str, object] = {
        "producer": "BANYUWANGI",
        "custodian": _("Dinas Komunikasi dan Informatika (walidata)"),
        "contact": _("PPID Kabupaten Banyuwangi"),
        "source": _("Berkas resmi perangkat daerah yang diterbitkan walidata"),
        "licence": "CC BY 4.0",
        "kip_class": KipClass.BERKALA,
        "frequency": Frequency.IRREGULAR,
        "region_codes": "Kemendagri",
        "k": 5,
        "method": METHOD,
    }
    return Dataset(slug=slug, **usual | said)  # type: ignore[arg-type]

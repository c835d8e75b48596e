"""What all data sets of the regency share."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.queries import kecamatan
from mall.regency.models import Batch, BatchState
from mall.releases import declaring
from mall.releases.datasets import Column, Dataset, Frequency, Open
from mall.releases.datasets import Kind as Holds
from mall.releases.periods import Period

METHOD = "2026-1"
NOBODY = 0
"""The `k` of what is not about persons: nothing of it is hidden, and nobody is told that something is."""
PLACE = Column("kecamatan", _("Kecamatan"), "", _("Kode Kemendagri sebagai teks."), Holds.CODE)
UNIT = Column("skpd", _("Perangkat daerah"), "", _("Kode perangkat daerah."), Holds.CODE)


def batch_of(kind: str, period: Period, version: str = "") -> Batch | None:
    """The valid batch of a period. One query."""
    found = Batch.objects.filter(kind=kind, period=period.code, version=version, state=BatchState.PUBLISHED)
    return found.first()


def labels(**more: Mapping[str, str]) -> Callable[[], Mapping[str, Mapping[str, str]]]:
    return lambda: {"kecamatan": {one.code: one.name for one in kecamatan()}, **more}


def declared(slug: str, **said: Any) -> Dataset:
    """A data set of the regency; what all of them share beyond the usual stands here once."""
    usual: dict[str, Any] = {
        "producer": "BANYUWANGI",
        "contact": _("PPID Kabupaten Banyuwangi"),
        "source": _("Berkas resmi perangkat daerah yang diterbitkan walidata"),
        "frequency": Frequency.IRREGULAR,
        "region_codes": "Kemendagri",
        "method": METHOD,
    }
    if isinstance(said["shape"], Open):
        usual["k"] = NOBODY
    return declaring.declared(slug, **usual | said)

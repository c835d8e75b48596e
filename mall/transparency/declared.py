"""The data sets of services: what the mall does with applications, by agency and service and by kecamatan."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from mall.releases import datasets
from mall.releases.datasets import Column, Dataset, Frequency, Kind
from mall.releases.declaring import declared
from mall.releases.shapes import Flat, Tree
from mall.transparency import counting, names
from mall.transparency.metrics import METHOD, WHOLE

SERVICES: Final = "layanan"
DISTRICTS: Final = "layanan-kecamatan"
_AGENCY = Column("agency", _("Instansi"), "", _("Instansi yang memutus permohonan. Kosong: seluruh mal."), Kind.CODE)
_SERVICE = Column("service", _("Layanan"), "", _("Jenis layanan. Kosong: seluruh layanan instansi itu."), Kind.CODE)
_KECAMATAN = Column(
    "kecamatan", _("Kecamatan"), "", _("Kecamatan menurut kode Kemendagri. Kosong: seluruhnya."), Kind.CODE
)


def register() -> None:
    """Declare them."""
    datasets.register(_services())
    datasets.register(_districts())


def _common() -> dict[str, Any]:
    return {
        "concept": _("Penyelenggaraan layanan publik menurut UU 25/2009 dan standar layanannya."),
        "definition": _(
            "Yang dihitung adalah kejadian pada permohonan dalam satu bulan menurut waktu Banyuwangi (WIB). "
            "Permohonan uji coba sistem tidak dihitung."
        ),
        "source": _("catatan peristiwa permohonan"),
        "frequency": Frequency.MONTHLY,
        "method": METHOD,
        "measures": WHOLE,
        "since": counting.since,
        "total": "mall.cases",
    }


def _services() -> Dataset:
    return declared(
        SERVICES,
        title=_("Kinerja layanan menurut instansi dan layanan"),
        description=_("Volume, ketepatan waktu, hasil, pengembalian, dan biaya tiap layanan setiap bulan."),
        dimensions=(_AGENCY, _SERVICE),
        shape=Tree(("agency", "service")),
        rows=counting.by_service,
        labels=_service_labels,
        keywords=("layanan", "perizinan", "ketepatan waktu"),
        **_common(),
    )


def _districts() -> Dataset:
    return declared(
        DISTRICTS,
        title=_("Kinerja layanan menurut kecamatan"),
        description=_("Volume, ketepatan waktu, hasil, pengembalian, dan biaya tiap kecamatan setiap bulan."),
        region_codes="Kemendagri",
        dimensions=(_KECAMATAN,),
        shape=Flat(("kecamatan",), complete=True),
        rows=counting.by_kecamatan,
        labels=_district_labels,
        keywords=("layanan", "kecamatan"),
        **_common(),
    )


def _service_labels() -> Mapping[str, Mapping[str, str]]:
    return {"agency": names.agencies(), "service": names.services()}


def _district_labels() -> Mapping[str, Mapping[str, str]]:
    return {"kecamatan": names.kecamatan()}

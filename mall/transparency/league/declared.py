"""The data set of the league: decisions of a quarter and those on time, by agency and stratum."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from mall.releases import datasets, queries
from mall.releases.datasets import Column, Frequency, Kind, NotReady, Row
from mall.releases.declaring import K, declared
from mall.releases.models import Release
from mall.releases.periods import Period
from mall.releases.shapes import Key, Tree
from mall.transparency import counting as services
from mall.transparency import names
from mall.transparency.declared import SERVICES
from mall.transparency.league import counting, overlap, strata

SLUG: Final = "liga-ketepatan"
METHOD = "2026-1"
_AGENCY = Column("agency", _("Instansi"), "", _("Instansi yang memutus permohonan. Kosong: seluruh mal."), Kind.CODE)
_STRATUM = Column(
    "stratum",
    _("Golongan"),
    "",
    _(
        "Alur dan jangka waktu layanan menurut standar yang berlaku bagi permohonan itu: berapa instansi dimintai "
        "rekomendasi (R0, R1, R2), dengan kunjungan (i) atau tidak, dan jangka waktu dalam hari kerja. Kosong: semua."
    ),
    Kind.CODE,
)
DECIDED = Column(
    "decided",
    _("Keputusan"),
    _("keputusan"),
    _("Banyaknya keputusan akhir dalam triwulan itu: disetujui atau ditolak."),
    Kind.COUNT,
)
ON_TIME = Column(
    "on_time",
    _("Tepat waktu"),
    _("keputusan"),
    _("Keputusan yang diambil paling lambat pada jam tutup hari terakhir jangka waktu layanan."),
    Kind.COUNT,
    of="decided",
)


def register() -> None:
    """Declare it."""
    datasets.register(
        declared(
            SLUG,
            title=_("Liga ketepatan waktu instansi: angka dasar"),
            description=_("Keputusan dan yang tepat waktu menurut instansi dan golongan layanan, tiap triwulan."),
            concept=_("Ketepatan waktu dibandingkan sejenis (standardisasi tidak langsung)."),
            definition=_(
                "Yang dihitung adalah keputusan dalam triwulan menurut waktu Banyuwangi (WIB). Diumumkan sesudah "
                "instansi diberi tujuh hari untuk menyanggah dan setiap sanggahan dijawab. Permohonan uji coba sistem "
                "tidak dihitung. Yang disembunyikan mencakup yang dapat dihitung dari angka bulanan."
            ),
            source=_("catatan peristiwa permohonan"),
            frequency=Frequency.QUARTERLY,
            method=METHOD,
            dimensions=(_AGENCY, _STRATUM),
            measures=(DECIDED, ON_TIME),
            shape=Tree(("agency", "stratum"), complete=True),
            rows=rows,
            must=forbidden,
            since=services.since,
            labels=labels,
            keywords=("liga", "ketepatan waktu", "instansi"),
        )
    )


def rows(period: Period) -> list[Row]:
    """The exact rows of a quarter that may be published.

    Raises:
        NotReady: a month of it is not public yet, or agencies may still contest it.
    """
    from mall.transparency.league import rounds

    if not rounds.is_due(period):
        raise NotReady
    return counted(period)


def counted(period: Period) -> list[Row]:
    """The exact rows of a quarter whose months are public."""
    _months(period)
    return counting.rows(counting.counted(period))


def forbidden(period: Period) -> Mapping[str, frozenset[Key]]:
    """What the quarter must not tell beside its months (`overlap`)."""
    return overlap.forbidden(counting.counted(period), _months(period), K)


def _months(period: Period) -> list[Release]:
    found = [queries.standing(SERVICES, month.code) for month in period.in_months()]
    told = [one for one in found if one]
    if len(told) < len(found):
        raise NotReady
    return told


def labels() -> Mapping[str, Mapping[str, str]]:
    """Names of agencies, and strata in words."""
    codes = {code for _agency, code in strata.of_versions().values()}
    return {"agency": names.agencies(), "stratum": {code: strata.label(code) for code in codes}}

"""What each public figure means. The one definition of each: pages, files and queries take it from here.

`rollups` computes them; the words below say the same for people.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mall.releases.datasets import Column, Kind, Words
from mall.releases.declaring import K

P90_LEAST = 2 * K
"""With fewer decisions the 90th percentile would be the time of a single case."""
METHOD = "2026-1"
"""Raised when a definition below changes, so that nobody compares what cannot be compared."""


RECEIVED = Column(
    "received",
    _("Permohonan masuk"),
    _("permohonan"),
    _(
        "Banyaknya permohonan yang diajukan pertama kali dalam bulan itu, daring maupun di loket. Pengajuan ulang "
        "setelah perbaikan berkas tidak dihitung lagi."
    ),
    Kind.COUNT,
)
DECIDED = Column(
    "decided",
    pgettext_lazy("jamak", "Keputusan"),
    _("keputusan"),
    _(
        "Banyaknya keputusan akhir dalam bulan itu: disetujui (juga bila biayanya belum dibayar) atau ditolak. "
        "Permohonan yang dicabut pemohon atau gugur tidak dihitung."
    ),
    Kind.COUNT,
)
REFUSED = Column(
    "refused",
    _("Ditolak"),
    _("keputusan"),
    _("Keputusan akhir yang menolak permohonan."),
    Kind.COUNT,
    of="decided",
)
APPROVED = Column(
    "approved",
    _("Disetujui"),
    _("keputusan"),
    _("Keputusan akhir yang mengabulkan permohonan."),
    Kind.COUNT,
    of="decided",
    rest="refused",
)
MEDIAN = Column(
    "median_days",
    _("Median hari kerja"),
    _("hari kerja"),
    _(
        "Separuh keputusan selesai dalam waktu ini atau lebih cepat. Hari kerja dihitung dari diterimanya permohonan "
        "sampai keputusan, dikurangi waktu perbaikan berkas di tangan pemohon dan gangguan sistem nasional menurut "
        "catatan waktu. Hari kerja adalah Senin sampai Jumat di luar tabel hari libur; hari kerja pertama adalah hari "
        "kerja sesudah diterima, dan yang diajukan setelah jam tutup diterima pada hari buka berikutnya."
    ),
    Kind.DAYS,
    1,
    of="decided",
)
P90 = Column(
    "p90_days",
    _("Persentil ke-90 hari kerja"),
    _("hari kerja"),
    _(
        "Sembilan dari sepuluh keputusan selesai dalam waktu ini atau lebih cepat, dengan cara menghitung hari kerja "
        "yang sama. Tidak ditampilkan bila keputusan kurang dari sepuluh."
    ),
    Kind.DAYS,
    1,
    of="decided",
    least=P90_LEAST,
)
ON_TIME = Column(
    "on_time",
    _("Tepat waktu"),
    "%",
    _(
        "Bagian keputusan yang diambil paling lambat pada jam tutup hari terakhir jangka waktu layanan. Jangka waktu "
        "menurut standar layanan yang berlaku bagi permohonan itu, dihitung sejak berkas yang lengkap diterima. Bila "
        "yang terlambat paling banyak lima, atau dapat dihitung dari angka lain, hanya batas bawah (≥) yang "
        "ditampilkan."
    ),
    Kind.SHARE,
    of="decided",
)
RETURNED = Column(
    "returned",
    _("Dikembalikan"),
    _("pengembalian"),
    _("Berapa kali berkas dikembalikan kepada pemohon untuk diperbaiki dalam bulan itu."),
    Kind.COUNT,
)
DEEMED = Column(
    "deemed",
    _("Dianggap dikabulkan"),
    _("permohonan"),
    _("Permohonan yang dianggap dikabulkan menurut hukum karena tidak diputus sampai batas waktunya."),
    Kind.COUNT,
)
PAID = Column(
    "paid",
    _("Biaya dilunasi"),
    _("permohonan"),
    _("Banyaknya permohonan yang biayanya dilunasi dalam bulan itu."),
    Kind.COUNT,
)
FEES = Column(
    "fees",
    _("Biaya yang dibayar"),
    _("rupiah"),
    _("Jumlah biaya yang dilunasi dalam bulan itu, dibulatkan ke seratus ribu rupiah."),
    Kind.AMOUNT,
    of="paid",
    grain=100_000,
)


def _held(code: str, name: Words) -> Column:
    how = _(
        "Rata-rata hari kalender yang dihabiskan satu permohonan pada pihak ini, dari diajukan sampai diputus, atas "
        "permohonan yang diputus dalam bulan itu."
    )
    return Column(f"days_{code}", name, _("hari"), how, Kind.NUMBER, 1, of="decided")


PARTIES = tuple(
    _held(code, name)
    for code, name in (
        ("applicant", _("Hari pada pemohon")),
        ("mall", _("Hari pada mal")),
        ("agency", _("Hari pada instansi")),
        ("payment", _("Hari menunggu pembayaran")),
        ("national", _("Hari pada sistem nasional")),
    )
)
"""Time by the party that had the case (`workflows.clock.models.Holder`)."""
TABLE = (RECEIVED, DECIDED, MEDIAN, P90, ON_TIME)
"""What charts and the first tables show."""
OUTCOMES = (APPROVED, REFUSED, RETURNED, DEEMED, FEES)
"""How it ended, and what it cost."""
WHOLE = (RECEIVED, DECIDED, APPROVED, REFUSED, MEDIAN, P90, ON_TIME, RETURNED, DEEMED, PAID, FEES, *PARTIES)
"""Published for the mall, each agency, service and kecamatan."""

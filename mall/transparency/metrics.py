"""What each public figure means. The one definition of each: pages, files and queries take it from here.

`sql.py` computes them; the words below say the same for people.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

K = 5
"""A count below it is never shown, nor anything it could be computed from (suppression.py)."""
P90_LEAST = 2 * K
"""With fewer decisions the 90th percentile would be the time of a single case."""
METHOD = "2026-1"
"""Raised when a definition below changes, so that nobody compares what cannot be compared."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure: its name, its unit, its places after the comma and how it is computed."""

    code: str
    name: str | Promise
    unit: str | Promise
    how: str | Promise
    places: int = 0


RECEIVED = Metric(
    "received",
    _("Permohonan masuk"),
    _("permohonan"),
    _(
        "Banyaknya permohonan yang diajukan pertama kali dalam bulan itu, daring maupun di loket. Pengajuan ulang "
        "setelah perbaikan berkas tidak dihitung lagi."
    ),
)
DECIDED = Metric(
    "decided",
    pgettext_lazy("jamak", "Keputusan"),
    _("keputusan"),
    _(
        "Banyaknya keputusan akhir dalam bulan itu: disetujui (juga bila biayanya belum dibayar) atau ditolak. "
        "Permohonan yang dicabut pemohon atau gugur tidak dihitung."
    ),
)
APPROVED = Metric("approved", _("Disetujui"), _("keputusan"), _("Keputusan akhir yang mengabulkan permohonan."))
REFUSED = Metric("refused", _("Ditolak"), _("keputusan"), _("Keputusan akhir yang menolak permohonan."))
MEDIAN = Metric(
    "median_days",
    _("Median hari kerja"),
    _("hari kerja"),
    _(
        "Separuh keputusan selesai dalam waktu ini atau lebih cepat. Hari kerja dihitung dari diterimanya permohonan "
        "sampai keputusan, dikurangi waktu perbaikan berkas di tangan pemohon dan gangguan sistem nasional menurut "
        "catatan waktu. Hari kerja adalah Senin sampai Jumat di luar tabel hari libur; hari kerja pertama adalah hari "
        "kerja sesudah diterima, dan yang diajukan setelah jam tutup diterima pada hari buka berikutnya."
    ),
    1,
)
P90 = Metric(
    "p90_days",
    _("Persentil ke-90 hari kerja"),
    _("hari kerja"),
    _(
        "Sembilan dari sepuluh keputusan selesai dalam waktu ini atau lebih cepat, dengan cara menghitung hari kerja "
        "yang sama. Tidak ditampilkan bila keputusan kurang dari sepuluh."
    ),
    1,
)
ON_TIME = Metric(
    "on_time",
    _("Tepat waktu"),
    "%",
    _(
        "Bagian keputusan yang diambil paling lambat pada jam tutup hari terakhir jangka waktu layanan. Jangka waktu "
        "menurut standar layanan yang berlaku bagi permohonan itu, dihitung sejak berkas yang lengkap diterima. Bila "
        "yang terlambat kurang dari lima, atau dapat dihitung dari angka lain, hanya batas bawah (≥) yang ditampilkan."
    ),
)
TABLE = (RECEIVED, DECIDED, MEDIAN, P90, ON_TIME)
"""Shown for the mall, each agency and each service."""
WHOLE = (RECEIVED, DECIDED, APPROVED, REFUSED, MEDIAN, P90, ON_TIME)
"""Shown for the mall as a whole."""

"""The groups under which people look for a service. A category that is not named here shows its own code."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: Final[Mapping[str, str | Promise]] = {
    "kependudukan": _("Kependudukan dan pencatatan sipil"),
    "kepolisian": _("Kepolisian"),
    "kendaraan": _("Kendaraan bermotor"),
    "keimigrasian": _("Paspor dan keimigrasian"),
    "pertanahan": _("Pertanahan"),
    "jaminan_sosial": _("Jaminan sosial"),
    "pajak_daerah": _("Pajak daerah"),
    "perpajakan": _("Pajak pusat"),
    "keagamaan": _("Keagamaan"),
    "peradilan": _("Pengadilan dan kejaksaan"),
    "ketenagakerjaan": _("Ketenagakerjaan"),
    "sosial": _("Bantuan sosial dan beasiswa"),
    "utilitas": _("Listrik dan air minum"),
    "perbankan_pos": _("Bank dan pos"),
    "perizinan_nakes": _("Izin tenaga kesehatan"),
    "perizinan_faskes": _("Izin sarana kesehatan dan pangan"),
    "perizinan_bangunan_ruang": _("Izin bangunan dan tata ruang"),
    "perizinan_lingkungan": _("Izin lingkungan"),
    "perizinan_pendidikan": _("Izin pendidikan"),
    "perizinan_transportasi": _("Izin perhubungan"),
    "perizinan_pertanian": _("Izin pertanian dan peternakan"),
    "perizinan_perikanan": _("Izin perikanan"),
    "perizinan_perdagangan": _("Izin perdagangan"),
    "perizinan_pariwisata": _("Izin pariwisata dan kebudayaan"),
    "perizinan_sosial_naker": _("Izin sosial dan pelatihan kerja"),
    "perizinan_umum": _("Reklame, pemakaman, dan ruang publik"),
    "nonperizinan": _("Layanan nonperizinan"),
    "karantina_obat_makanan": _("Karantina, obat, dan makanan"),
    "kepabeanan": _("Bea dan cukai"),
    "informasi_publik": _("Informasi publik"),
    "perikanan": _("Perikanan"),
    "pertanian": _("Pertanian"),
    "perdagangan": _("Perdagangan"),
}


def label(category: str) -> str:
    """The category in words."""
    return str(LABELS.get(category) or category.replace("_", " ").capitalize())

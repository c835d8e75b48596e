"""Why staff look at a person's data: the codes that `workflows.looks` records, in words for that person."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DESK: dict[str, Promise] = {
    "verification": _("Pemeriksaan berkas"),
    "recommendation": _("Rekomendasi teknis"),
    "inspection": _("Pemeriksaan lapangan"),
    "decision": _("Pengambilan keputusan"),
    "objection": _("Jawaban atas keberatan"),
    "handover": _("Penyerahan produk layanan"),
    "follow_up": _("Pemantauan permohonan"),
    "oversight": _("Pengawasan Inspektorat"),
    "audit": _("Audit oleh Inspektorat"),
}
COUNTER: dict[str, Promise] = {
    "counter_apply": _("Membantu mengajukan permohonan"),
    "counter_objection": _("Membantu mengajukan keberatan atau banding"),
    "counter_status": _("Menjawab pertanyaan tentang permohonan"),
    "counter_correct": _("Membantu memperbaiki berkas atau data"),
    "counter_identity": _("Memeriksa KTP-el"),
    "counter_pickup": _("Menyerahkan produk layanan"),
    "call": _("Menelepon pemohon tanpa surel"),
}
FILES: dict[str, Promise] = {
    "file": _("Membuka berkas"),
    "permit": _("Mengunduh izin"),
    "letter": _("Mengunduh surat atau tanda terima"),
}
ALL: dict[str, Promise] = {**DESK, **COUNTER}


def label(code: str) -> str:
    """The purpose in words; an unknown code as it stands."""
    return str({**ALL, **FILES}.get(code, code))

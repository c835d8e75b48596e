"""How offices treat the time of applicants, as tables: late pauses, returns, net time, why out of turn."""

from datetime import datetime, time

from django.utils.translation import gettext_lazy as _

from agencies import clock
from mall.design import formats
from mall.reports.sheet import Agencies, Names, Rows, Sheet, named, since
from workflows import conduct
from workflows.clock.models import Holder
from workflows.duties import figures
from workflows.duties.lines import Overtaking


def _window() -> dict[str, datetime]:
    """From the first moment of the window until now."""
    return {"since": datetime.combine(since(), time(), tzinfo=clock.WIB), "until": clock.now()}


def _paused(agencies: Agencies, names: Names) -> Rows:
    return [
        [names.get(one.agency, one.agency), one.service, one.asked, one.late, one.signed]
        for one in conduct.paused(agencies, **_window())
    ]


def _returned(agencies: Agencies, names: Names) -> Rows:
    return [
        [names.get(one.agency, one.agency), one.service, one.count, one.further, one.repeated]
        for one in conduct.returned(agencies, **_window())
    ]


def _spent(agencies: Agencies, names: Names) -> Rows:
    return [
        [names.get(one.agency, one.agency), one.service, _party(one, names), one.cases, one.hours]
        for one in conduct.spent(agencies, **_window())
    ]


def _party(one: conduct.Spent, names: Names) -> str:
    held = one.holder_agency
    return names.get(held, held) if held else str(Holder(one.holder).label)


def _noted(agencies: Agencies, names: Names) -> Rows:
    return [
        [
            formats.day(one.at),
            names.get(one.agency_id, one.agency_id),
            one.case.service.name_id,
            str(Overtaking.Code(one.code).label),
            one.note,
            one.passed,
        ]
        for one in figures.notes(agencies, since=_window()["since"])
    ]


PAUSED = Sheet(
    "jeda",
    _("Jeda waktu yang diminta instansi, 90 hari terakhir"),
    _(
        "Jeda karena perbaikan pemohon atau keadaan kahar. Terlambat berarti diminta dalam seperlima terakhir jangka "
        "waktu; jeda itu baru berlaku dengan tanda tangan kedua. Gangguan sistem nasional dan pembayaran tidak "
        "dihitung."
    ),
    named(_("Instansi"), _("Layanan"), _("Diminta"), _("Diminta terlambat"), _("Terlambat dan berlaku")),
    2,
    _paused,
)
RETURNED = Sheet(
    "pengembalian",
    _("Pengembalian berkas, 90 hari terakhir"),
    _(
        "Setiap pengembalian untuk diperbaiki. Kedua kali atau lebih berarti permohonan itu sudah pernah dikembalikan. "
        "Tanpa kekurangan baru berarti semua kekurangannya sudah terlihat pada pemeriksaan sebelumnya yang "
        "menyatakannya sesuai; waktu layanan tidak berhenti."
    ),
    named(_("Instansi"), _("Layanan"), _("Dikembalikan"), _("Kedua kali atau lebih"), _("Tanpa kekurangan baru")),
    2,
    _returned,
)
SPENT = Sheet(
    "waktu-bersih",
    _("Waktu bersih menurut pemegang, 90 hari terakhir"),
    _(
        "Permohonan yang selesai dalam 90 hari terakhir. Waktu sejak diajukan dikurangi jeda, menurut siapa yang "
        "memegang permohonan saat itu, dalam jam kalender rata-rata bagi permohonan yang dipegangnya."
    ),
    named(_("Instansi"), _("Layanan"), _("Pemegang"), _("Permohonan"), _("Jam bersih per permohonan")),
    3,
    _spent,
)
NOTED = Sheet(
    "alasan-didahulukan",
    _("Alasan tertulis yang didahulukan, 90 hari terakhir"),
    _(
        "Kata-kata petugas saat mendahulukan satu permohonan, yang terbaru di atas, paling banyak 500. Hanya untuk "
        "pimpinan; yang terbuka bagi semua orang hanya jumlahnya."
    ),
    named(_("Tanggal"), _("Instansi"), _("Layanan"), _("Alasan"), _("Penjelasan"), _("Dilewati")),
    5,
    _noted,
)

"""The log of a case as a plain story for its applicant. What only concerns the house is left out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Role
from mall.design import formats
from mall.design.parts import Moment
from workflows.trail.models import Event

Data = Mapping[str, Any]
Names = Mapping[str, str]

TITLES: Final[dict[str, str | Promise]] = {
    "case.opened": gettext_lazy("Permohonan mulai diisi"),
    "case.submitted": gettext_lazy("Permohonan diterima"),
    "case.taken": gettext_lazy("Berkas mulai diperiksa"),
    "case.returned": gettext_lazy("Dikembalikan untuk diperbaiki"),
    "case.resubmitted": gettext_lazy("Perbaikan Anda diterima"),
    "case.accepted": gettext_lazy("Berkas dinyatakan lengkap"),
    "case.passed_on": gettext_lazy("Diteruskan untuk diputuskan, masih ada yang kurang"),
    "case.served": gettext_lazy("Dilayani di loket"),
    "recommendation.asked": gettext_lazy("Rekomendasi diminta"),
    "recommendation.given": gettext_lazy("Rekomendasi diberikan"),
    "recommendation.lapsed": gettext_lazy("Rekomendasi tidak diberikan sampai batas waktu"),
    "recommendation.recalled": gettext_lazy("Instansi menarik kembali rekomendasinya dan akan memberi yang baru"),
    "recommendation.asked_again": gettext_lazy("Rekomendasi diminta ulang"),
    "inspection.drawn": gettext_lazy("Petugas pemeriksa lapangan diundi"),
    "inspection.scheduled": gettext_lazy("Pemeriksaan lapangan dijadwalkan"),
    "inspection.held": gettext_lazy("Pemeriksaan lapangan selesai"),
    "case.recommended": gettext_lazy("Semua rekomendasi sudah masuk"),
    "case.approved_unpaid": gettext_lazy("Permohonan disetujui, menunggu pembayaran"),
    "charge.billed": gettext_lazy("Tagihan terbit"),
    "case.settled": gettext_lazy("Pembayaran diterima"),
    "case.approved": gettext_lazy("Permohonan disetujui"),
    "case.issued": gettext_lazy("Produk layanan terbit"),
    "case.refused": gettext_lazy("Permohonan ditolak"),
    "case.withdrawn": gettext_lazy("Permohonan ditarik"),
    "case.lapsed": gettext_lazy("Permohonan gugur"),
    "case.term_passed": gettext_lazy("Batas waktu terlewati"),
    "case.escalated": gettext_lazy("Diteruskan kepada pimpinan"),
    "repair.asked": gettext_lazy("Anda diminta memperbaiki sesuatu"),
    "repair.answered": gettext_lazy("Perbaikan Anda diterima"),
    "repair.unanswered": gettext_lazy("Perbaikan tidak dijawab; permohonan diteruskan"),
    "outage.suspended": gettext_lazy("Sistem nasional terganggu; waktu berhenti dihitung"),
    "outage.released": gettext_lazy("Gangguan berakhir; waktu berjalan lagi"),
    "pause.seconded": gettext_lazy("Waktu layanan dihentikan"),
    "pause.ended": gettext_lazy("Waktu layanan berjalan lagi"),
    "case.due_moved": gettext_lazy("Batas waktu digeser karena hari libur baru"),
    "case.deemed_granted": gettext_lazy("Permohonan dianggap dikabulkan"),
    "deemed.stated": gettext_lazy("Pernyataan dianggap dikabulkan dibuat"),
    "objection.filed": gettext_lazy("Keberatan Anda diterima"),
    "objection.passed_on": gettext_lazy("Keberatan Anda diteruskan kepada pejabat lain yang menjawabnya"),
    "objection.vacant": gettext_lazy("Pejabat yang menjawab keberatan Anda sedang kosong; pimpinan sudah diberi tahu"),
    "objection.due_moved": gettext_lazy("Batas waktu jawaban keberatan digeser karena hari libur baru"),
    "objection.upheld": gettext_lazy("Keberatan dikabulkan"),
    "objection.rejected": gettext_lazy("Keberatan ditolak"),
    "objection.deemed_upheld": gettext_lazy("Keberatan tidak dijawab, dianggap dikabulkan"),
    "objection.withdrawn": gettext_lazy("Keberatan ditarik"),
    "case.reopened": gettext_lazy("Permohonan dibuka kembali"),
    "permit.ending": gettext_lazy("Anda diingatkan bahwa izin segera berakhir"),
    "permit.expired": gettext_lazy("Masa berlaku izin habis"),
    "permit.superseded": gettext_lazy("Izin digantikan yang baru"),
    "permit.suspended": gettext_lazy("Izin dibekukan"),
    "permit.resumed": gettext_lazy("Izin berlaku kembali"),
    "permit.revoked": gettext_lazy("Izin dicabut"),
    "obligation.reported": gettext_lazy("Anda melaporkan kewajiban"),
    "obligation.accepted": gettext_lazy("Laporan kewajiban diterima"),
    "obligation.returned": gettext_lazy("Laporan kewajiban dikembalikan"),
    "obligation.overdue": gettext_lazy("Kewajiban lewat tenggat"),
    "refund.opened": gettext_lazy("Pengembalian dana diproses"),
    "refund.requested": gettext_lazy("Pengembalian dana diajukan"),
    "refund.done": gettext_lazy("Dana dikembalikan"),
}


def moments(events: Sequence[Event], names: Names) -> list[Moment]:
    """The story, newest first; `names` are the agencies by code."""
    told = [event for event in events if event.kind in TITLES]
    newest = told[-1].pk if told else None
    return [
        Moment(event.at, TITLES[event.kind], _text(event, names), current=event.pk == newest)
        for event in reversed(told)
    ]


def agencies_in(events: Sequence[Event]) -> set[str]:
    """The codes of all agencies that occur."""
    single = {event.data["agency"] for event in events if event.data.get("agency")}
    return single | {code for event in events for code in event.data.get("asked", ())}


def _text(event: Event, names: Names) -> str:
    tell = _TEXTS.get(event.kind)
    return tell(event.data, names) if tell else ""


def _submitted(data: Data, _names: Names) -> str:
    return _("Nomor tanda terima %(reference)s.") % {"reference": data.get("reference", "")}


def _returned(data: Data, _names: Names) -> str:
    return _("%(count)s hal perlu diperbaiki.") % {"count": len(data.get("deficient", ()))}


def _asked(data: Data, names: Names) -> str:
    listed = ", ".join(names.get(code, code) for code in data.get("asked", ()))
    return _("Rekomendasi diminta dari %(agencies)s.") % {"agencies": listed} if listed else ""


def _agency(data: Data, names: Names) -> str:
    code = str(data.get("agency", ""))
    return names.get(code, code)


def _visit(data: Data, names: Names) -> str:
    day = formats.day(date.fromisoformat(str(data["day"]))) if data.get("day") else ""
    return _("%(agency)s, %(day)s") % {"agency": _agency(data, names), "day": day}


def _amount(data: Data, _names: Names) -> str:
    return formats.rupiah(int(data["amount"])) if data.get("amount") is not None else ""


def _settled(data: Data, names: Names) -> str:
    number = data.get("receipt")
    return _("%(amount)s, kuitansi %(number)s") % {"amount": _amount(data, names), "number": number} if number else ""


def _until(data: Data, _names: Names) -> str:
    return (
        _("Paling lambat %(day)s.") % {"day": formats.day(datetime.fromisoformat(data["due"]))}
        if data.get("due")
        else ""
    )


def _silent(_data: Data, _names: Names) -> str:
    return _("Batas waktu untuk memperbaiki atau membayar sudah lewat. Anda dapat mengajukan permohonan baru.")


def _escalated(data: Data, names: Names) -> str:
    readers = ", ".join(str(Role(role).label) for role, _agency in data["readers"])
    words = {"readers": readers, "agency": _agency(data, names), "step": data["step"]}
    if data.get("advice"):
        return _("Diteruskan kepada %(readers)s, karena %(agency)s belum memberi rekomendasi.") % words
    return _("Diteruskan kepada %(readers)s (%(agency)s): %(step)s%% dari jangka waktu sudah berjalan.") % words


def _moved(data: Data, _names: Names) -> str:
    return _("Batas waktu yang baru: %(day)s.") % {"day": formats.day(datetime.fromisoformat(data["new"]))}


_TEXTS: Final[dict[str, Callable[[Data, Names], str]]] = {
    "case.submitted": _submitted,
    "case.returned": _returned,
    "case.accepted": _asked,
    "recommendation.asked": _asked,
    "recommendation.given": _agency,
    "recommendation.lapsed": _agency,
    "recommendation.recalled": _agency,
    "recommendation.asked_again": _agency,
    "inspection.drawn": _agency,
    "inspection.scheduled": _visit,
    "inspection.held": _agency,
    "case.escalated": _escalated,
    "case.due_moved": _moved,
    "objection.passed_on": _agency,
    "objection.due_moved": _moved,
    "case.approved_unpaid": _amount,
    "case.settled": _settled,
    "refund.opened": _until,
    "case.lapsed": _silent,
}

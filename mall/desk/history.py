"""The life of a case for staff: what happened, by whom, and who held it how long."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from agencies import clock
from agencies.models import Agency, Role, User
from mall.design import formats
from mall.design.parts import Column, Moment, Table
from mall.forms import accounting
from workflows.cases import queries
from workflows.cases.advice import Verdict
from workflows.cases.links import AdviceLink
from workflows.cases.models import Case
from workflows.cases.visits import Inspection
from workflows.clock.models import Holder, Interval, Reason
from workflows.trail.models import Event

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """Codes and ids in words."""

    agencies: Mapping[str, str] = field(default_factory=dict)
    users: Mapping[Any, str] = field(default_factory=dict)

    @classmethod
    def of(cls, events: Sequence[Event], intervals: Sequence[Interval]) -> "Names":
        """The agencies and users that a life mentions. Two queries."""
        codes = {one.agency for one in intervals if one.agency}
        for event in events:
            codes.update(_codes(event.data))
        agencies = {one.code: one.name for one in Agency.objects.filter(pk__in=codes)}
        ids = {event.actor_id for event in events if event.actor_id}
        return cls(agencies, {one.pk: str(one) for one in User.objects.filter(pk__in=ids)})

    def agency(self, code: str) -> str:
        """The name of an agency."""
        return self.agencies.get(code, code)


def _codes(data: Data) -> set[str]:
    return {data["agency"]} if "agency" in data else {str(code) for code in data.get("asked", ())}


TITLES: dict[str, Promise] = {
    "case.opened": lazy("Permohonan dibuka"),
    "case.submitted": lazy("Permohonan diajukan"),
    "case.resubmitted": lazy("Perbaikan diterima"),
    "case.withdrawn": lazy("Dicabut pemohon"),
    "case.taken": lazy("Pemeriksaan berkas dimulai"),
    "case.overtaken": lazy("Didahulukan di luar urutan, dengan alasan"),
    "case.claimed": lazy("Diambil untuk dikerjakan"),
    "case.released": lazy("Dilepas kembali ke antrean"),
    "case.handed_over": lazy("Dialihkan kepada rekan"),
    "case.accepted": lazy("Berkas dinyatakan lengkap"),
    "case.returned": lazy("Berkas dikembalikan ke pemohon"),
    "case.passed_on": lazy("Diteruskan dengan kekurangan setelah putaran terakhir"),
    "case.served": lazy("Dilayani dalam satu kunjungan"),
    "recommendation.asked": lazy("Rekomendasi diminta"),
    "recommendation.given": lazy("Rekomendasi diberikan"),
    "recommendation.link_sent": lazy("Tautan jawaban dikirim ke instansi"),
    "recommendation.link_printed": lazy("Surat tautan jawaban dicetak"),
    "recommendation.link_revoked": lazy("Tautan jawaban dicabut"),
    "recommendation.silent": lazy("Batas waktu rekomendasi lewat tanpa jawaban"),
    "recommendation.lapsed": lazy("Diteruskan tanpa rekomendasi yang tidak diterima"),
    "recommendation.recalled": lazy("Rekomendasi ditarik kembali"),
    "recommendation.asked_again": lazy("Rekomendasi diminta ulang"),
    "case.recommended": lazy("Semua rekomendasi masuk"),
    "inspection.drawn": lazy("Petugas pemeriksa diundi"),
    "inspection.override": lazy("Petugas terundi diganti"),
    "inspection.scheduled": lazy("Pemeriksaan lapangan dijadwalkan"),
    "inspection.held": lazy("Pemeriksaan lapangan dilaporkan"),
    "decision.endorsed": lazy("Disetujui tingkat sebelumnya"),
    "case.approved_unpaid": lazy("Disetujui, menunggu pembayaran"),
    "case.approved": lazy("Disetujui"),
    "case.refused": lazy("Ditolak"),
    "charge.assessed": lazy("Biaya ditetapkan"),
    "charge.billed": lazy("Tagihan dibuat"),
    "case.settled": lazy("Pembayaran diterima"),
    "permit.granted": lazy("Produk layanan didaftarkan"),
    "case.issued": lazy("Produk layanan terbit"),
    "permit.ending": lazy("Pemegang diingatkan masa berlaku"),
    "permit.expired": lazy("Masa berlaku izin habis"),
    "permit.superseded": lazy("Izin digantikan yang baru"),
    "permit.suspended": lazy("Izin dibekukan"),
    "permit.resumed": lazy("Pembekuan izin diakhiri"),
    "permit.revocation_proposed": lazy("Pencabutan izin diusulkan"),
    "permit.revocation_dropped": lazy("Usul pencabutan izin dibatalkan"),
    "permit.revoked": lazy("Izin dicabut"),
    "obligation.due_soon": lazy("Pemegang diingatkan kewajiban"),
    "obligation.overdue": lazy("Kewajiban lewat tenggat"),
    "obligation.reported": lazy("Kewajiban dilaporkan"),
    "obligation.accepted": lazy("Laporan kewajiban diterima"),
    "obligation.returned": lazy("Laporan kewajiban dikembalikan"),
    "case.lapsed": lazy("Permohonan gugur"),
    "repair.asked": lazy("Pemohon diminta memperbaiki"),
    "repair.answered": lazy("Perbaikan dijawab"),
    "repair.unanswered": lazy("Perbaikan tidak dijawab; permohonan diteruskan"),
    "outage.suspended": lazy("Sistem nasional terganggu; waktu berhenti dihitung"),
    "outage.released": lazy("Gangguan berakhir; waktu berjalan lagi"),
    "pause.seconded": lazy("Penghentian waktu ditandatangani orang kedua"),
    "pause.ended": lazy("Waktu layanan berjalan lagi"),
    "pause.asked": lazy("Penghentian waktu diminta"),
    "pause.declined": lazy("Penghentian waktu ditolak; waktu tetap berjalan"),
    "case.term_passed": lazy("Jangka waktu terlampaui"),
    "case.escalated": lazy("Diteruskan kepada pimpinan"),
    "case.due_moved": lazy("Batas waktu digeser"),
    "case.deemed_granted": lazy("Dianggap dikabulkan menurut hukum"),
    "deemed.stated": lazy("Pernyataan dianggap dikabulkan dibuat"),
    "deemed.audited": lazy("Diperiksa inspektorat"),
    "duty.opened": lazy("Kewajiban menerbitkan keputusan"),
    "duty.done": lazy("Kewajiban menerbitkan keputusan dipenuhi"),
    "duty.overdue": lazy("Kewajiban menerbitkan keputusan terlambat"),
    "objection.filed": lazy("Keberatan diajukan"),
    "objection.passed_on": lazy("Keberatan diteruskan kepada pejabat yang menjawab"),
    "objection.vacant": lazy("Tidak ada pejabat yang dapat menjawab keberatan; pimpinan diberi tahu"),
    "objection.due_moved": lazy("Batas menjawab keberatan digeser karena hari libur baru"),
    "objection.upheld": lazy("Keberatan dikabulkan"),
    "objection.rejected": lazy("Keberatan ditolak"),
    "objection.deemed_upheld": lazy("Keberatan tidak dijawab, dianggap dikabulkan"),
    "objection.withdrawn": lazy("Keberatan ditarik"),
    "case.reopened": lazy("Permohonan dibuka kembali"),
    "refund.opened": lazy("Pengembalian dana dibuka"),
    "refund.requested": lazy("Pengembalian dana diajukan"),
    "refund.done": lazy("Dana dikembalikan"),
}


def _opened(data: Data, _names: Names) -> str:
    return _("Versi layanan %(number)s.") % {"number": data.get("version", "–")}


def _asked(data: Data, names: Names) -> str:
    return ", ".join(names.agency(code) for code in data.get("asked", ()))


def _advised(data: Data, names: Names) -> str:
    words = [names.agency(data["agency"]), str(Verdict(data["verdict"]).label)]
    if data.get("conditions"):
        words.append(ngettext("%(n)s syarat", "%(n)s syarat", data["conditions"]) % {"n": data["conditions"]})
    if "by_link" in data:
        words.append(_("lewat tautan sekali pakai"))
    return " · ".join(words)


def _agency(data: Data, names: Names) -> str:
    return names.agency(data["agency"])


def _linked(data: Data, names: Names) -> str:
    return f"{names.agency(data['agency'])} · {AdviceLink.Way(data['way']).label}"


def _scheduled(data: Data, names: Names) -> str:
    return f"{names.agency(data['agency'])} · {formats.day(date.fromisoformat(data['day']))}"


def _drawn(data: Data, names: Names) -> str:
    return _("%(agency)s · satu dari %(n)s petugas") % {"agency": names.agency(data["agency"]), "n": data["eligible"]}


def _overridden(data: Data, names: Names) -> str:
    return f"{names.agency(data['agency'])} · {Inspection.Override(data['code']).label}"


def _visited(data: Data, names: Names) -> str:
    return f"{names.agency(data['agency'])} · {Inspection.Result(data['result']).label}"


def _returned(data: Data, _names: Names) -> str:
    facts = {"round": data.get("round", 1), "count": len(data.get("deficient", ()))}
    told = [_("Putaran %(round)s, %(count)s kekurangan.") % facts]
    if data.get("repeated"):
        told.append(_("%(count)s sudah terlihat pada pemeriksaan sebelumnya.") % {"count": len(data["repeated"])})
    if not data.get("paused", True):
        told.append(_("Waktu tetap berjalan."))
    return " ".join(told)


def _amount(data: Data, _names: Names) -> str:
    return formats.rupiah(data.get("amount"))


def _escalated(data: Data, names: Names) -> str:
    who = ", ".join(str(Role(role).label) for role, _agency in data["readers"])
    return _("%(who)s · %(agency)s · %(step)s%% jangka waktu") % {
        "who": who,
        "agency": names.agency(data["agency"]),
        "step": data["step"],
    }


def _settled(data: Data, _names: Names) -> str:
    return " · ".join(filter(None, (formats.rupiah(data.get("amount")), data.get("receipt", ""))))


DETAILS: dict[str, Callable[[Data, Names], str]] = {
    "case.opened": _opened,
    "case.accepted": _asked,
    "case.returned": _returned,
    "case.passed_on": _returned,
    "recommendation.asked": _asked,
    "recommendation.given": _advised,
    "recommendation.silent": _agency,
    "recommendation.link_sent": _linked,
    "recommendation.link_printed": _linked,
    "recommendation.link_revoked": _linked,
    "recommendation.lapsed": _agency,
    "recommendation.recalled": _agency,
    "recommendation.asked_again": _agency,
    "inspection.drawn": _drawn,
    "inspection.override": _overridden,
    "inspection.scheduled": _scheduled,
    "inspection.held": _visited,
    "case.escalated": _escalated,
    "case.due_moved": lambda data, _names: formats.day(datetime.fromisoformat(data["new"])),
    "case.approved_unpaid": _amount,
    "case.settled": _settled,
    "permit.granted": lambda data, _names: str(data.get("number", "")),
    "case.deemed_granted": lambda data, _names: str(data.get("law", "")),
}


def moments(events: Sequence[Event], names: Names) -> list[Moment]:
    """The timeline, newest first, in the officer's words. No query."""
    newest = list(reversed(events))
    return [_moment(event, names, current=position == 0) for position, event in enumerate(newest)]


def _moment(event: Event, names: Names, *, current: bool) -> Moment:
    explain = DETAILS.get(event.kind)
    return Moment(
        at=event.at,
        title=TITLES.get(event.kind, event.kind),
        who=names.users.get(event.actor_id) or _system(event),
        detail=explain(event.data, names) if explain else "",
        current=current,
    )


def _system(event: Event) -> str:
    return _("Sistem (%(name)s)") % {"name": event.actor_name or event.actor_kind}


def holder_of(one: Interval, names: Names) -> str:
    """The party of an interval in words."""
    return names.agency(one.agency) if one.agency else str(Holder(one.holder).label)


def ledger(intervals: Sequence[Interval], names: Names) -> Table:
    """Every stretch of the case with its one holder. No query."""
    now = clock.now()
    return Table(
        lazy("Siapa memegang, dan berapa lama"),
        [Column(lazy("Pemegang")), Column(lazy("Untuk apa")), Column(lazy("Sejak")), Column(lazy("Lama"))],
        [
            [
                holder_of(one, names),
                str(Reason(one.reason).label),
                formats.moment(one.opened_at),
                accounting.lasted((one.closed_at or now) - one.opened_at) + ("" if one.closed_at else _(" (berjalan)")),
            ]
            for one in intervals
        ],
    )


@dataclass(frozen=True, slots=True)
class Life:
    """Timeline, ledger and account of one case."""

    moments: list[Moment]
    ledger: Table
    account: Table | None

    @classmethod
    def of(cls, case: Case) -> "Life":
        """Read them: events, intervals, names, the calendar. Six queries."""
        events, intervals = queries.timeline(case), queries.intervals(case)
        names = Names.of(events, intervals)
        return cls(moments(events, names), ledger(intervals, names), accounting.table(case, intervals, names.agencies))

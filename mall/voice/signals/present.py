"""Signals and their cases in words, for inspectors."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from agencies.models import User
from mall.design import formats
from mall.design.parts import Cell, Column, Moment, Row, Table
from mall.voice.signals.kinds import SignalKind
from mall.voice.signals.models import Signal, SignalNote
from mall.voice.signals.said import sentence
from workflows.cases.models import Case
from workflows.trail.models import Event

UNSEEN = lazy("Belum diperiksa")
TITLES: Mapping[str, Promise] = {
    "case.submitted": lazy("Permohonan diajukan"),
    "case.taken": lazy("Pemeriksaan berkas dimulai"),
    "case.overtaken": lazy("Didahulukan di luar urutan, dengan alasan"),
    "case.claimed": lazy("Diambil untuk dikerjakan"),
    "case.released": lazy("Dilepas kembali ke antrean"),
    "case.handed_over": lazy("Dialihkan kepada rekan"),
    "case.returned": lazy("Berkas dikembalikan ke pemohon"),
    "case.resubmitted": lazy("Perbaikan diterima"),
    "case.accepted": lazy("Berkas dinyatakan lengkap"),
    "case.passed_on": lazy("Diteruskan dengan kekurangan"),
    "case.served": lazy("Dilayani dalam satu kunjungan"),
    "recommendation.given": lazy("Rekomendasi diberikan"),
    "case.recommended": lazy("Semua rekomendasi masuk"),
    "case.term_passed": lazy("Batas waktu lewat"),
    "case.deemed_granted": lazy("Dianggap dikabulkan"),
    "case.approved": lazy("Disetujui"),
    "case.approved_unpaid": lazy("Disetujui, menunggu pembayaran"),
    "case.refused": lazy("Ditolak"),
    "case.settled": lazy("Pembayaran diterima"),
    "case.issued": lazy("Produk layanan terbit"),
    "case.withdrawn": lazy("Dicabut pemohon"),
    "case.lapsed": lazy("Permohonan gugur"),
}
"""The steps of a case that a signal can be about; the others are not shown."""


def table(signals: Sequence[Signal]) -> Table:
    """The list of a month. No query."""
    labels = (_("Petugas"), _("Instansi"), _("Tanda"), _("Yang terlihat"), _("Pemeriksaan"))
    rows = [
        [
            Cell(str(one.officer), reverse("voice:signal", args=[one.pk])),
            one.agency.name,
            one.get_kind_display(),
            sentence(one),
            verdict_of(one),
        ]
        for one in signals
    ]
    return Table(_("Sinyal"), [Column(label) for label in labels], rows)


def verdict_of(signal: Signal) -> str:
    """The latest word of an inspector, on a row that carries it."""
    code = getattr(signal, "verdict", None)
    return str(SignalNote.Verdict(code).label if code else UNSEEN)


def told(signal: Signal) -> list[Row]:
    """The figures of one signal. No query."""
    tickets = signal.kind == SignalKind.SKIPS
    beside = _("Pembanding di antrean sama") if tickets else _("Pembanding dengan layanan sama")
    return [
        Row(_("Petugas"), str(signal.officer)),
        Row(_("Instansi"), signal.agency.name),
        Row(_("Tanda"), signal.get_kind_display()),
        Row(_("Perantara"), signal.whom.title() or "–"),
        Row(_("Masa yang dibandingkan"), _("12 bulan sampai %(month)s") % {"month": month(signal)}),
        Row(_("Pada nomor yang dipanggilnya") if tickets else _("Pada permohonannya"), share(signal.found, signal.of)),
        Row(_("Bila seperti rekan"), _("sekitar %(count)s") % {"count": formats.number(signal.expected, 1)}),
        Row(beside, share(signal.peers_found, signal.peers_of)),
        Row(_("Kemungkinan kebetulan"), chance(signal.chance)),
    ]


def share(found: int, of: int) -> str:
    """So many of so many."""
    return _("%(found)s dari %(of)s") % {"found": formats.number(found), "of": formats.number(of)}


def chance(value: float) -> str:
    """In words that need no exponent."""
    if value < 1e-6:
        return _("kurang dari satu dalam sejuta")
    return _("sekitar satu dalam %(times)s") % {"times": formats.number(round(1 / value))}


def month(signal: Signal) -> str:
    """The month of the run in words."""
    return formats.day(signal.run.month).partition(" ")[2]


def notes(rows: Sequence[SignalNote]) -> list[Moment]:
    """What inspectors wrote, oldest first."""
    return [
        Moment(one.at, one.get_verdict_display(), _said(one), who=str(one.by), detail=month(one.signal)) for one in rows
    ]


def _said(one: SignalNote) -> str:
    if one.report is None:
        return str(one.text)
    return _("%(text)s (laporan %(code)s)") % {"text": one.text, "code": one.report.code}


def cases(signal: Signal, found: Sequence[Case]) -> Table:
    """The cases to look at; each opens as a noted look."""
    rows = [
        [
            Cell(one.reference, reverse("voice:signal_case", args=[signal.pk, one.pk])),
            one.service.name_id,
            formats.day(one.submitted_at),
            formats.day(one.decided_at) or "–",
        ]
        for one in found
    ]
    columns = [Column(_("Permohonan")), Column(_("Layanan")), Column(_("Diajukan")), Column(_("Diputus"))]
    return Table(_("Permohonan untuk dilihat"), columns, rows)


def case_rows(case: Case) -> list[Row]:
    """What it is, without the applicant and her papers."""
    return [
        Row(_("Layanan"), case.service.name_id),
        Row(_("Instansi"), case.agency.name),
        Row(_("Diajukan"), formats.moment(case.submitted_at)),
        Row(_("Batas waktu"), formats.moment(case.due_at) or "–"),
        Row(_("Diputus"), formats.moment(case.decided_at) or "–"),
    ]


def life(events: Sequence[Event]) -> list[Moment]:
    """What happened, by which member of staff; the applicant stays unnamed. One query for the names."""
    shown = [one for one in events if one.kind in TITLES]
    ids = {one.actor_id for one in shown if one.actor_id}
    staff = User.objects.filter(pk__in=ids, memberships__isnull=False).distinct()
    names: dict[UUID, Any] = {one.pk: str(one) for one in staff}
    return [
        Moment(one.at, TITLES[one.kind], who=names.get(one.actor_id, "") if one.actor_id else one.actor_name)
        for one in shown
    ]

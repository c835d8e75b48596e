"""Reports in words, for the reporter and for the inspector."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies import clock
from agencies.models import Agency
from mall.design import formats
from mall.design.parts import Cell, Column, Moment, Row, Table
from mall.voice.levies.models import LevyNote, LevyReport

UNKNOWN = "–"


def _named(codes: set[str]) -> dict[str, str]:
    """Agencies by code. One query when there are any."""
    return {one.pk: one.name for one in Agency.objects.filter(pk__in=codes)} if codes else {}


def _told(report: LevyReport) -> list[Row]:
    office = _named({report.office} - {""}).get(report.office, UNKNOWN)
    return [
        Row(_("Apa yang diminta"), report.asked),
        Row(_("Jumlah"), formats.rupiah(report.amount) or UNKNOWN),
        Row(_("Kantor"), office),
        Row(_("Tempat"), report.place or UNKNOWN),
        Row(_("Kapan"), formats.day(report.happened_on)),
        Row(_("Siapa yang meminta"), report.named or UNKNOWN),
    ]


def told_to_reporter(report: LevyReport) -> list[Row]:
    """Her own words, and until when she may expect what. One query when an office was chosen."""
    return [
        Row(_("Cara melapor"), report.get_manner_display()),
        *_told(report),
        Row(_("Mulai diperiksa paling lambat"), _until(report.verify_due_at)),
        Row(_("Selesai paling lambat"), _until(report.due_at)),
    ]


def told_to_inspector(report: LevyReport) -> list[Row]:
    """Everything. One query when an office was chosen."""
    return [
        *_told(report),
        Row(_("Layanan"), report.service or UNKNOWN),
        Row(_("Nomor permohonan"), report.reference or UNKNOWN),
        Row(_("Cara melapor"), report.get_manner_display()),
        Row(_("Pelapor"), report.person.name if report.person else UNKNOWN),
        Row(_("Kontak"), report.contact or UNKNOWN),
        Row(_("Diterima"), formats.moment(report.filed_at)),
        Row(_("Mulai diperiksa paling lambat"), _until(report.verify_due_at)),
        Row(_("Selesai paling lambat"), _until(report.due_at)),
        Row(_("Diperiksa oleh"), str(report.taken_by or UNKNOWN)),
    ]


def _until(moment: datetime | None) -> str:
    return formats.day(moment) if moment else _("Belum dapat dijanjikan: tabel hari libur belum lengkap.")


def moments(report: LevyReport, notes: Sequence[LevyNote], *, officer: bool = False) -> list[Moment]:
    """What was written, oldest first; the reporter does not learn the inspector's name."""
    written = [
        Moment(note.at, note.get_kind_display(), note.text, who=str(note.by) if officer and note.by else "")
        for note in notes
    ]
    return [Moment(report.filed_at, _("Laporan diterima")), *written]


def table(reports: Sequence[LevyReport]) -> Table:
    """The list of inspectors. One query for the names of the offices."""
    names, now = _named({one.office for one in reports} - {""}), clock.now()
    columns = [
        Column(_("Laporan")),
        Column(_("Diterima")),
        Column(_("Kantor")),
        Column(_("Keadaan")),
        Column(_("Batas")),
    ]
    rows = [
        [
            Cell(one.code, reverse("voice:levy", args=[one.pk])),
            formats.day(one.filed_at),
            names.get(one.office, UNKNOWN),
            _state(one),
            _deadline(one, now),
        ]
        for one in reports
    ]
    return Table(_("Laporan pungutan"), columns, rows)


def _state(report: LevyReport) -> str:
    if report.closed_at:
        return str(report.get_outcome_display())
    return f"{report.get_state_display()}{f' · {report.taken_by}' if report.taken_by else ''}"


def _deadline(report: LevyReport, now: datetime) -> str:
    """The date that counts next, with the word that says it has passed."""
    if report.closed_at:
        return formats.day(report.closed_at)
    until = report.due_at if report.taken_by_id else report.verify_due_at
    if until is None:
        return UNKNOWN
    return _("%(day)s (terlewat)") % {"day": formats.day(until)} if until < now else formats.day(until)

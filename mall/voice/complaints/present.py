"""Complaints in words, for the reporter and for the handlers."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies import clock
from mall.design import formats
from mall.design.parts import Cell, Column, Moment, Row, Table
from mall.voice.complaints.machine import ENDED, ComplaintState
from mall.voice.complaints.models import Complaint, ComplaintNote
from mall.voice.complaints.permissions import knows_reporter
from workflows.actors import Actor

UNKNOWN = "–"
TONES = {ComplaintState.FILED: "quiet", ComplaintState.ANSWERED: "good", **dict.fromkeys(ENDED, "ended")}


def tone(complaint: Complaint) -> str:
    """How its state is dressed."""
    return TONES.get(ComplaintState(complaint.state), "moving")


def _until(moment: datetime | None) -> str:
    return formats.day(moment) if moment else _("Belum dapat dijanjikan: tabel hari libur belum lengkap.")


def _about(complaint: Complaint) -> list[Row]:
    return [
        Row(_("Golongan"), complaint.get_kind_display()),
        Row(_("Instansi"), complaint.agency.name if complaint.agency else UNKNOWN),
        Row(_("Isi"), complaint.text),
        Row(_("Cara mengadu"), complaint.get_manner_display()),
    ]


def _dates(complaint: Complaint) -> list[Row]:
    found = [
        Row(_("Diterima"), formats.moment(complaint.filed_at)),
        Row(_("Diverifikasi paling lambat"), _until(complaint.verify_by)),
    ]
    if complaint.forwarded_at:
        found.append(Row(_("Tindak lanjut paling lambat"), _until(complaint.follow_up_by)))
    found.append(Row(_("Dijawab paling lambat"), _until(complaint.resolve_by)))
    if complaint.close_after and not complaint.closed_at:
        found.append(Row(_("Menutup sendiri sesudah"), formats.day(complaint.close_after)))
    return found


def told_to_reporter(complaint: Complaint) -> list[Row]:
    """Her own words, and until when she may expect what. No query."""
    return [*_about(complaint), *_dates(complaint)]


def told_to_handler(actor: Actor, complaint: Complaint) -> list[Row]:
    """What this handler may know. No query."""
    rows = [*_about(complaint), *_dates(complaint), Row(_("Ditangani"), complaint.handler.name)]
    if complaint.lapor_number:
        rows.append(Row(_("Nomor SP4N-LAPOR!"), complaint.lapor_number))
    if complaint.anonymous:
        return rows
    if not knows_reporter(actor, complaint):
        return [*rows, Row(_("Pelapor"), _("Rahasia: hanya pengelola pengaduan pusat yang mengetahuinya."))]
    name = complaint.name or (complaint.person.name if complaint.person else UNKNOWN)
    rows += [Row(_("Pelapor"), name), Row(_("Kontak"), complaint.contact or UNKNOWN)]
    if complaint.case:
        rows.append(Row(_("Permohonan"), f"{complaint.case.reference or UNKNOWN} · {complaint.case.service.name_id}"))
    return rows


def moments(complaint: Complaint, notes: Sequence[ComplaintNote], *, officer: bool = False) -> list[Moment]:
    """What was written, oldest first; the reporter does not learn the handler's name."""
    written = [
        Moment(note.at, note.get_kind_display(), note.text or _by_itself(note), who=_who(note) if officer else "")
        for note in notes
    ]
    return [Moment(complaint.filed_at, _("Pengaduan diterima")), *written]


def _who(note: ComplaintNote) -> str:
    return str(note.by) if note.by else ""


def _by_itself(note: ComplaintNote) -> str:
    """What the house says where nobody wrote."""
    if note.kind == ComplaintNote.Kind.REROUTED:
        return _("Ini permintaan informasi. Ajukan kepada PPID, yang menjawab menurut UU 14/2008.")
    return _("Ditutup karena jawaban tidak dibalas dalam sepuluh hari kerja.")


def table(complaints: Sequence[Complaint]) -> Table:
    """The list of handlers. No query."""
    now = clock.now()
    columns = [
        Column(_("Pengaduan")),
        Column(_("Diterima")),
        Column(_("Golongan")),
        Column(_("Instansi")),
        Column(_("Keadaan")),
        Column(_("Batas")),
    ]
    rows = [
        [
            Cell(one.code, reverse("voice:complaint", args=[one.pk])),
            formats.day(one.filed_at),
            one.get_kind_display(),
            one.agency.name if one.agency else UNKNOWN,
            one.get_ending_display() if one.closed_at else one.get_state_display(),
            _deadline(one, now),
        ]
        for one in complaints
    ]
    return Table(_("Pengaduan"), columns, rows)


def _deadline(complaint: Complaint, now: datetime) -> str:
    """The date that counts next, with the word that says it has passed."""
    if complaint.closed_at:
        return formats.day(complaint.closed_at)
    until = complaint.due_at
    if until is None:
        return UNKNOWN
    return _("%(day)s (terlewat)") % {"day": formats.day(until)} if until < now else formats.day(until)

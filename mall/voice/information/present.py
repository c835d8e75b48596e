"""Requests in words: for the requester, the PPID and her superior."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies import clock
from agencies.identifiers import mask_nik
from documents.vault.kinds import by_mime
from documents.vault.models import EvidenceFile
from mall.design import formats
from mall.design.parts import Cell, Column, Moment, Row, Table
from mall.voice.information import keys
from mall.voice.information.exemptions import ExemptionTest
from mall.voice.information.machine import ANSWERED, OPEN, WORKED_ON, InformationState
from mall.voice.information.models import InformationRequest
from mall.voice.information.objections import InformationObjection

UNKNOWN = "–"
S = InformationState
TONES: dict[str, str] = {
    S.REGISTERED: "quiet",
    S.IN_PROCESS: "moving",
    S.EXTENDED: "moving",
    S.GRANTED: "good",
    S.PARTIAL: "good",
    S.REFUSED: "bad",
    S.NOT_HELD: "ended",
    S.OBJECTION: "moving",
    S.OBJECTION_ANSWERED: "ended",
    S.DISPUTE: "moving",
    S.WITHDRAWN: "ended",
}


def tone(found: InformationRequest) -> str:
    """How its state looks."""
    return TONES[str(found.state)]


def until(moment: datetime | date | None) -> str:
    """A date that is promised, or why none is."""
    return formats.day(moment) if moment else _("Belum dapat dijanjikan: tabel hari libur belum lengkap.")


def yes_no(value: bool | None) -> str:
    """A tick of the register in words."""
    return UNKNOWN if value is None else _("Ya") if value else _("Tidak")


def told_to_requester(found: InformationRequest) -> list[Row]:
    """Her own words, and until when she may expect an answer."""
    return [
        Row(_("Nomor pendaftaran"), found.number),
        Row(_("Kepada"), f"PPID {found.agency.name}"),
        Row(_("Informasi yang diminta"), found.wanted),
        Row(_("Tujuan"), found.purpose),
        Row(_("Cara memperoleh"), found.get_receive_display()),
        Row(_("Terdaftar"), formats.moment(found.registered_at)),
        Row(_("Dijawab paling lambat"), until(found.due_at)),
        *([Row(_("Alasan perpanjangan"), found.get_extension_reason_display())] if found.extended_at else []),
    ]


def told_to_ppid(found: InformationRequest) -> list[Row]:
    """Everything; the NIK is masked."""
    person = found.identity == "person"
    return [
        *told_to_requester(found),
        Row(_("Pemohon"), f"{found.name} ({found.get_identity_display()})"),
        Row(_("NIK") if person else _("Nomor badan hukum"), _identity(found)),
        Row(_("Alamat"), found.address or UNKNOWN),
        Row(_("Kontak"), found.contact),
        Row(_("Pekerjaan"), found.occupation or UNKNOWN),
        Row(_("Asal"), found.get_source_display()),
        Row(_("Ditangani oleh"), str(found.taken_by or UNKNOWN)),
        Row(_("Ringkasan di register umum"), found.summary or UNKNOWN),
    ]


def _identity(found: InformationRequest) -> str:
    if found.nik:
        return mask_nik(found.nik)
    if found.person_id:
        return _("Akun terdaftar")
    return found.legal_no or UNKNOWN


def answer_rows(found: InformationRequest) -> list[Row]:
    """The answer as the law wants it (UU 14/2008 art. 22(7))."""
    rows = [
        Row(_("Jawaban"), found.get_decision_display()),
        Row(_("Tanggal pemberitahuan"), formats.day(found.answered_at)),
        Row(_("Di bawah penguasaan"), yes_no(found.under_control)),
        Row(_("Sudah didokumentasikan"), yes_no(found.documented)),
        Row(_("Bentuk"), found.get_form_held_display() or UNKNOWN),
        Row(_("Biaya"), formats.rupiah(found.cost) if found.cost else _("Gratis")),
    ]
    if found.cost:
        rows.append(Row(_("Cara membayar"), found.payment))
    return [
        *rows,
        Row(_("Tanggal pemberian informasi"), formats.day(found.given_on) or UNKNOWN),
        Row(_("Keberatan dapat diajukan sampai"), until(found.object_until)),
    ]


def objection_rows(objection: InformationObjection) -> list[Row]:
    """The objection for the superior."""
    found = objection.request
    return [
        Row(_("Nomor keberatan"), objection.number),
        Row(_("Diajukan"), formats.moment(objection.filed_at)),
        Row(_("Dijawab paling lambat"), until(objection.due_at)),
        Row(_("Pemohon"), found.name),
        Row(_("Permintaan"), found.number),
        Row(_("Informasi yang diminta"), found.wanted),
        Row(_("Alasan"), objection.get_reason_display()),
        Row(_("Penjelasan pemohon"), objection.text),
    ]


def moments(found: InformationRequest, objection: InformationObjection | None) -> list[Moment]:
    """What happened, oldest first; nobody's name."""
    told: list[tuple[datetime | None, str, str]] = [
        (found.registered_at, _("Permintaan terdaftar"), ""),
        (found.taken_at, _("Mulai diproses PPID"), ""),
        (found.extended_at, _("Jangka waktu diperpanjang tujuh hari kerja"), found.get_extension_reason_display()),
        (found.silent_at, _("Jangka waktu lewat tanpa jawaban: keberatan dapat diajukan"), ""),
        (found.answered_at, _("Dijawab: %(how)s") % {"how": found.get_decision_display()}, ""),
        (found.withdrawn_at, _("Dicabut pemohon"), ""),
    ]
    if objection:
        told += _of_objection(objection)
    happened = [Moment(at, title, text) for at, title, text in told if at]
    if found.disputed_on:
        title = _("Sengketa didaftarkan di Komisi Informasi")
        happened.append(Moment(found.disputed_on, title, found.dispute_number))
    return sorted(happened, key=lambda one: (_day(one.at), isinstance(one.at, date)))


def _of_objection(objection: InformationObjection) -> list[tuple[datetime | None, str, str]]:
    return [
        (objection.filed_at, _("Keberatan diajukan"), objection.get_reason_display()),
        (objection.silent_at, _("Atasan PPID tidak menjawab sampai batas waktunya"), ""),
        (objection.answered_at, _("Keberatan dijawab"), objection.get_verdict_display()),
        (objection.responded_at, _("Tanggapan pemohon"), objection.response),
    ]


def _day(when: date | datetime) -> datetime:
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, 23, 59, tzinfo=clock.WIB)


def may_object(found: InformationRequest, objection: InformationObjection | None, now: datetime) -> bool:
    """Is an objection open to her now?"""
    if objection or found.state == S.WITHDRAWN:
        return False
    silent = found.state in OPEN and found.due_at is not None and found.due_at < now
    in_time = found.object_until is None or clock.wib_date(now) <= found.object_until
    return (silent or found.state in ANSWERED) and in_time


Action = tuple[str, str]


def actions(found: InformationRequest, objection: InformationObjection | None, *, hers: bool) -> list[Action]:
    """What the PPID may do now, with its address."""
    names: list[tuple[bool, str, str]] = [
        (hers and found.state in WORKED_ON, _("Jawab permintaan"), "answer"),
        (hers and found.state == S.IN_PROCESS, _("Perpanjang jangka waktu"), "extend"),
        (hers and found.decision in (S.GRANTED, S.PARTIAL) and not found.given_on, _("Catat penyerahan"), "hand_over"),
        (hers, _("Ringkasan untuk register umum"), "summarise"),
        (bool(objection) and not found.disputed_on, _("Catat sengketa informasi"), "dispute"),
    ]
    return [(label, reverse(f"information:{name}", args=[found.pk])) for may, label, name in names if may]


def own_table(items: Sequence[InformationRequest]) -> Table:
    """Her own requests."""
    columns = [Column(_("Nomor")), Column(_("Terdaftar")), Column(_("Keadaan")), Column(_("Batas jawaban"))]
    rows = [
        [
            Cell(one.number, reverse("information:follow", args=[keys.link_of(one.pk)])),
            formats.day(one.registered_at),
            one.get_state_display(),
            formats.day(one.due_at) or UNKNOWN,
        ]
        for one in items
    ]
    return Table(_("Permintaan informasi saya"), columns, rows)


def desk_table(items: Sequence[InformationRequest]) -> Table:
    """The list of the PPID: no person in it."""
    now = clock.now()
    columns = [
        Column(_("Nomor")),
        Column(_("Terdaftar")),
        Column(_("Keadaan")),
        Column(_("Di tangan")),
        Column(_("Batas")),
    ]
    rows = [
        [
            Cell(one.number, reverse("information:request", args=[one.pk])),
            formats.day(one.registered_at),
            one.get_state_display(),
            str(one.taken_by or UNKNOWN),
            _limit(one, now),
        ]
        for one in items
    ]
    return Table(_("Permintaan informasi"), columns, rows)


def _limit(one: InformationRequest, now: datetime) -> str:
    """The date that counts, with the word that says it has passed."""
    if one.state not in OPEN or one.due_at is None:
        return formats.day(one.answered_at) or UNKNOWN
    day = formats.day(one.due_at)
    return _("%(day)s (terlewat)") % {"day": day} if one.due_at < now else day


def objection_table(items: Sequence[InformationObjection]) -> Table:
    """What waits for the superior: no person in it."""
    columns = [Column(_("Keberatan")), Column(_("Permintaan")), Column(_("Alasan")), Column(_("Batas"))]
    rows = [
        [
            Cell(one.number, reverse("information:judge", args=[one.pk])),
            one.request.number,
            one.get_reason_display(),
            formats.day(one.due_at) or UNKNOWN,
        ]
        for one in items
    ]
    return Table(_("Keberatan atas informasi"), columns, rows)


def exemptions(items: Sequence[ExemptionTest]) -> Table:
    """The register of tests: the office, never the person."""
    columns = [
        Column(_("Nomor")), Column(_("Informasi")), Column(_("Dasar")), Column(_("Akibat bila dibuka")),
        Column(_("Bila ditutup")), Column(_("Ditetapkan")), Column(_("Berlaku sampai")),
    ]  # fmt: skip
    today = clock.today()
    rows = [
        [
            one.number,
            f"{one.subject} ({one.agency.name})",
            f"{one.get_ground_display()}; {one.law}",
            one.if_opened,
            one.if_closed,
            formats.day(one.decided_at),
            formats.day(one.expires_on) if one.is_valid(today) else _ended(one.expires_on),
        ]
        for one in items
    ]
    return Table(_("Uji konsekuensi"), columns, rows)


def _ended(day: date) -> str:
    return _("%(day)s (berakhir)") % {"day": formats.day(day)}


def files(kept: Iterable[EvidenceFile]) -> list[tuple[EvidenceFile, str]]:
    """Each file with its kind in capitals."""
    return [(one, by_mime(one.mime).name.upper()) for one in kept]

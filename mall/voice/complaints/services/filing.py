"""Filing a complaint. Nothing of an anonymous reporter is kept: no person, no case, no account, no address."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from agencies import clock
from agencies.choices import INSPECTORATE
from agencies.errors import Invalid
from agencies.queries import active_agencies
from documents.vault.services import Checked
from mall.voice.complaints.machine import Ending, Kind
from mall.voice.complaints.models import Channel, Complaint, ComplaintNote, Manner
from mall.voice.complaints.permissions import Post, post_of
from mall.voice.complaints.rerouting import hand_over
from mall.voice.complaints.terms import Counting, complain_until, resolving
from mall.voice.complaints.work import VOICE, keep, record
from workflows.actors import Actor
from workflows.cases.codes import tracking_code
from workflows.cases.models import Case
from workflows.permissions import MALL, is_own, may_help_at_counter, may_speak_for
from workflows.trail.chain import digest

MOST_FILES = 5
LONGEST = 4000
TOO_LATE = gettext_noop(
    "Pengaduan diajukan paling lambat 30 hari setelah layanan selesai (Perpres 76/2013). Batas untuk permohonan ini "
    "sudah lewat. Anda masih dapat mengadu kepada Ombudsman Republik Indonesia."
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the reporter says. `counter` when a clerk writes it down for her."""

    kind: str
    manner: str
    text: str
    agency: str = ""
    name: str = ""
    contact: str = ""
    case_id: UUID | None = None
    counter: bool = False

    @property
    def anonymous(self) -> bool:
        """Does she want to stay unknown?"""
        return self.manner == Manner.ANONYMOUS


def file_complaint(*, by: Actor, key: UUID, told: Told, files: Collection[Checked] = ()) -> Complaint:
    """Take a complaint in; the same key again gives the same complaint.

    A request for information is closed at once as rerouted: it has clocks of its own (UU 14/2008). Who may? Anybody.

    Raises:
        Invalid: what is missing, would give an anonymous reporter away, is about somebody else's case, or comes later
            than 30 days after it was closed (Perpres 76/2013).
    """
    case = _case(told)
    _require_sound(by, told, case, files)
    try:
        return _file(by, key, told, case, files)
    except IntegrityError:
        if found := Complaint.objects.filter(filing_key=key).first():
            return found
        raise


def _case(told: Told) -> Case | None:
    """The application complained of. One query where there is one."""
    if told.case_id is None:
        return None
    return Case.objects.select_related("applicant").filter(pk=told.case_id).first()


@transaction.atomic
def _file(by: Actor, key: UUID, told: Told, case: Case | None, files: Collection[Checked]) -> Complaint:
    at = clock.now()
    dates = Counting.since(at)
    complaint = Complaint(
        code=tracking_code(),
        filing_key=key,
        kind=told.kind,
        manner=told.manner,
        channel=Channel.COUNTER if told.counter else Channel.ONLINE,
        person_id=_person(by, told, case),
        case=case,
        name=told.name,
        contact=told.contact,
        text=told.text,
        agency_id=told.agency or (case.agency_id if case else None),
        handler_id=MALL,
        filed_at=at,
        verify_by=dates.until("verify"),
        resolve_by=dates.until(resolving(told.kind)),
    )
    if told.kind == Kind.INFORMATION:
        complaint.reroute()
        complaint.ending, complaint.closed_at = Ending.REROUTED, at
    complaint.due_at = complaint.next_due()
    complaint.save(force_insert=True)
    keep(complaint, files)
    facts = {"kind": told.kind, "manner": told.manner, "files": len(files), "told": digest(told.text)}
    if complaint.closed_at is None:
        centre = (post_of(MALL), *_inspectors(complaint))
        record(complaint, "complaint.filed", VOICE, facts, centre)
    else:
        ComplaintNote.objects.create(complaint=complaint, kind=ComplaintNote.Kind.REROUTED, text="", at=at)
        record(complaint, "complaint.rerouted", VOICE, facts)
        hand_over(complaint)
    return complaint


def _inspectors(complaint: Complaint) -> tuple[Post, ...]:
    """Whoever else hears of it: nobody judges her own office."""
    return (post_of(INSPECTORATE),) if complaint.agency_id == MALL else ()


def _person(by: Actor, told: Told, case: Case | None) -> UUID | None:
    """Who complains: the applicant where a clerk writes for her; the clerk herself never."""
    if told.anonymous:
        return None
    if told.counter:
        return case.applicant_id if case else None
    return by.person_id


def _require_sound(by: Actor, told: Told, case: Case | None, files: Collection[Checked]) -> None:
    parts = (*_unsaid(by, told), *_giving_away(told), *_about_case(by, told, case))
    faults: dict[str, list[str]] = {}
    for name, sentence in parts:
        faults.setdefault(name, []).append(sentence)
    if len(files) > MOST_FILES:
        faults["evidence"] = [_("Paling banyak %(most)s berkas.") % {"most": MOST_FILES}]
    if faults:
        raise Invalid(faults)


def _unsaid(by: Actor, told: Told) -> Iterator[tuple[str, str]]:
    """What is missing, or cannot be."""
    if told.kind not in Kind.values:
        yield "kind", _("Pilih apa yang ingin Anda sampaikan.")
    if told.manner not in Manner.values:
        yield "manner", _("Pilih apakah nama Anda boleh diketahui.")
    if not told.text.strip():
        yield "text", _("Ceritakan apa yang terjadi.")
    if told.agency and not active_agencies().filter(pk=told.agency).exists():
        yield "agency", _("Pilih instansi dari daftar.")
    known = told.case_id if told.counter else by.person_id
    if told.manner == Manner.NAMED and not told.name.strip() and known is None:
        yield "name", _("Tulis nama Anda, atau pilih “Rahasia” atau “Tanpa nama”.")
    if told.counter and not may_help_at_counter(by):
        yield "", _("Hanya petugas loket yang menuliskan pengaduan untuk pengunjung.")


def _giving_away(told: Told) -> Iterator[tuple[str, str]]:
    """What would tell who an anonymous reporter is."""
    if not told.anonymous:
        return
    if told.name.strip():
        yield "name", _("Nama menunjukkan siapa Anda. Kosongkan, atau pilih “Rahasia”.")
    if told.contact.strip():
        yield "contact", _("Kontak menunjukkan siapa Anda. Kosongkan, atau pilih “Rahasia”.")
    if told.case_id:
        yield "manner", _("Permohonan menunjukkan siapa Anda. Pilih “Rahasia”, atau buat pengaduan tanpa permohonan.")


def _about_case(by: Actor, told: Told, case: Case | None) -> Iterator[tuple[str, str]]:
    """The case must be the reporter's, and its service not have ended long ago."""
    if told.case_id is None:
        return
    if case is None or not (may_speak_for(by, case) if told.counter else is_own(by, case)):
        yield "", _("Permohonan ini bukan milik Anda.")
    elif case.closed_at and clock.today() > complain_until(clock.wib_date(case.closed_at)):
        yield "", _(TOO_LATE)

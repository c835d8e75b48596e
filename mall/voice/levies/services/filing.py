"""Filing a report and adding to it. Nothing of an anonymous reporter is kept: no person, no account, no address."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.choices import INSPECTORATE, Role
from agencies.errors import Conflict, Invalid
from agencies.models import Membership
from agencies.queries import active_agencies
from documents.vault.services import Checked, keep_evidence
from mall.voice.levies.models import LevyEvidence, LevyNote, LevyRecusal, LevyReport, Manner
from mall.voice.levies.permissions import office_index
from mall.voice.levies.terms import terms_from
from workflows.actors import Actor
from workflows.cases.codes import tracking_code
from workflows.trail import services as trail
from workflows.trail.chain import digest

SUBJECT = "levy_report"
VOICE = Actor.system("voice")
"""Who acts in the log for any reporter, known or not."""
MOST_FILES = 5
MOST_NOTES = 50
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Told:
    """What the reporter says."""

    manner: str
    asked: str
    happened_on: date
    amount: int | None = None
    office: str = ""
    place: str = ""
    named: str = ""
    service: str = ""
    reference: str = ""
    contact: str = ""

    @property
    def anonymous(self) -> bool:
        """Does she want to stay unknown?"""
        return self.manner == Manner.ANONYMOUS


def file_report(*, by: Actor, key: UUID, told: Told, files: Collection[Checked] = ()) -> LevyReport:
    """Take a report in; the same key again gives the same report.

    Raises `Invalid` with what is missing or would give an anonymous reporter away. Who may? Anybody.
    """
    _require_sound(told, files)
    try:
        return _file(by, key, told, files)
    except IntegrityError:
        if found := LevyReport.objects.filter(filing_key=key).first():
            return found
        raise


@transaction.atomic
def _file(by: Actor, key: UUID, told: Told, files: Collection[Checked]) -> LevyReport:
    at = clock.now()
    terms = terms_from(at)
    report = LevyReport.objects.create(
        code=tracking_code(),
        filing_key=key,
        manner=told.manner,
        person_id=None if told.anonymous else by.person_id,
        contact=told.contact,
        asked=told.asked,
        amount=told.amount,
        happened_on=told.happened_on,
        office=told.office,
        office_index=office_index(told.office),
        place=told.place,
        named=told.named,
        service=told.service,
        reference=told.reference,
        filed_at=at,
        verify_due_at=terms.verify,
        due_at=terms.resolve,
    )
    _keep(report, files)
    _keep_away(report)
    facts = {"manner": told.manner, "files": len(files), "told": digest(told.asked)}
    trail.record(subject_kind=SUBJECT, subject_id=report.pk, kind="levy.filed", by=VOICE, data=facts)
    return report


def _require_sound(told: Told, files: Collection[Checked]) -> None:
    faults = {name: [sentence] for name, sentence in (*_unsaid(told), *_giving_away(told))}
    if len(files) > MOST_FILES:
        faults["evidence"] = [_("Paling banyak %(most)s berkas.") % {"most": MOST_FILES}]
    if faults:
        raise Invalid(faults)


def _unsaid(told: Told) -> Iterator[tuple[str, str]]:
    """What is missing, or cannot be."""
    if told.manner not in Manner.values:
        yield "manner", _("Pilih cara melapor.")
    if not told.asked.strip():
        yield "asked", _("Tulis apa yang diminta dan bagaimana terjadinya.")
    if not (told.office or told.place.strip()):
        yield "office", _("Pilih kantornya, atau tulis tempatnya.")
    if told.office and not active_agencies().filter(pk=told.office).exists():
        yield "office", _("Pilih kantor dari daftar.")
    if told.happened_on > clock.today():
        yield "happened_on", _("Tanggal ini belum tiba.")


def _giving_away(told: Told) -> Iterator[tuple[str, str]]:
    """What would tell who an anonymous reporter is."""
    if told.anonymous and told.contact.strip():
        yield "contact", _("Kontak menunjukkan siapa Anda. Kosongkan, atau pilih “Rahasia”.")
    if told.anonymous and told.reference.strip():
        yield "reference", _("Nomor permohonan menunjukkan siapa Anda. Kosongkan, atau pilih “Rahasia”.")


def _keep(report: LevyReport, files: Collection[Checked]) -> None:
    if files:
        kept = keep_evidence(files)
        LevyEvidence.objects.bulk_create(LevyEvidence(report=report, file=file) for file in kept)


def _keep_away(report: LevyReport) -> None:
    """Inspectors who are named, or who report themselves, never see it. One query, two when there are any."""
    held = Membership.objects.filter(role=Role.INSPECTORATE, agency_id=INSPECTORATE, active=True)
    why: dict[UUID, str] = {}
    for user_id, name, person_id in held.values_list("user_id", "user__name", "user__person__pk"):
        if report.person_id is not None and person_id == report.person_id:
            why[user_id] = LevyRecusal.Why.OWN
        elif is_named(name, report.named):
            why[user_id] = LevyRecusal.Why.NAMED
    if why:
        LevyRecusal.objects.bulk_create(LevyRecusal(report=report, user_id=one, why=said) for one, said in why.items())


def is_named(name: str, text: str) -> bool:
    """Does the text name this person? Every word of her name stands in it, in any order."""
    words, said = name.casefold().split(), set(text.casefold().replace(",", " ").replace(".", " ").split())
    return bool(words) and said.issuperset(words)


@transaction.atomic
def add_note(*, report_id: UUID, text: str, files: Collection[Checked] = ()) -> LevyNote:
    """The reporter adds to her report. Whoever calls has read her link.

    Raises `Invalid` for no words, `Conflict` once it is closed.
    """
    report = LevyReport.locked(report_id)
    if report.closed_at is not None or report.notes.count() >= MOST_NOTES:
        raise Conflict(_("Laporan ini sudah selesai dan tidak dapat ditambah lagi. Buat laporan baru."))
    if not text.strip():
        raise Invalid({"text": [_("Tulis tambahan Anda.")]})
    if report.evidence.count() + len(files) > MOST_FILES:
        raise Invalid({"evidence": [_("Paling banyak %(most)s berkas untuk satu laporan.") % {"most": MOST_FILES}]})
    _keep(report, files)
    note = LevyNote.objects.create(report=report, kind=LevyNote.Kind.ADDED, text=text, at=clock.now())
    facts = {"files": len(files), "text": digest(text)}
    trail.record(subject_kind=SUBJECT, subject_id=report.pk, kind="levy.added", by=VOICE, data=facts)
    return note

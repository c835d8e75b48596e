"""A person says that her row is wrong; the agency that owns it answers, and the old row stays beside the new."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing, Refused
from agencies.models import Person
from documents.vault.services import Checked, keep_evidence
from mall.registers import own
from mall.registers.access import opened
from mall.registers.choices import CORRECTION, CorrectionState, Register, Way
from mall.registers.kinds import KINDS, Told
from mall.registers.models import Correction, Entry, Look
from mall.registers.permissions import is_proven, may_keep, may_keep_any
from mall.registers.sealing import nik_hash
from workflows.actors import Actor
from workflows.permissions import require, require_seen
from workflows.trail.services import record

ANSWER_WITHIN = timedelta(hours=72)
"""Clock hours, weekends included: a controller puts personal data right within 3 x 24 hours (UU 27/2022 art. 30)."""
LONGEST = 1000
SUBJECT = "register_correction"


@transaction.atomic
def file_correction(
    *, entry_id: UUID, wrong: str, right: str, by: Actor, evidence: Sequence[Checked] = ()
) -> Correction:
    """Ask that a row of one's own be put right. The event names neither the register nor the row.

    Raises:
        Refused: her identity is not proven.
        Conflict: she asked already, and waits.
    """
    entry = own.entry_of(_proven(by), entry_id)
    _say({"wrong": wrong, "right": right})
    files = keep_evidence(evidence[:1]) if evidence else []
    now = clock.now()
    made = Correction(
        entry=entry,
        nik_hash=entry.nik_hash,
        register=entry.batch.register,
        agency=entry.batch.agency,
        wrong=wrong.strip(),
        right=right.strip(),
        evidence=files[0].pk if files else None,
        filed_at=now,
        due_at=now + ANSWER_WITHIN,
    )
    try:
        with opened():
            made.save(force_insert=True)
    except IntegrityError as fault:
        raise Conflict(_("Permintaan Anda tentang data ini masih menunggu jawaban.")) from fault
    record(subject_kind=SUBJECT, subject_id=made.pk, kind="correction.filed", by=by)
    return made


def _proven(by: Actor) -> Person:
    person = Person.objects.filter(pk=by.person_id).first() if by.person_id else None
    if not is_proven(person):
        raise Refused(_("Data ini baru dapat dibuka setelah petugas loket memeriksa KTP-el Anda."))
    assert person is not None
    return person


def _say(texts: Mapping[str, str]) -> None:
    """Nothing may be empty, or too long."""
    faults = {name: [_("Isi bagian ini.")] for name, text in texts.items() if not text.strip()}
    long = {name: [_("Paling banyak %(most)s huruf.") % {"most": LONGEST}] for name, text in texts.items()
            if len(text) > LONGEST}  # fmt: skip
    if faults | long:
        raise Invalid(faults | long)


@transaction.atomic
def open_correction(*, correction_id: UUID, by: Actor) -> Correction:
    """Open a request, with the row that it is about; that she looked is kept where the person reads it."""
    asked = _for(correction_id, by)
    entry = asked.entry
    look = Look(
        nik_hash=entry.nik_hash,
        register=asked.register,
        entry=entry.pk,
        way=Way.CORRECTION,
        purpose=CORRECTION,
        agency=asked.agency,
        by=by.signing(),
        at=clock.now(),
    )
    with opened():
        look.save(force_insert=True)
    data = {"purpose": CORRECTION, "agency": asked.agency, "people": 1}
    record(subject_kind="register_look", subject_id=look.pk, kind="register.looked_at", by=by, data=data)
    return asked


@transaction.atomic
def accept(*, correction_id: UUID, by: Actor, values: Mapping[str, str], answer: str = "") -> Correction:
    """Write a corrected row in the place of the old one, which stays. `values`: columns of the file, as typed.

    Raises:
        Invalid: a value is none that the file could hold, or nothing is changed; by the names of the columns.
        Conflict: it was answered already, or the row is no longer in force.
    """
    asked = _for(correction_id, by)
    told = KINDS[Register(asked.register)]
    said = _parsed(told, values)
    now = clock.now()
    with opened():
        asked = _locked(correction_id)
        old = Entry.objects.select_for_update().get(pk=asked.entry_id)
        if not old.current:
            raise Conflict(_("Baris ini sudah digantikan."))
        new = _corrected(old, said)
        if (new.name, new.region, json.loads(new.details)) == (old.name, old.region, json.loads(old.details)):
            raise Invalid({"": [_("Belum ada yang diubah. Perbaiki isinya, atau tolak dengan alasan.")]})
        old.current = False
        old.save(update_fields=["current"])
        new.added_at = now
        new.save(force_insert=True)
        _answer(asked, CorrectionState.ACCEPTED, answer, by)
    record(subject_kind=SUBJECT, subject_id=asked.pk, kind="correction.accepted", by=by)
    return asked


@transaction.atomic
def reject(*, correction_id: UUID, by: Actor, answer: str) -> Correction:
    """Say why the row stays as it is."""
    _for(correction_id, by)
    _say({"answer": answer})
    with opened():
        asked = _locked(correction_id)
        _answer(asked, CorrectionState.REJECTED, answer, by)
    record(subject_kind=SUBJECT, subject_id=asked.pk, kind="correction.rejected", by=by)
    return asked


def _for(correction_id: UUID, by: Actor) -> Correction:
    """A request to an agency for which she keeps the register, never her own. `Missing` else."""
    require(may_keep_any(by))
    with opened():
        found = Correction.objects.select_related("entry__batch").filter(pk=correction_id).first()
    if found is None:
        raise Missing
    require_seen(may_keep(by, KINDS[Register(found.register)], found.agency))
    own_nik = Person.objects.filter(pk=by.person_id).first() if by.person_id else None
    if own_nik is not None and own_nik.nik and nik_hash(own_nik.nik) == found.nik_hash:
        raise Refused(_("Permintaan tentang data Anda sendiri dijawab rekan Anda."))
    return found


def _locked(correction_id: UUID) -> Correction:
    asked = Correction.objects.select_for_update().get(pk=correction_id)
    if asked.state != CorrectionState.FILED:
        raise Conflict(_("Permintaan ini sudah dijawab."))
    return asked


def _answer(asked: Correction, state: CorrectionState, answer: str, by: Actor) -> None:
    asked.state, asked.answer = state, answer.strip()
    asked.answered_by, asked.answered_at = by.signing(), clock.now()
    asked.save(update_fields=["state", "answer", "answered_by", "answered_at"])


def _parsed(told: Told, values: Mapping[str, str]) -> dict[str, str]:
    """The values as the file would hold them; every fault by its column."""
    found, faults = {}, dict[str, list[str]]()
    for column in told.correctable():
        typed = values.get(column.name, "").strip()
        try:
            if not typed and not column.optional:
                raise ValueError(_("kosong"))  # noqa: TRY301 - said as a fault of any cell is
            found[column.name] = str(column.parse(typed)) if typed else ""
        except ValueError as wrong:
            faults[column.name] = [f"{column.name} {wrong}."]
    if faults:
        raise Invalid(faults)
    return found


def _corrected(old: Entry, said: Mapping[str, str]) -> Entry:
    details = {name: value for name, value in said.items() if name not in ("nama", "wilayah")}
    return Entry(
        batch=old.batch,
        line=old.line,
        nik=old.nik,
        nik_hash=old.nik_hash,
        name=said["nama"],
        region=said["wilayah"],
        programme=old.programme,
        details=json.dumps(details),
        corrects=old,
    )

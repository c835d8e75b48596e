"""The only writers of the tie-out: taking a bank's file, and settling what differs."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing, Refused
from workflows import permissions
from workflows.actors import Actor
from workflows.charges.bank.comparing import agrees_now, compare
from workflows.charges.bank.models import BankFile, BankLine, Difference, DifferenceState
from workflows.charges.bank.reading import Line, read
from workflows.trail import services as trail
from workflows.trail.chain import Facts, digest

OPEN: Final = (DifferenceState.OPEN, DifferenceState.EXPLAINED)


@dataclass(frozen=True, slots=True)
class TieOut:
    """What a tie-out found: payments that agree and their sum, differences that are new, and those that are over."""

    matched: int
    total: int
    found: int
    resolved: int


@transaction.atomic
def tie_out(*, by: Actor, content: bytes, day: date) -> TieOut:
    """Take the bank's file of a day and compare it with the books. The same file again changes nothing.

    Raises:
        Refused: not the actor's task.
        Invalid: the file has wrong lines; nothing of it is kept.
    """
    permissions.require(permissions.may_tie_out(by))
    lines = read(content, day)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('bank', 0))")
    at = clock.now()
    file = _kept(content, day, lines, by, at)
    compared = compare(day)
    for one in compared.differences:
        one.owner_id, one.found_at = by.signing(), at
    before = Difference.objects.count()
    Difference.objects.bulk_create(compared.differences, ignore_conflicts=True)
    told = TieOut(compared.matched, compared.total, Difference.objects.count() - before, _resolve(by, at))
    if file or told.found or told.resolved:
        subject = file or BankFile.objects.get(sha256=_seal(content))
        facts = {"day": day.isoformat(), "lines": len(lines), "matched": told.matched, "sum": told.total}
        facts |= {"found": told.found, "resolved": told.resolved}
        trail.record(subject_kind="bank_file", subject_id=subject.pk, kind="bank.tied_out", by=by, data=facts)
    return told


def _seal(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _kept(content: bytes, day: date, lines: Sequence[Line], by: Actor, at: datetime) -> BankFile | None:
    """The file with its lines; None when it was taken before. A payment that an earlier file named is not doubled."""
    seal = _seal(content)
    if BankFile.objects.filter(sha256=seal).exists():
        return None
    known = {row.reference: row for row in BankLine.objects.filter(reference__in=[one.reference for one in lines])}
    _refuse_contradictions(lines, known, day)
    file = BankFile.objects.create(day=day, sha256=seal, lines=len(lines), taken_by_id=by.signing(), taken_at=at)
    BankLine.objects.bulk_create(
        BankLine(
            file=file,
            number=one.number,
            booked_on=day,
            reference=one.reference,
            amount=one.amount,
            description=one.description,
        )
        for one in lines
        if one.reference not in known
    )
    return file


def _refuse_contradictions(lines: Sequence[Line], known: dict[str, BankLine], day: date) -> None:
    """A bank that says something else about the same payment must be asked, not believed twice."""
    faults = [
        _("Baris %(line)s: referensi ini sudah tercatat dengan tanggal atau jumlah lain.") % {"line": one.number}
        for one in lines
        if one.reference in known and (known[one.reference].amount, known[one.reference].booked_on) != (one.amount, day)
    ]
    if faults:
        raise Invalid({"file": faults})


def _resolve(by: Actor, at: datetime) -> int:
    """Differences whose missing side has come meanwhile; how many."""
    over = [one for one in Difference.objects.select_for_update().filter(state__in=OPEN) if agrees_now(one)]
    for one in over:
        one.resolve()
        one.ended_at = at
        one.save()
        _record(one, "bank.difference_resolved", by)
    return len(over)


@transaction.atomic
def explain_difference(*, difference_id: UUID, by: Actor, explanation: str) -> Difference:
    """First signature: why they differ and what was done. Whoever explains owns the difference from then on."""
    one = _held(difference_id, by)
    if one.state != DifferenceState.OPEN:
        raise Conflict(_("Selisih ini sudah dijelaskan."))
    if not explanation.strip():
        raise Invalid({"explanation": [_("Tulis sebab selisih dan tindakan yang diambil.")]})
    one.explain()
    one.explanation, one.owner_id = explanation.strip(), by.signing()
    one.save()
    _record(one, "bank.difference_explained", by, {"explanation": digest(one.explanation)})
    return one


@transaction.atomic
def close_difference(*, difference_id: UUID, by: Actor) -> Difference:
    """Second signature, by somebody else: the explanation holds."""
    one = _held(difference_id, by)
    if one.state != DifferenceState.EXPLAINED:
        raise Conflict(_("Selisih ini belum dijelaskan atau sudah selesai."))
    if by.is_also(one.owner_id):
        raise Refused(_("Tanda tangan kedua harus dari orang lain."))
    one.close()
    one.closed_by_id, one.ended_at = by.signing(), clock.now()
    one.save()
    _record(one, "bank.difference_closed", by)
    return one


def _held(difference_id: UUID, by: Actor) -> Difference:
    """The locked difference, if this person may settle it, and it is not about her own money."""
    permissions.require(permissions.may_tie_out(by))
    rows = Difference.objects.select_for_update(of=("self",)).select_related("payment__bill__charge__case")
    one = rows.filter(pk=difference_id).first()
    if one is None:
        raise Missing
    if one.payment:
        permissions.require(permissions.may_tie_out(by, one.payment.bill.charge.case))
    return one


def _record(one: Difference, kind: str, by: Actor, more: Facts | None = None) -> None:
    facts = {"kind": one.kind, "day": one.day.isoformat(), **(more or {})}
    trail.record(subject_kind="bank_difference", subject_id=one.pk, kind=kind, by=by, data=facts)

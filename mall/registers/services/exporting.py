"""A file with many people: one asks, another allows, and it is given out once. It is kept nowhere."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Refused
from mall.registers import queries, writing
from mall.registers.access import opened
from mall.registers.choices import ExportState, Way
from mall.registers.looking import PIECE, looks_at, reason_fault, rows_of, tell, viewing_for
from mall.registers.models import Export
from workflows.actors import Actor
from workflows.trail.chain import Facts
from workflows.trail.services import record

HOLDS_FOR = timedelta(hours=24)
"""Until when a wish is allowed and taken; then it is asked anew."""
OPEN = (ExportState.ASKED, ExportState.APPROVED)


@dataclass(frozen=True, slots=True)
class Taken:
    """What is given out, once."""

    export: Export
    content: bytes


@transaction.atomic
def ask(*, viewing_id: UUID, by: Actor, whole_nik: bool = False) -> Export:
    """Ask for the people of a stated purpose as a file. Another registrar of the same agency answers."""
    viewing = viewing_for(by, viewing_id)
    now = clock.now()
    made = Export(
        register=viewing.register,
        agency=viewing.agency,
        purpose=viewing.purpose,
        reason=viewing.reason,
        region=viewing.region,
        programme=viewing.programme,
        whole_nik=whole_nik,
        asked_by=by.signing(),
        asked_human=_human(by),
        asked_at=now,
        expires_at=now + HOLDS_FOR,
    )
    with opened():
        made.save(force_insert=True)
    _tell("register.export_asked", made, by)
    return made


@transaction.atomic
def approve(*, export_id: UUID, by: Actor) -> Export:
    """Allow it: another person than who asked, by whatever log-in. PostgreSQL refuses it too.

    Raises:
        Refused: it is her own wish.
        Conflict: it was answered already, or is too old.
    """
    return _decide(export_id, by, ExportState.APPROVED)


@transaction.atomic
def refuse(*, export_id: UUID, by: Actor, reason: str) -> Export:
    """Say why not; as `approve`."""
    queries.export_for(by, export_id)
    if wrong := reason_fault(reason):
        raise Invalid({"reason": [wrong]})
    return _decide(export_id, by, ExportState.REFUSED, reason.strip())


def _decide(export_id: UUID, by: Actor, state: ExportState, refusal: str = "") -> Export:
    queries.export_for(by, export_id)
    with opened():
        export = _locked(export_id)
        if by.is_also(export.asked_by) or _human(by) == export.asked_human:
            raise Refused(_("Permintaan Anda sendiri diputuskan rekan Anda."))
        _still(export, ExportState.ASKED)
        export.state, export.refusal = state, refusal
        export.decided_by, export.decided_human, export.decided_at = by.signing(), _human(by), clock.now()
        export.save(update_fields=["state", "refusal", "decided_by", "decided_human", "decided_at"])
    _tell(f"register.export_{state}", export, by)
    return export


@transaction.atomic
def take(*, export_id: UUID, by: Actor) -> Taken:
    """Make the file and give it out, to her who asked and once; everybody in it reads that she did.

    Raises:
        Refused: somebody else asked for it.
        Conflict: nobody has allowed it, it was taken already, or is too old.
    """
    people = writing.People.behind(queries.export_for(by, export_id))
    with opened():
        export = _locked(export_id)
        if export.asked_by != by.user_id:
            raise Refused(_("Berkas ini diunduh oleh yang memintanya."))
        _still(export, ExportState.APPROVED)
        rows = list(rows_of(export).order_by("region", "id").iterator(chunk_size=PIECE))
        now = clock.now()
        content = writing.written(export, rows, people, now)
        looks = looks_at(export, rows, Way.EXPORT, by)
        export.state, export.taken_at, export.rows = ExportState.TAKEN, now, len(rows)
        export.digest = hashlib.sha256(content).hexdigest()
        export.save(update_fields=["state", "taken_at", "rows", "digest"])
    _tell("register.export_taken", export, by, rows=len(rows), sha256=export.digest)
    if looks:
        tell(export.pk, looks, by)
    return Taken(export, content)


def expire_due() -> int:
    """End what nobody allowed or took in time; how many."""
    with opened():
        due = Export.objects.select_for_update(skip_locked=True).filter(state__in=OPEN, expires_at__lte=clock.now())
        ended = list(due)
        for export in ended:
            export.state = ExportState.EXPIRED
            export.save(update_fields=["state"])
    for export in ended:
        _tell("register.export_expired", export, Actor.system("registers"))
    return len(ended)


def _human(by: Actor) -> UUID:
    return by.human or by.signing()


def _locked(export_id: UUID) -> Export:
    return Export.objects.select_for_update().get(pk=export_id)


def _still(export: Export, wanted: ExportState) -> None:
    if export.state != wanted or export.expires_at <= clock.now():
        state = ExportState.EXPIRED if export.state in OPEN and export.expires_at <= clock.now() else export.state
        raise Conflict(_("Permintaan ini berstatus “%(state)s”.") % {"state": ExportState(state).label})


def _tell(kind: str, export: Export, by: Actor, **more: object) -> None:
    data: Facts = {"register": export.register, "agency": export.agency, "purpose": export.purpose, **more}
    record(subject_kind="register_export", subject_id=export.pk, kind=kind, by=by, data=data)

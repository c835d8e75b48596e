"""Bringing in a file: check, look, put in force or throw away. Nothing is half imported."""

import hashlib
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid
from mall.importing.checking import Form, checked
from mall.registers.access import opened
from mall.registers.choices import BatchState, Register
from mall.registers.kinds import KINDS, kind_of
from mall.registers.models import Batch, Entry
from mall.registers.permissions import keeps, may_keep
from mall.registers.queries import batch_for, rows_in
from mall.registers.sealing import REGISTRY, nik_hash
from mall.registers.twins import warnings_of
from workflows.actors import Actor
from workflows.permissions import require
from workflows.trail.services import record

PIECE = 2000
"""Rows that a statement writes."""
FIRST_YEAR = 2000


@transaction.atomic
def upload(
    *, register: str, content: bytes, period: str, next_due: date, by: Actor, agency: str = "", sample: bool = False
) -> Batch:
    """Check a file and keep it, sealed, for a look. A NIK that other programmes know already is a warning (S04).

    Raises:
        Invalid: what is wrong with the file, line by line, or with what is said of it; nothing is kept.
    """
    told = kind_of(register)
    require(may_keep(by, told, agency))
    owner = agency or keeps(by, told)[0]
    _check(period, next_due)
    rows = checked(told.form(period), content)
    with opened():
        batch = Batch.objects.create(
            register=told.register,
            period=period,
            agency=owner,
            next_due=next_due,
            sample=sample,
            digest=hashlib.sha256(content).hexdigest(),
            lines=len(rows),
            warnings=warnings_of(told, rows, period, owner),
            content=REGISTRY.seal_bytes(content),
            uploaded_by=by.signing(),
            uploaded_at=clock.now(),
        )
    _tell("register.uploaded", batch, by)
    return batch


def _check(period: str, next_due: date) -> None:
    faults: dict[str, list[str]] = {}
    today = clock.today()
    if not (period.isascii() and period.isdigit() and FIRST_YEAR <= int(period) <= today.year + 1):
        faults["period"] = [_("Tulis tahun seperti 2026, paling jauh tahun depan.")]
    if next_due <= today:
        faults["next_due"] = [_("Tanggal berikutnya harus sesudah hari ini.")]
    if faults:
        raise Invalid(faults)


@transaction.atomic
def put_in_force(*, batch_id: UUID, by: Actor) -> Batch:
    """Make it the valid one of its register, period and agency; the one before is replaced, and kept for a while.

    Raises:
        Conflict: it is in force or was thrown away already.
    """
    form = _form_of(batch_id, by)
    now = clock.now()
    with opened():
        batch = _waiting(batch_id)
        rows = rows_in(batch, form)
        same = Batch.objects.select_for_update().filter(
            register=batch.register, period=batch.period, agency=batch.agency, state=BatchState.CURRENT
        )
        for former in same:
            former.state, former.destroy_on = BatchState.REPLACED, _destroy_on()
            former.save(update_fields=["state", "destroy_on"])
        batch.state, batch.content, batch.in_force_at = BatchState.CURRENT, None, now
        batch.save(update_fields=["state", "content", "in_force_at"])
        told = KINDS[Register(batch.register)]
        entries = (Entry(batch=batch, nik_hash=nik_hash(row["nik"]), added_at=now, **told.entry(row)) for row in rows)
        Entry.objects.bulk_create(entries, batch_size=PIECE)
    _tell("register.in_force", batch, by)
    return batch


@transaction.atomic
def discard(*, batch_id: UUID, by: Actor) -> Batch:
    """Throw a file away that was never in force."""
    _form_of(batch_id, by)
    with opened():
        batch = _waiting(batch_id)
        batch.state, batch.content, batch.destroy_on = BatchState.DISCARDED, None, clock.today()
        batch.save(update_fields=["state", "content", "destroy_on"])
    _tell("register.discarded", batch, by)
    return batch


def _form_of(batch_id: UUID, by: Actor) -> Form:
    """Ask whether she may, and read the codes that its file names."""
    batch = batch_for(by, batch_id)
    return KINDS[Register(batch.register)].form(batch.period)


def _waiting(batch_id: UUID) -> Batch:
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    if batch.state != BatchState.PREVIEWED:
        raise Conflict(_("Berkas ini sudah diberlakukan atau dibuang."))
    return batch


def _destroy_on() -> date:
    return clock.today() + timedelta(days=settings.MALL_REGISTRY_DAYS)


def _tell(kind: str, batch: Batch, by: Actor) -> None:
    data = {"register": batch.register, "period": batch.period, "agency": batch.agency, "sha256": batch.digest}
    record(subject_kind="register_batch", subject_id=batch.pk, kind=kind, by=by, data=data)

"""The only writers of batches: upload and check, publish, throw away."""

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from mall.importing.checking import Row, checked, first
from mall.regency import published
from mall.regency.kinds import KINDS, PROTECTED, Told
from mall.regency.models import Batch, BatchLine, BatchState, KipClass
from mall.regency.permissions import may_import
from mall.regency.queries import overlapping
from mall.releases.periods import Period
from workflows.actors import Actor
from workflows.permissions import require
from workflows.trail.services import record

PIECE = 2000
"""Lines a statement writes."""


@dataclass(frozen=True, slots=True)
class About:
    """What the uploader says of a file."""

    period: str
    owner: str
    source: str
    cut_off: date
    next_due: date
    version: str = ""
    licence: str = "CC BY 4.0"
    kip_class: str = KipClass.PERIODIC
    sample: bool = False


@transaction.atomic
def upload(*, kind: str, content: bytes, about: About, by: Actor) -> Batch:
    """Check a file and keep it for a look; nothing of it is public yet.

    Raises:
        Invalid: what is wrong with the file, line by line, or with what is said of it; nothing is kept.
    """
    require(may_import(by))
    told = kind_of(kind)
    _check(told, about)
    rows = checked(told.form(about.version), content)
    batch = Batch.objects.create(
        kind=kind,
        period=about.period,
        version=about.version,
        owner=about.owner,
        source=about.source,
        cut_off=about.cut_off,
        next_due=about.next_due,
        licence=about.licence,
        kip_class=about.kip_class,
        sample=about.sample,
        digest=hashlib.sha256(content).hexdigest(),
        lines=len(rows),
        content=content,
        uploaded_by_id=by.user_id,
        uploaded_at=clock.now(),
    )
    _tell("batch.uploaded", batch, by)
    return batch


def kind_of(slug: str) -> Told:
    """The kind of that name; `Missing` when there is none."""
    if slug not in KINDS:
        raise Missing
    return KINDS[slug]


def _check(told: Told, about: About) -> None:
    faults: dict[str, list[str]] = {}
    try:
        period = Period.parse(about.period)
    except Missing:
        faults["period"] = [_("Tulis seperti 2026, 2026-S1, atau 2026-09.")]
    else:
        if about.cut_off < period.first:
            faults["cut_off"] = [_("Tanggal batas tidak boleh sebelum periode dimulai.")]
        if told.kind in PROTECTED and (other := overlapping(told.kind, period)):
            sentence = _("Periode ini bertumpuk dengan %(other)s yang sudah terbit; selisihnya membuka angka kecil.")
            faults["period"] = [sentence % {"other": other}]
    if about.next_due <= about.cut_off:
        faults["next_due"] = [_("Tanggal berikutnya harus sesudah tanggal batas.")]
    versions = [value for value, _label in told.versions]
    if about.version not in (versions or [""]):
        faults["version"] = [_("Pilih versi.")]
    if faults:
        raise Invalid(faults)


@transaction.atomic
def publish(*, batch_id: UUID, by: Actor) -> Batch:
    """Make a batch the valid one of its period; the one before is replaced, and kept.

    Raises:
        Conflict: it was published or thrown away already.
    """
    require(may_import(by))
    batch = _waiting(batch_id)
    told = KINDS[batch.kind]
    lines = told.lines(rows_of(batch))
    Batch.objects.filter(
        kind=batch.kind, period=batch.period, version=batch.version, state=BatchState.PUBLISHED
    ).update(state=BatchState.REPLACED)
    batch.state, batch.content = BatchState.PUBLISHED, None
    batch.published_by_id, batch.published_at = by.user_id, clock.now()
    batch.save()
    for line in lines:
        line.batch = batch
    table: QuerySet[BatchLine] = QuerySet(told.table)
    table.bulk_create(lines, batch_size=PIECE)
    _tell("batch.published", batch, by)
    published.release(batch, by)
    return batch


def rows_of(batch: Batch) -> list[Row]:
    """The rows of a batch that waits for a look, read again from its file."""
    assert batch.content is not None
    return checked(KINDS[batch.kind].form(batch.version), bytes(batch.content))


def first_rows_of(batch: Batch, most: int) -> list[Row]:
    """What a steward looks at before publishing: the beginning of a file that was checked when it came."""
    assert batch.content is not None
    return first(KINDS[batch.kind].form(batch.version), bytes(batch.content), most)


@transaction.atomic
def discard(*, batch_id: UUID, by: Actor) -> Batch:
    """Throw a batch away that was never published."""
    require(may_import(by))
    batch = _waiting(batch_id)
    batch.state, batch.content = BatchState.DISCARDED, None
    batch.save()
    _tell("batch.discarded", batch, by)
    return batch


def _waiting(batch_id: UUID) -> Batch:
    batch = Batch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise Missing
    if batch.state != BatchState.PREVIEWED:
        raise Conflict(_("Berkas ini sudah diterbitkan atau dibuang."))
    return batch


def _tell(kind: str, batch: Batch, by: Actor) -> None:
    data = {"kind": batch.kind, "period": batch.period, "version": batch.version, "sha256": batch.digest}
    record(subject_kind="batch", subject_id=batch.pk, kind=kind, by=by, data=data)

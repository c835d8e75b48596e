"""Readers of the registers; each opens the schema for its own statements and gives rows, never a lazy query."""

from uuid import UUID

from django.db.models import Q

from agencies.errors import Missing
from mall.importing.checking import Form, Row, checked, first
from mall.registers.access import opened
from mall.registers.choices import BatchState, CorrectionState, Register
from mall.registers.kinds import KINDS
from mall.registers.looking import rows_of as rows_covered
from mall.registers.models import Batch, Correction, Export
from mall.registers.permissions import keeps, may_keep, may_keep_any
from mall.registers.sealing import REGISTRY
from workflows.actors import Actor
from workflows.paging import Page, page
from workflows.permissions import require, require_seen

MOST = 100


def batch_for(by: Actor, batch_id: UUID) -> Batch:
    """A batch of an agency for which she keeps the register, else `Missing`. One query."""
    require(may_keep_any(by))
    with opened():
        found = Batch.objects.defer("content").filter(pk=batch_id).first()
    if found is None:
        raise Missing
    require_seen(may_keep(by, KINDS[Register(found.register)], found.agency))
    return found


def first_rows_of(batch: Batch, most: int) -> list[Row]:
    """The beginning of a batch that waits, read again from its sealed file. Two queries."""
    form = KINDS[Register(batch.register)].form(batch.period)
    with opened():
        assert batch.content is not None
        return first(form, REGISTRY.unseal_bytes(bytes(batch.content)), most)


def rows_in(batch: Batch, form: Form) -> list[Row]:
    """All its rows, with the schema opened by the caller."""
    assert batch.content is not None
    return checked(form, REGISTRY.unseal_bytes(bytes(batch.content)))


def batches(by: Actor) -> list[Batch]:
    """The latest files of the registers that she keeps, newest first. One query."""
    with opened():
        found = list(Batch.objects.defer("content").filter(agency__in=_agencies(by)).order_by("-uploaded_at")[:MOST])
    return [one for one in found if may_keep(by, KINDS[Register(one.register)], one.agency)]


def valid(by: Actor) -> list[Batch]:
    """What is in force of the registers that she keeps. One query."""
    with opened():
        found = list(
            Batch.objects.defer("content")
            .filter(agency__in=_agencies(by), state=BatchState.CURRENT)
            .order_by("register", "agency", "-period")
        )
    return [one for one in found if may_keep(by, KINDS[Register(one.register)], one.agency)]


def _agencies(by: Actor) -> set[str]:
    return {agency for told in KINDS.values() for agency in keeps(by, told)}


def export_for(by: Actor, export_id: UUID) -> Export:
    """A wish for a file of an agency for which she keeps the register, else `Missing`. One query."""
    require(may_keep_any(by))
    with opened():
        found = Export.objects.filter(pk=export_id).first()
    if found is None:
        raise Missing
    require_seen(may_keep(by, KINDS[Register(found.register)], found.agency))
    return found


def exports(by: Actor, *, cursor: str = "") -> Page[Export]:
    """The wishes for files of the registers that she keeps, newest first. One query."""
    require(may_keep_any(by))
    with opened():
        return page(Export.objects.filter(_kept(by)), order=("-asked_at", "id"), cursor=cursor)


def people_in(export: Export) -> int:
    """How many people the file would hold now. One query."""
    with opened():
        return rows_covered(export).count()


def corrections(by: Actor, *, cursor: str = "", done: bool = False) -> Page[Correction]:
    """What people ask of the registers that she keeps: what waits, by due date, or what is answered. One query."""
    require(may_keep_any(by))
    rows = Correction.objects.filter(_kept(by))
    rows = rows.exclude(state=CorrectionState.FILED) if done else rows.filter(state=CorrectionState.FILED)
    with opened():
        return page(rows, order=("-due_at", "id") if done else ("due_at", "id"), cursor=cursor)


def _kept(by: Actor) -> Q:
    """Rows of the registers that she keeps."""
    kept = Q(pk=None)
    for told in KINDS.values():
        kept |= Q(register=told.register, agency__in=keeps(by, told))
    return kept

"""Readers of the reports. Nothing here writes."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies.errors import Missing
from documents.vault.models import EvidenceFile
from mall.voice.levies import keys
from mall.voice.levies.models import LevyNote, LevyRecusal, LevyReport
from mall.voice.levies.permissions import indexes_of, may_inspect, may_read
from workflows.actors import Actor
from workflows.paging import Page, page
from workflows.permissions import require, require_seen


def readable(actor: Actor) -> QuerySet[LevyReport]:
    """The reports that exist for this inspector. `Refused` for anybody else."""
    require(may_inspect(actor))
    aside = LevyRecusal.objects.filter(report=OuterRef("pk"), user_id=actor.signing())
    rows = LevyReport.objects.filter(~Exists(aside)).exclude(office_index__in=indexes_of(actor))
    if actor.person_id:
        rows = rows.filter(Q(person=None) | ~Q(person_id=actor.person_id))
    return rows.select_related("taken_by")


def open_reports(actor: Actor, *, cursor: str = "") -> Page[LevyReport]:
    """What waits, oldest first. One query."""
    return page(readable(actor).filter(closed_at=None), order=("filed_at", "id"), cursor=cursor)


def closed_reports(actor: Actor, *, cursor: str = "") -> Page[LevyReport]:
    """What is done, newest first. One query."""
    return page(readable(actor).filter(closed_at__isnull=False), order=("-closed_at", "id"), cursor=cursor)


def report_for(actor: Actor, report_id: UUID) -> LevyReport:
    """One report for an inspector who may read it, else `Missing`. Two queries."""
    require(may_inspect(actor))
    found = LevyReport.objects.select_related("taken_by", "person").filter(pk=report_id).first()
    if found is None:
        raise Missing
    require_seen(may_read(actor, found))
    return found


def evidence_for(actor: Actor, report_id: UUID, file_id: UUID) -> EvidenceFile:
    """A file of a report for an inspector who may read it, else `Missing`. Three queries."""
    report = report_for(actor, report_id)
    found = EvidenceFile.objects.filter(pk=file_id, pk__in=report.evidence.values("file_id")).first()
    if found is None:
        raise Missing
    return found


def files_of(report: LevyReport) -> list[EvidenceFile]:
    """The evidence, in order of arrival. One query."""
    return list(EvidenceFile.objects.filter(pk__in=report.evidence.values("file_id")).order_by("stored_at", "id"))


def notes_of(report: LevyReport) -> list[LevyNote]:
    """What was written, oldest first. One query."""
    return list(report.notes.order_by("at", "id"))


def by_link(link: str) -> LevyReport:
    """The report of a reporter's link, else `Missing`. At most one query."""
    report_id = keys.read_link(link)
    found = LevyReport.objects.filter(pk=report_id).first() if report_id else None
    if found is None:
        raise Missing
    return found


def by_code(code: str, word: str) -> LevyReport | None:
    """The report of a typed code and word; one query and one comparison, whatever is wrong."""
    found = LevyReport.objects.filter(code=code).first()
    return found if keys.is_word_of(found.pk if found else None, word) else None

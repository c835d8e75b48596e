"""Readers of the complaints. Nothing here writes."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from agencies.choices import Role
from agencies.errors import Missing
from agencies.models import Agency
from agencies.queries import active_agencies, held_today
from documents.vault.models import EvidenceFile
from mall.voice.complaints import keys
from mall.voice.complaints.models import Complaint, ComplaintNote
from mall.voice.complaints.permissions import may_listen, tied, within_reach
from workflows.actors import Actor
from workflows.paging import Page, page
from workflows.permissions import require


def readable(actor: Actor) -> QuerySet[Complaint]:
    """The complaints that exist for this handler. `Refused` for anybody else."""
    require(may_listen(actor))
    return Complaint.objects.filter(within_reach(actor)).exclude(tied(actor))


def open_complaints(actor: Actor, *, cursor: str = "") -> Page[Complaint]:
    """What is not ended, the first due first. One query."""
    rows = readable(actor).filter(closed_at=None).select_related("agency", "handler")
    return page(rows, order=("due_at", "id"), cursor=cursor)


def ended_complaints(actor: Actor, *, cursor: str = "") -> Page[Complaint]:
    """What has ended, newest first. One query."""
    rows = readable(actor).filter(closed_at__isnull=False).select_related("agency", "handler")
    return page(rows, order=("-closed_at", "id"), cursor=cursor)


def complaint_for(actor: Actor, complaint_id: UUID) -> Complaint:
    """One complaint for a handler who may read it, else `Missing`. One query."""
    rows = readable(actor).select_related("agency", "handler", "person", "case__service")
    found = rows.filter(pk=complaint_id).first()
    if found is None:
        raise Missing
    return found


def evidence_for(actor: Actor, complaint_id: UUID, file_id: UUID) -> EvidenceFile:
    """A file of a complaint for a handler who may read it, else `Missing`. Two queries."""
    complaint = complaint_for(actor, complaint_id)
    found = EvidenceFile.objects.filter(pk=file_id, pk__in=complaint.evidence.values("file_id")).first()
    if found is None:
        raise Missing
    return found


def files_of(complaint: Complaint) -> list[EvidenceFile]:
    """The evidence, in order of arrival. One query."""
    return list(EvidenceFile.objects.filter(pk__in=complaint.evidence.values("file_id")).order_by("stored_at", "id"))


def notes_of(complaint: Complaint, *, inside: bool) -> list[ComplaintNote]:
    """What was written, oldest first; `inside` with what only handlers read. One query."""
    rows = complaint.notes.select_related("by").order_by("at", "id")
    return list(rows if inside else rows.exclude(kind__in=ComplaintNote.INSIDE))


def by_link(link: str) -> Complaint:
    """The complaint of a reporter's link, else `Missing`. At most one query."""
    complaint_id = keys.read_link(link)
    rows = Complaint.objects.select_related("agency", "handler")
    found = rows.filter(pk=complaint_id).first() if complaint_id else None
    if found is None:
        raise Missing
    return found


def by_code(code: str, word: str) -> Complaint | None:
    """The complaint of a typed code and word; one query and one comparison, whatever is wrong."""
    found = Complaint.objects.filter(code=code).first()
    return found if keys.is_word_of(found.pk if found else None, word) else None


def has_handler(agency: str) -> bool | None:
    """Does somebody handle complaints there? None where it is no agency of the mall. One query."""
    held = held_today().filter(agency=OuterRef("pk"), role=Role.COMPLAINTS, user__is_active=True)
    return active_agencies().filter(pk=agency).annotate(heard=Exists(held)).values_list("heard", flat=True).first()


def filed_between(first: date, last: date) -> QuerySet[Complaint]:
    """Complaints that came on these days, in order."""
    return Complaint.objects.filter(filed_at__date__range=(first, last)).order_by("filed_at", "id")


def agencies_to_choose() -> list[Agency]:
    """The agencies that one may complain about. One query."""
    return list(active_agencies())

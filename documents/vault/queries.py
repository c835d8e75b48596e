"""Reading the vault: what may be used again, and who may read a file. Nothing here writes."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies import clock
from agencies.errors import Conflict, Missing
from documents import blobs
from documents.vault.models import EvidenceFile, Scan, StoredFile
from workflows.actors import Actor
from workflows.cases.models import Attachment, Case
from workflows.cases.queries import visible_to
from workflows.cases.visits import InspectionPhoto

NOT_CLEAR_YET = _("Berkas ini belum dinyatakan bebas virus dan belum dapat dibuka. Coba beberapa saat lagi.")


def reusable(person_id: UUID, document_type: str = "") -> list[StoredFile]:
    """The person's papers that may be handed in again, newest first; of one type, or of all. One query."""
    rows = StoredFile.objects.filter(owner_id=person_id).exclude(scan=Scan.INFECTED)
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=clock.today()))
    if document_type:
        rows = rows.filter(document_type=document_type)
    return list(rows.order_by("-stored_at", "-id"))


def own_file(person_id: UUID, file_id: UUID) -> StoredFile:
    """A file of this person's vault, or `Missing`. One query."""
    found = StoredFile.objects.filter(pk=file_id, owner_id=person_id).first()
    if found is None:
        raise Missing
    return found


def file_for(actor: Actor, file_id: UUID) -> tuple[StoredFile, Case | None]:
    """The file, if this actor may read it; with the case that lets a stranger to the vault in.

    The owner may always read it; others when they may open a case of the owner's, or of her organisation's, that it was
    handed in for. A case of somebody else does not count: nobody reads a foreign file by attaching it to her own.
    Raises `Missing`, or `Conflict` while a scanner has not answered for it. Two queries.
    """
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is None:
        raise Missing
    if actor.person_id == stored.owner_id:
        return stored, None
    attached = Attachment.objects.filter(file_id=file_id).values("case_id")
    whose = Q(applicant_id=stored.owner_id) | Q(organisation__members__person_id=stored.owner_id)
    case = visible_to(actor).filter(whose, pk__in=attached).order_by("-created_at").first()
    if case is None:
        raise Missing
    return _unblocked(stored), case


def paper_of(case: Case, attachment_id: UUID) -> tuple[StoredFile, Attachment]:
    """A paper that was handed in for this very case, for a reader who has been let in to the case on other grounds.

    Raises `Missing`, or `Conflict` while a scanner has not answered for it. Two queries.
    """
    attachment = Attachment.objects.filter(pk=attachment_id, case=case).first()
    whose = Q(owner_id=case.applicant_id) | Q(owner__organisation_links__organisation_id=case.organisation_id)
    stored = StoredFile.objects.filter(whose, pk=attachment.file_id).first() if attachment else None
    if attachment is None or stored is None:
        raise Missing
    return _unblocked(stored), attachment


def _unblocked(stored: StoredFile) -> StoredFile:
    if stored.blocked:
        raise Conflict(NOT_CLEAR_YET)
    return stored


def photo_of(photo: InspectionPhoto) -> EvidenceFile:
    """The file of a photo. Ask about the case first. Raises `Missing`, or `Conflict` while a scanner has not answered.

    One query.
    """
    found = EvidenceFile.objects.filter(pk=photo.file_id).first()
    if found is None:
        raise Missing
    if found.blocked:
        raise Conflict(NOT_CLEAR_YET)
    return found


def files_of(file_ids: list[UUID]) -> dict[UUID, StoredFile]:
    """What is known of these files, by id, for a list of attachments. One query. Ask about the case first."""
    return StoredFile.objects.in_bulk(file_ids)


def content_of(stored: StoredFile | EvidenceFile) -> bytes:
    """The bytes. Raises `blobs.LostFile` when they are gone or changed."""
    return blobs.read(stored.sha256)

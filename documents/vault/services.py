"""The only writers of the vault: taking a paper in, handing it in for a case, cleaning up."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Invalid, Missing, Refused
from agencies.models import Person, Role
from documents import blobs
from documents.vault import checks, scanner
from documents.vault.kinds import MOST_BYTES, PICTURES, by_mime
from documents.vault.models import EvidenceFile, Scan, StoredFile
from documents.vault.washing.parent import Washed
from workflows.actors import Actor, ActorKind
from workflows.cases import services as cases
from workflows.cases.models import Attachment, Case
from workflows.cases.visits import Inspection, Photo
from workflows.definition.model import Requirement
from workflows.permissions import is_own


def read_upload(upload: "File[bytes]") -> bytes:
    """The bytes of an uploaded file; `Invalid` under `file` when it is too large, before it is read."""
    checks.check_size(upload.size or 0)
    content: bytes = upload.read(MOST_BYTES + 1)
    return content


def store(*, owner_id: UUID, by: Actor, name: str, content: bytes, document_type: str) -> StoredFile:
    """Take a paper into the owner's vault. The same bytes again give the same file.

    `name` is looked at, never kept. Raises `Invalid` with one sentence under `file` for a file that we
    do not take, `Refused` when the actor may not store for this person, `Missing` for an unknown owner.
    """
    _require_may_store(by, owner_id)
    owner = Person.objects.filter(pk=owner_id).only("pk", "lane").first()
    if owner is None:
        raise Missing
    kind = checks.check_outside(name, content)
    received = blobs.digest(content)
    known = {"owner_id": owner.pk, "document_type": document_type, "received_sha256": received}
    if found := StoredFile.objects.filter(**known).first():
        return found
    scan = _scanned(content)
    washed = checks.washed(content, kind)
    facts = _Facts(kind.mime, scan, by.user_id, owner.lane)
    return _keep(known, washed, facts)


def _scanned(content: bytes) -> Scan:
    """What the scanner says, unless it is that nobody may have these bytes."""
    scan = scanner.scan(content)
    if scan is Scan.INFECTED:
        raise Invalid({"file": [_("Berkas ini mengandung virus dan tidak dapat diterima.")]})
    return scan


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that passed every check and is not kept yet."""

    mime: str
    scan: Scan
    washed: Washed


def checked(name: str, content: bytes) -> Checked:
    """Look at a file and write it anew; keeps nothing. `Invalid` under `file` for one that we do not take."""
    kind = checks.check_outside(name, content)
    return Checked(kind.mime, _scanned(content), checks.washed(content, kind))


def checked_photo(name: str, content: bytes) -> Checked:
    """The same for a photo: no other kind will do, and where it was taken is noted before it is taken out."""
    kind = checks.check_outside(name, content, PICTURES)
    return Checked(kind.mime, _scanned(content), checks.washed(content, kind, place=True))


@transaction.atomic
def keep_evidence(files: Collection[Checked]) -> list[EvidenceFile]:
    """Keep checked files that belong to nobody; the caller says in this transaction what they belong to."""
    blobs.hold()
    at = clock.now()
    return EvidenceFile.objects.bulk_create(
        EvidenceFile(
            sha256=blobs.write(file.washed.content),
            size=len(file.washed.content),
            mime=file.mime,
            pages=file.washed.pages,
            scan=file.scan,
            stored_at=at,
        )
        for file in files
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a file besides its bytes."""

    mime: str
    scan: Scan
    stored_by_id: UUID | None
    lane: str


@transaction.atomic
def _keep(known: dict[str, object], washed: Washed, facts: _Facts) -> StoredFile:
    """First the file, then the row."""
    blobs.hold()
    sha256 = blobs.write(washed.content)
    stored, _new = StoredFile.objects.get_or_create(
        **known,
        defaults={
            "sha256": sha256,
            "size": len(washed.content),
            "pages": washed.pages,
            "mime": facts.mime,
            "scan": facts.scan,
            "stored_by_id": facts.stored_by_id,
            "lane": facts.lane,
            "stored_at": clock.now(),
        },
    )
    return stored


def _require_may_store(by: Actor, owner_id: UUID) -> None:
    """For oneself, or as staff at a counter for the person in front of it."""
    own = by.person_id == owner_id or by.kind is ActorKind.SYSTEM
    if not own and not by.agencies(Role.CLERK, Role.OFFICER):
        raise Refused(_("Anda hanya dapat menyimpan berkas milik Anda sendiri."))


def hand_in(*, case_id: UUID, by: Actor, requirement: str, file_id: UUID) -> Attachment:
    """Hand a paper of the vault in for one requirement of a case.

    A clerk with a mandate hands in what is the applicant's; whoever applies, for herself or with colleagues,
    what is her own. Raises `Missing` for any other file, `Invalid` when the requirement wants another kind
    of file, and whatever `workflows.cases.services.attach` raises.
    """
    case = Case.objects.select_related("service_version").filter(pk=case_id).first()
    if case is None:
        raise Missing
    owner = by.person_id if is_own(by, case) else case.applicant_id
    stored = StoredFile.objects.filter(pk=file_id, owner_id=owner).exclude(scan=Scan.INFECTED).first()
    wanted = next((one for one in case.definition.requirements if one.code == requirement), None)
    if stored is None or wanted is None:
        raise Missing
    _require_format(stored, wanted)
    return cases.attach(case_id=case_id, by=by, requirement=requirement, file_id=stored.pk)


def _require_format(stored: StoredFile, wanted: Requirement) -> None:
    if by_mime(stored.mime).name not in wanted.formats:
        sentence = _("Persyaratan ini meminta berkas %(formats)s.") % {"formats": ", ".join(wanted.formats).upper()}
        raise Invalid({"file": [sentence]})


@transaction.atomic
def report_visit(*, inspection_id: UUID, by: Actor, photos: Collection[Checked] = (), **said: Any) -> Inspection:
    """Report a visit with its photos, which are kept if the report is.

    `said` and errors as of `workflows.cases.services.report_inspection`.
    """
    files = zip(keep_evidence(photos), photos, strict=True) if photos else ()
    shown = [Photo(kept.pk, photo.washed.place) for kept, photo in files]
    return cases.report_inspection(inspection_id=inspection_id, by=by, photos=shown, **said)


def scan_waiting(*, most: int = 50) -> int:
    """Ask the scanner again about files that it did not answer for; the number that it answered for now.

    It sees the file as it is kept; what was only in the bytes that arrived is gone already.
    """
    return _scan_waiting(StoredFile, most) + _scan_waiting(EvidenceFile, most)


def _scan_waiting(kind: type[StoredFile] | type[EvidenceFile], most: int) -> int:
    answered = 0
    for stored in kind.objects.filter(scan=Scan.WAITING).order_by("stored_at")[:most]:
        said = scanner.scan(blobs.read(stored.sha256))
        if said is Scan.WAITING:
            break
        answered += kind.objects.filter(pk=stored.pk, scan=Scan.WAITING).update(scan=said)
    return answered

"""Reading permits and their documents: for the page that verifies, and for those who may download."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import clock
from agencies.errors import Conflict, Missing
from agencies.models import Lane, Role
from documents import blobs
from documents.permits.models import DocumentState, PermitDocument
from documents.permits.wording import masked_name
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.cases.queries import visible_to
from workflows.definition.model import ProductKind
from workflows.permits.models import Permit, PermitStatus


class Standing(StrEnum):
    """What a permit is worth on a day."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


WORDS: dict[Standing, Promise] = {
    Standing.VALID: gettext_lazy("Berlaku"),
    Standing.NOT_YET: gettext_lazy("Belum terbit"),
    Standing.EXPIRED: gettext_lazy("Habis masa berlaku"),
    Standing.SUPERSEDED: gettext_lazy("Digantikan"),
    Standing.SUSPENDED: gettext_lazy("Dibekukan"),
    Standing.REVOKED: gettext_lazy("Dicabut"),
}
_BY_STATUS = {
    PermitStatus.REVOKED: Standing.REVOKED,
    PermitStatus.SUPERSEDED: Standing.SUPERSEDED,
    PermitStatus.SUSPENDED: Standing.SUSPENDED,
    PermitStatus.EXPIRED: Standing.EXPIRED,
}


def standing(permit: Permit, on: date | None = None) -> Standing:
    """What the permit is worth on that day (today); a duplicate as much as its original. No query, one for that."""
    if permit.issued_at is None:
        return Standing.NOT_YET
    if permit.copy_of:
        return standing(permit.copy_of, on)
    if found := _BY_STATUS.get(PermitStatus(permit.status)):
        return found
    if permit.valid_until and permit.valid_until < (on or clock.today()):
        return Standing.EXPIRED
    return Standing.VALID


@dataclass(frozen=True, slots=True)
class PublicPermit:
    """What anybody may know of a permit whose code she has. No NIK, no address, no answers."""

    standing: Standing
    number: str
    product: str
    service: str
    agency: str
    issued_on: date
    valid_until: date | None
    holder: str
    sha256: str
    certified: bool
    recorded_in: str
    """Name of the system that is the authority, where the product is not ours."""
    trial: bool
    """Made by the canary: never a real permit."""
    duplicate: bool = False

    @property
    def only_noted(self) -> bool:
        """Is all we can say that another system gave this number? Whether it holds today is for that system to say."""
        return bool(self.recorded_in) and self.standing is Standing.VALID

    @property
    def words(self) -> str:
        """The standing in words."""
        return _("Tercatat") if self.only_noted else str(WORDS[self.standing])


def plain_code(typed: str) -> str:
    """Large letters without the spaces and dashes that people put between them."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


_ORIGINAL = ("copy_of__case__service_version",)


def public_permit(code: str) -> PublicPermit:
    """The permit with this verification code in any spelling; `Missing` when there is none. One query."""
    permit = (
        Permit.objects.select_related(
            "case__service_version", "case__applicant", "case__organisation", "case__agency", "document", *_ORIGINAL
        )
        .filter(code=plain_code(code))
        .exclude(kind=ProductKind.NONE)
        .first()
    )
    if permit is None:
        raise Missing
    definition = (permit.copy_of or permit).case.definition
    document = getattr(permit, "document", None)
    return PublicPermit(
        standing=standing(permit),
        number=permit.number,
        product=definition.product.name.id,
        service=definition.name.id,
        agency=permit.case.agency.name,
        issued_on=permit.valid_from,
        valid_until=permit.valid_until,
        holder=_holder(permit),
        sha256=permit.sha256,
        certified=bool(document and document.certified),
        recorded_in=_system(permit),
        trial=permit.lane == Lane.CANARY,
        duplicate=permit.copy_of_id is not None,
    )


def _holder(permit: Permit) -> str:
    """A business by its name, a person by the first letters of hers."""
    if permit.case.organisation:
        return permit.case.organisation.name
    return masked_name(permit.frozen.get("holder") or permit.case.applicant.name)


def _system(permit: Permit) -> str:
    if permit.kind != ProductKind.RECORDED:
        return ""
    return permit.case.definition.product.system or permit.case.agency.name


def document_of(permit: Permit) -> PermitDocument | None:
    """The sealed document of a permit, or None while it is being made. One query."""
    return PermitDocument.objects.filter(permit=permit, state=DocumentState.SEALED).first()


def document_for(actor: Actor, case_id: UUID) -> tuple[PermitDocument, Case]:
    """The sealed document of a case, for the applicant, her clerk and the staff that decides.

    Raises `Missing` for everybody else, `Conflict` while it is being made. At most three queries.
    """
    case = visible_to(actor).select_related("service_version", "permit").filter(pk=case_id).first()
    if case is None or not _may_have(actor, case):
        raise Missing
    permit = getattr(case, "permit", None)
    if permit is None or permit.kind != ProductKind.RENDERED:
        raise Missing(_("Permohonan ini belum mempunyai dokumen yang dapat diunduh."))
    document = document_of(permit)
    if document is None:
        raise Conflict(_("Dokumen sedang disiapkan. Coba lagi beberapa saat lagi."))
    return document, case


def _may_have(actor: Actor, case: Case) -> bool:
    staff = (Role.VERIFIER, Role.APPROVER, Role.OFFICER)
    return bool(permissions.may_edit(actor, case)) or permissions.is_deciding_staff(actor, case, *staff)


def content_of(document: PermitDocument) -> bytes:
    """The sealed bytes. Raises `blobs.LostFile` when they are gone or changed."""
    return blobs.read(document.sealed_sha256)


def unfinished() -> list[PermitDocument]:
    """Documents whose last attempt failed, for an administrator. One query."""
    return list(PermitDocument.objects.filter(state=DocumentState.FAILED).order_by("id")[:200])

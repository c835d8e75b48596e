"""Handing out files: always as a download that no browser opens as a page of ours."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from agencies.errors import Conflict
from documents.letters import queries as letters
from documents.permits import queries as permits
from documents.vault import queries as vault
from documents.vault.kinds import by_mime
from documents.vault.models import EvidenceFile
from workflows import looks
from workflows.actors import Actor, ActorKind

NOBODY = Actor(ActorKind.USER)
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


def attachment(content: bytes, *, mime: str, name: str) -> HttpResponse:
    """The bytes as a download. `name` holds no personal data."""
    answer = HttpResponse(content, content_type=mime)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Content-Security-Policy"] = POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def stored_file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """A paper of the vault, for its owner or for staff with the case; the look of staff is recorded."""
    actor = _actor(request)
    stored, case = vault.file_for(actor, file_id)
    content = vault.content_of(stored)
    if case is not None:
        looks.look(by=actor, case=case, purpose="file")
    name = f"{slugify(stored.document_type) or 'berkas'}-{stored.pk.hex[-6:]}.{by_mime(stored.mime).name}"
    return attachment(content, mime=stored.mime, name=name)


@require_safe
def permit_document(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The sealed permit of a case."""
    actor = _actor(request)
    document, case = permits.document_for(actor, case_id)
    content = permits.content_of(document)
    looks.look(by=actor, case=case, purpose="permit")
    return attachment(content, mime="application/pdf", name=f"izin-{slugify(case.permit.number)}.pdf")


@require_safe
def letter(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """A sealed letter of a case; the look of staff is recorded. Named by its own number, never by a person."""
    actor = _actor(request)
    found, case = letters.letter_for(actor, case_id, kind)
    content = letters.content_of(found)
    looks.look(by=actor, case=case, purpose="letter")
    return attachment(content, mime="application/pdf", name=f"{found.kind}-{slugify(found.number)}.pdf")


def _actor(request: HttpRequest) -> Actor:
    """Who asks; the door has let in only those who are logged in."""
    return Actor.of(request.user) if request.user.is_authenticated else NOBODY


def evidence(file: EvidenceFile, called: str) -> HttpResponse:
    """A file of nobody's vault, as a download that no browser opens as a page of ours; named by what it is.

    Raises:
        Conflict: the scanner has not cleared it.
    """
    if file.blocked:
        raise Conflict(vault.NOT_CLEAR_YET)
    name = f"{called}-{file.pk.hex[-6:]}.{by_mime(file.mime).name}"
    return attachment(vault.content_of(file), mime=file.mime, name=name)

"""Making the document of a permit: rendered once, sealed as a step that may be repeated, then handed over.

Each step writes its file first and its row afterwards, and looks at the row before it begins. So it may
be killed anywhere and called again, by two workers at once if need be: there is one document in the end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F, QuerySet

from agencies import clock
from agencies.errors import Missing
from documents import blobs
from documents.permits import rendering, sheet
from documents.permits.models import DocumentState, PermitDocument
from documents.permits.sealing.port import sealed_and_checked, signer
from workflows.actors import Actor
from workflows.cases import services as cases
from workflows.definition.model import ProductKind
from workflows.permits.models import Permit

log = structlog.get_logger(__name__)
DOCUMENTS = Actor.system("documents")


def produce(permit_id: UUID) -> PermitDocument:
    """Render, seal and hand over the document of a granted permit; what is done already is not done again.

    Raises whatever stopped it, after noting the failure on the row, so that the outbox tries again.
    """
    permit = _permits().filter(pk=permit_id).first()
    if permit is None or permit.kind != ProductKind.RENDERED:
        raise Missing
    with _failures_noted(permit):
        document = _rendered(permit)
        document = _sealed(document, permit)
    cases.attach_document(case_id=permit.case_id, by=DOCUMENTS, document_id=document.pk, sha256=document.sealed_sha256)
    return document


def _permits() -> QuerySet[Permit]:
    """Permits with all that a sheet is composed of."""
    original = ("copy_of__case__service_version", "copy_of__case__agency")
    return Permit.objects.select_related("case__service_version", "case__agency", *original)


def _rendered(permit: Permit) -> PermitDocument:
    """The row with its rendered file. A worker that comes second takes what the first one made."""
    found = PermitDocument.objects.filter(permit=permit).first()
    if found and found.unsigned_sha256:
        return found
    seal = signer()
    content = rendering.render(sheet.compose(permit, seal=seal.words, certified=seal.certified))
    with transaction.atomic():
        blobs.hold()
        facts = {
            "state": DocumentState.RENDERED,
            "template_version": rendering.VERSION,
            "unsigned_sha256": blobs.write(content),
            "rendered_at": clock.now(),
        }
        document, new = PermitDocument.objects.get_or_create(permit=permit, defaults=facts)
        if not new:
            PermitDocument.objects.filter(pk=document.pk, unsigned_sha256="").update(**facts)
    document.refresh_from_db()
    return document


def _sealed(document: PermitDocument, permit: Permit) -> PermitDocument:
    """The row with its sealed file; the seal is checked before the file counts."""
    if document.state == DocumentState.SEALED:
        return document
    seal = signer()
    content = sealed_and_checked(seal, blobs.read(document.unsigned_sha256), number=permit.number)
    with transaction.atomic():
        blobs.hold()
        facts = {"sealed_sha256": blobs.write(content), "size": len(content), "sealed_at": clock.now()}
        PermitDocument.objects.filter(pk=document.pk).exclude(state=DocumentState.SEALED).update(
            state=DocumentState.SEALED, signer=seal.name, certified=seal.certified, last_error="", **facts
        )
    document.refresh_from_db()
    return document


@contextmanager
def _failures_noted(permit: Permit) -> Iterator[None]:
    """Leave the class of a failure on the row, where an administrator sees it, and let it go on."""
    try:
        yield
    except Exception as error:
        _note(permit, f"{type(error).__module__}.{type(error).__qualname__}")
        raise


@transaction.atomic
def _note(permit: Permit, error: str) -> None:
    log.warning("permit.document_failed", permit=str(permit.pk), error=error)
    defaults = {"state": DocumentState.FAILED, "template_version": rendering.VERSION}
    document, _new = PermitDocument.objects.get_or_create(permit=permit, defaults=defaults)
    PermitDocument.objects.filter(pk=document.pk).exclude(state=DocumentState.SEALED).update(
        state=DocumentState.FAILED, failures=F("failures") + 1, last_error=error[:200]
    )

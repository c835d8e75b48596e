"""The document of a permit: made once, from the event to the sealed file that the register names."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import Error, connections, transaction

from documents import blobs
from documents.permits import queries, services
from documents.permits.models import DocumentState, PermitDocument
from documents.permits.sealing.local import LocalSigner
from documents.permits.sealing.port import SealRefused, Verdict
from tests.permits import granted, issued, permit_of
from workflows.trail import relay
from workflows.trail.models import OutboxRow

pytestmark = pytest.mark.django_db
RECORDED = "DPMPTSP-KKPR-NB"


def test_worker_delivers_a_granted_permit_and_the_case_is_issued() -> None:
    permit = issued()
    document = PermitDocument.objects.get(permit=permit)
    assert (permit.case.state, document.state) == ("issued", DocumentState.SEALED)
    assert permit.document_id == document.pk
    assert permit.sha256 == document.sealed_sha256 == blobs.digest(queries.content_of(document))
    assert LocalSigner().verify(queries.content_of(document)) == Verdict(True)


def test_worker_gets_the_same_event_twice_and_makes_one_document() -> None:
    permit = issued()
    before = PermitDocument.objects.get(permit=permit)
    services.produce(permit.pk)
    OutboxRow.objects.filter(consumer="documents.permit").update(state="pending", leased_until=None)
    relay.drain("documents")
    assert PermitDocument.objects.get() == before
    assert permit_of(permit.case).sha256 == before.sealed_sha256


def test_worker_cannot_seal_and_the_next_attempt_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    permit = granted()

    def fails(self: LocalSigner, pdf: bytes, *, number: str) -> bytes:
        raise SealRefused("no answer")

    with monkeypatch.context() as broken:
        broken.setattr(LocalSigner, "seal", fails)
        relay.drain("documents")
    document = PermitDocument.objects.get(permit=permit)
    assert (document.state, document.failures) == (DocumentState.FAILED, 1)
    assert document.last_error == "documents.permits.sealing.port.SealRefused"
    assert queries.unfinished() == [document]
    assert permit_of(permit.case).case.state == "approved"

    rendered = document.unsigned_sha256
    OutboxRow.objects.filter(consumer="documents.permit").update(next_attempt_at=permit.granted_at)
    relay.drain("documents")
    document.refresh_from_db()
    assert (document.state, document.unsigned_sha256, document.last_error) == (DocumentState.SEALED, rendered, "")
    assert permit_of(permit.case).case.state == "issued"


def test_worker_gets_a_seal_that_does_not_hold_and_releases_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    permit = granted()
    monkeypatch.setattr(LocalSigner, "seal", lambda _self, pdf, **_facts: pdf + b"\n% not a seal\n")
    relay.drain("documents")
    document = PermitDocument.objects.get(permit=permit)
    assert (document.state, document.sealed_sha256) == (DocumentState.FAILED, "")
    assert permit_of(permit.case).issued_at is None


def test_worker_gets_a_recorded_product_and_leaves_it_alone() -> None:
    permit = granted(RECORDED)
    assert relay.drain("documents") == 1
    assert permit.kind == "recorded"
    assert not PermitDocument.objects.exists()


def test_nobody_changes_or_deletes_a_sealed_document() -> None:
    document = PermitDocument.objects.get(permit=issued())
    for change in (
        lambda: PermitDocument.objects.filter(pk=document.pk).update(sealed_sha256="0" * 64),
        lambda: PermitDocument.objects.filter(pk=document.pk).update(state="failed"),
        document.delete,
    ):
        with pytest.raises(Error), transaction.atomic():
            change()


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_document_of_one_permit() -> None:
    permit = granted()

    def work(_number: int) -> None:
        try:
            services.produce(permit.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, range(2)))
    document = PermitDocument.objects.get()
    assert permit_of(permit.case).sha256 == document.sealed_sha256 == blobs.digest(queries.content_of(document))

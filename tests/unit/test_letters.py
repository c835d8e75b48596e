"""Letters: made once, sealed, in plain words, and the page says what the PDF says."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pikepdf
import pytest
from django.db import Error, connections, transaction

from documents import blobs, sweeping
from documents.letters import composing, queries, services
from documents.letters.kinds import LetterKind
from documents.letters.models import Letter, LetterState
from documents.letters.rendering import render
from documents.letters.words import Words
from documents.permits.sealing.local import LocalSigner
from documents.permits.sealing.port import SealRefused
from tests.letters import answered, complete, deemed, letter_of, paid, printed, refused
from tests.readability import faults
from tests.unit.test_documents_pdf import pages_of
from workflows.cases.decisions import Decision
from workflows.cases.models import Case
from workflows.charges.receipts import Receipt
from workflows.deemed.models import DeemedGrant
from workflows.objections.models import Objection
from workflows.trail import relay
from workflows.trail.models import OutboxRow

pytestmark = pytest.mark.django_db

MADE: dict[LetterKind, Callable[[], UUID]] = {
    LetterKind.REFUSAL: lambda: refused().case_id,
    LetterKind.DEEMED: lambda: deemed().case_id,
    LetterKind.OBJECTION: lambda: answered().case_id,
    LetterKind.APPEAL: lambda: answered(appeal=True, upheld=True).case_id,
    LetterKind.COMPLETE: lambda: complete().case_id,
    LetterKind.PAYMENT: lambda: paid().case_id,
}


def case_of(case_id: UUID) -> Case:
    return Case.objects.select_related("service_version", "agency", "applicant", "organisation").get(pk=case_id)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_applicant_gets_each_letter_whole_in_plain_words_under_her_name(kind: LetterKind, tmp_path: Path) -> None:
    case_id = MADE[kind]()
    letter = letter_of(case_id, kind)
    words, told = Words.kept(letter.words), printed(letter, tmp_path)
    assert letter.state == LetterState.SEALED
    assert faults(words.prose) == []
    bare = told.replace(" ", "")
    for said in (words.number, words.to, *words.prose, *(text for _name, text in words.facts)):
        assert said.replace(" ", "").replace("\n", "") in bare
    assert "/lapor-pungutan/" in told
    assert words == composing.compose(case_of(case_id), kind)
    assert LocalSigner().verify(queries.content_of(letter)).valid
    newer, older = (render(words, seal=LocalSigner.words, certified=False, version=one) for one in ("2", "1"))
    assert pages_of(newer, tmp_path) == pages_of(older, tmp_path), "the quicker layout looks as the one before"


def test_m27_refusal_carries_reason_law_ground_remedy_time_by_party_and_who_signed(tmp_path: Path) -> None:
    script = refused()
    decision = Decision.objects.get(case_id=script.case_id)
    told = printed(letter_of(script.case_id, LetterKind.REFUSAL), tmp_path)
    asked = (decision.reason, decision.legal_basis, decision.grounds[0]["name"], decision.signature["heading"][0])
    for said in (*asked, "Dinas Kesehatan", "Tanpa jeda", "Pengadilan Tata Usaha Negara"):
        assert said in told
    assert decision.remedy.replace(" ", "") in told.replace(" ", "")


def test_refusal_composed_after_the_case_went_on_says_the_same() -> None:
    script = answered(upheld=True)
    case = case_of(script.case_id)
    assert case.closed_at is None
    facts = dict(next(one for one in composing.compose(case, LetterKind.REFUSAL).parts if one.facts).facts)
    assert "Pemohon" not in facts


def test_deemed_statement_says_that_it_is_no_permit_and_that_nobody_signed(tmp_path: Path) -> None:
    counter = deemed()
    grant = DeemedGrant.objects.get(case_id=counter.case_id)
    told = printed(letter_of(counter.case_id, LetterKind.DEEMED), tmp_path)
    for said in (grant.number, grant.law, "bukan izin", "tidak ada pejabat yang menandatanganinya", "20 Oktober 2026"):
        assert said in told
    assert f"http://testserver/v/{grant.code}" in told.replace(" ", "") or grant.code in told.replace(" ", "")


def test_rejected_objection_says_where_to_appeal_and_an_upheld_one_what_follows(tmp_path: Path) -> None:
    script = answered()
    told = printed(letter_of(script.case_id, LetterKind.OBJECTION), tmp_path)
    assert "kami tolak" in told
    assert Objection.objects.get(case_id=script.case_id).remedy.replace(" ", "") in told.replace(" ", "")
    script = answered(upheld=True)
    told = printed(letter_of(script.case_id, LetterKind.OBJECTION), tmp_path)
    assert "kami kabulkan" in told
    assert "tidak dapat ditolak lagi" in told


def test_receipt_of_a_payment_carries_its_number_sum_and_code(tmp_path: Path) -> None:
    script = paid()
    receipt = Receipt.objects.get(payment__bill__charge__case_id=script.case_id)
    letter = letter_of(script.case_id, LetterKind.PAYMENT)
    told = printed(letter, tmp_path)
    assert (letter.number, receipt.number in told) == (receipt.number, True)
    assert composing.phrases.rupiah(receipt.payment.amount) in told
    assert receipt.code in told.replace(" ", "")
    with pikepdf.open(BytesIO(queries.content_of(letter))) as pdf:
        figures = [str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
        assert any(receipt.code in alt for alt in figures)
        with pdf.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")


def test_nothing_is_composed_of_what_has_not_happened() -> None:
    complete()
    relay.drain("letters")
    assert [one.kind for one in Letter.objects.all()] == [LetterKind.COMPLETE]


# --- Once, whatever happens -------------------------------------------------------------------------------------------


def test_worker_gets_the_same_event_twice_and_makes_one_letter() -> None:
    letter = letter_of(refused().case_id, LetterKind.REFUSAL)
    files = set(blobs.everything())
    OutboxRow.objects.filter(consumer="documents.letter").update(state="pending", leased_until=None)
    relay.drain("letters")
    assert Letter.objects.get(kind=LetterKind.REFUSAL) == letter
    assert Letter.objects.get(kind=LetterKind.REFUSAL).sealed_sha256 == letter.sealed_sha256
    assert set(blobs.everything()) == files


def test_worker_cannot_seal_and_the_next_attempt_goes_on_with_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = complete().case_id

    def fails(self: LocalSigner, pdf: bytes, *, number: str) -> bytes:
        raise SealRefused("no answer")

    with monkeypatch.context() as broken:
        broken.setattr(LocalSigner, "seal", fails)
        relay.drain("letters")
    letter = Letter.objects.get()
    assert (letter.state, letter.failures) == (LetterState.FAILED, 1)
    assert letter.last_error == "documents.permits.sealing.port.SealRefused"
    OutboxRow.objects.filter(consumer="documents.letter").update(next_attempt_at=letter.composed_at)
    again = letter_of(case_id, LetterKind.COMPLETE)
    assert (again.state, again.words, again.unsigned_sha256) == (
        LetterState.SEALED,
        letter.words,
        letter.unsigned_sha256,
    )


def test_nobody_changes_or_deletes_a_letter() -> None:
    letter = letter_of(complete().case_id, LetterKind.COMPLETE)
    for change in (
        lambda: Letter.objects.filter(pk=letter.pk).update(words={}),
        lambda: Letter.objects.filter(pk=letter.pk).update(sealed_sha256="0" * 64),
        letter.delete,
    ):
        with pytest.raises(Error), transaction.atomic():
            change()


def test_sweeper_keeps_the_files_of_letters() -> None:
    letter = letter_of(complete().case_id, LetterKind.COMPLETE)
    assert sweeping._named({letter.sealed_sha256, letter.unsigned_sha256, "0" * 64}) >= {
        letter.sealed_sha256,
        letter.unsigned_sha256,
    }


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_letter() -> None:
    case_id = complete().case_id

    def work(_number: int) -> None:
        try:
            services.produce(case_id, LetterKind.COMPLETE)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, range(2)))
    letter = Letter.objects.get()
    assert letter.sealed_sha256 == blobs.digest(queries.content_of(letter))

"""Who may have a letter, where it is found, and that anybody can check a receipt without learning whose it is."""

import pytest
from django.core.cache import cache
from django.test import Client

from agencies.models import Person, Role, User
from documents.letters import queries
from documents.letters.kinds import LetterKind
from documents.letters.models import Letter
from tests.cases import browser, looks_of, staff, text_of
from tests.engine import EngineScript
from tests.letters import answered, letter_of, paid, refused
from workflows.charges.receipts import Receipt

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> None:
    cache.clear()


def applicant(script: EngineScript) -> Client:
    return browser(User.objects.get(person__pk=script.who.person_id))


def url(script: EngineScript, kind: LetterKind = LetterKind.REFUSAL) -> str:
    return f"/surat/{script.case_id}/{kind}/pdf/"


def test_applicant_finds_and_downloads_her_letters_and_no_look_is_noted() -> None:
    script = refused()
    letter = letter_of(script.case_id, LetterKind.REFUSAL)
    tab = applicant(script)
    shown = text_of(tab.get(f"/permohonan/{script.case_id}/"))
    assert url(script) in shown
    assert url(script, LetterKind.COMPLETE) in shown
    answer = tab.get(url(script))
    assert answer.content == queries.content_of(letter)
    assert answer["Content-Disposition"] == f'attachment; filename="penolakan-{letter.number.lower()}.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert not looks_of(script.who.person_id)


def test_page_of_a_refusal_says_word_for_word_what_its_pdf_says() -> None:
    script = refused()
    tab, page = applicant(script), f"/permohonan/{script.case_id}/keputusan/"
    before = text_of(tab.get(page))
    letter = letter_of(script.case_id, LetterKind.REFUSAL)
    after = text_of(tab.get(page))
    said = [*letter.words["opening"], *(text for part in letter.words["parts"] for text in part["text"])]
    for one in said:
        assert one in before
        assert one in after
    assert (url(script) in before, url(script) in after) == (False, True)
    assert "Ajukan keberatan" in after


def test_applicant_reads_the_answer_to_her_objection_on_a_page_of_its_own() -> None:
    script = answered()
    tab, page = applicant(script), f"/permohonan/{script.case_id}/surat/jawaban-keberatan/"
    assert page in text_of(tab.get(f"/permohonan/{script.case_id}/"))
    letter = letter_of(script.case_id, LetterKind.OBJECTION)
    shown = text_of(tab.get(page))
    assert all(text in shown for part in letter.words["parts"] for text in part["text"])
    assert tab.get(f"/permohonan/{script.case_id}/surat/jawaban-banding/").status_code == 404
    assert tab.get(f"/permohonan/{script.case_id}/surat/apa-saja/").status_code == 404


@pytest.mark.parametrize(("role", "agency"), [("approver", "DPMPTSP"), ("verifier", "DPMPTSP"), ("officer", "DINKES")])
def test_staff_with_the_case_download_a_letter_and_are_noted(role: str, agency: str) -> None:
    script = refused()
    letter_of(script.case_id, LetterKind.REFUSAL)
    assert browser(staff(role, agency)).get(url(script)).status_code == 200
    assert [look.data["purpose"] for look in looks_of(script.who.person_id)] == ["letter"]


def test_desk_finds_the_letters_on_the_page_of_the_case() -> None:
    script = refused()
    letter_of(script.case_id, LetterKind.REFUSAL)
    shown = text_of(browser(staff("verifier")).get(f"/meja/permohonan/{script.case_id}/"))
    assert url(script) in shown


def test_nobody_else_downloads_a_letter() -> None:
    script, other = refused(), refused()
    letter_of(script.case_id, LetterKind.REFUSAL)
    strangers = [staff("officer", "DINSOS"), staff("manager"), staff("clerk"), staff(Role.HEAD)]
    strangers.append(User.objects.get(person__pk=other.who.person_id))
    for user in strangers:
        assert browser(user).get(url(script)).status_code == 404
    assert browser().get(url(script)).status_code == 302
    mine = applicant(script)
    assert mine.get(url(script, LetterKind.DEEMED)).status_code == 404
    assert mine.get(f"/surat/{script.case_id}/apa-saja/pdf/").status_code == 404
    assert not looks_of(Person.objects.get(pk=script.who.person_id))


def test_applicant_comes_while_the_letter_is_made_and_is_told_to_wait() -> None:
    script = refused()
    letter = letter_of(script.case_id, LetterKind.REFUSAL)
    facts = {"words": letter.words, "number": letter.number, "composed_at": letter.composed_at, "template_version": "1"}
    Letter.objects.create(case_id=script.case_id, kind=LetterKind.APPEAL, **facts)
    answer = applicant(script).get(url(script, LetterKind.APPEAL))
    assert answer.status_code == 409
    assert "sedang disiapkan" in text_of(answer)


def test_anybody_checks_a_receipt_and_learns_nothing_about_the_payer() -> None:
    script = paid()
    found = Receipt.objects.get(payment__bill__charge__case_id=script.case_id)
    shown = text_of(browser().get(f"/v/{found.code.lower()}"))
    case = script.case()
    for said in (found.number, "Lunas", "Reklame", f"Rp {found.payment.amount:,}".replace(",", ".")):
        assert said in shown
    for secret in (case.applicant.name, case.reference, case.tracking_code, found.payment.payment_ref):
        assert secret not in shown

"""Downloading papers and permits: who may, how they are sent, and that every look of staff is noted."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from agencies.ids import new_id
from agencies.models import Person, User
from documents.permits import queries as permits
from documents.vault import queries as vault
from documents.vault import services
from documents.vault.models import StoredFile
from tests import uploads
from tests.cases import at, browser, case_of, looks_of, staff
from tests.engine import EngineScript, TestCast
from tests.permits import granted, issued
from workflows.permits.models import Permit

pytestmark = pytest.mark.django_db


def with_paper(cast: TestCast) -> tuple[EngineScript, StoredFile]:
    """A submitted case with one real paper."""
    script = at("drafted", cast=cast)
    who = script.who
    paper = services.store(
        owner_id=who.person_id, by=who.actor, name="a.pdf", content=uploads.pdf(), document_type="ktp"
    )
    services.hand_in(case_id=script.case_id, by=who.actor, requirement="ktp-el", file_id=paper.pk)
    script.play(script.submit)
    return script, paper


def owner_of(script: EngineScript) -> User:
    """The applicant's account."""
    return User.objects.get(person__pk=script.who.person_id)


def assert_is_a_download(answer: HttpResponse, mime: str) -> None:
    assert answer.status_code == 200
    assert answer["Content-Type"] == mime
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"


def test_owner_downloads_her_paper_and_no_look_is_noted() -> None:
    script, paper = with_paper(TestCast())
    answer = browser(owner_of(script)).get(f"/berkas/{paper.pk}/")
    assert_is_a_download(answer, "application/pdf")
    assert answer.content == vault.content_of(paper)
    assert not looks_of(script.who.person_id)


def test_verifier_downloads_a_paper_and_the_person_can_see_who_looked() -> None:
    cast = TestCast()
    script, paper = with_paper(cast)
    cast.player("verifier", "DPMPTSP")
    answer = browser(cast.user("verifier", "DPMPTSP")).get(f"/berkas/{paper.pk}/")
    assert_is_a_download(answer, "application/pdf")
    (look,) = looks_of(script.who.person_id)
    assert look.data["purpose"] == "file"


def test_name_of_a_download_tells_nothing_about_the_person() -> None:
    script, paper = with_paper(TestCast())
    answer = browser(owner_of(script)).get(f"/berkas/{paper.pk}/")
    assert answer["Content-Disposition"] == f'attachment; filename="ktp-{paper.pk.hex[-6:]}.pdf"'


def test_stranger_gets_404_and_nobody_is_sent_to_log_in() -> None:
    _script, paper = with_paper(TestCast())
    for user in (staff("officer", "DINSOS"), staff("manager"), staff("administrator"), staff("clerk")):
        assert browser(user).get(f"/berkas/{paper.pk}/").status_code == 404
    assert browser(staff("verifier")).get(f"/berkas/{new_id()}/").status_code == 404
    answer = browser().get(f"/berkas/{paper.pk}/")
    assert (answer.status_code, "masuk" in answer["Location"] or "login" in answer["Location"]) == (302, True)
    assert not AnonymousUser().is_authenticated


def pdf_url(permit: Permit) -> str:
    """Where the permit's document is."""
    return f"/izin/{permit.case_id}/pdf/"


def test_applicant_downloads_her_permit() -> None:
    permit = issued()
    user = Person.objects.get(pk=permit.case.applicant_id).user
    answer = browser(user).get(pdf_url(permit))
    assert_is_a_download(answer, "application/pdf")
    document = permits.document_of(permit)
    assert document is not None
    assert answer.content == permits.content_of(document)
    assert not looks_of(permit.case.applicant_id)


def test_deciding_staff_download_a_permit_and_are_noted() -> None:
    permit = issued()
    assert_is_a_download(browser(staff("approver")).get(pdf_url(permit)), "application/pdf")
    assert [look.data["purpose"] for look in looks_of(permit.case.applicant_id)] == ["permit"]


def test_nobody_else_downloads_a_permit() -> None:
    permit = issued()
    for user in (staff("officer", "DINKES"), staff("officer", "DINSOS"), staff("manager"), staff("clerk")):
        assert browser(user).get(pdf_url(permit)).status_code == 404
    assert browser().get(pdf_url(permit)).status_code == 302
    assert browser(staff("approver")).get(f"/izin/{new_id()}/pdf/").status_code == 404


def test_applicant_comes_before_the_document_is_made_and_is_told_to_wait() -> None:
    permit = granted()
    user = Person.objects.get(pk=permit.case.applicant_id).user
    answer = browser(user).get(pdf_url(permit))
    assert answer.status_code == 409
    assert "sedang disiapkan" in answer.content.decode()


def test_applicant_of_an_undecided_case_finds_no_permit() -> None:
    script = at("submitted")
    assert browser(owner_of(script)).get(f"/izin/{case_of(script).pk}/pdf/").status_code == 404

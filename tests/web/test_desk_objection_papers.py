"""The head opens the papers of the case that she answers an objection in, each as a look, and no others."""

import re

import pytest

from agencies.models import Role
from documents.vault import queries as vault
from documents.vault import services
from documents.vault.models import StoredFile
from tests import uploads
from tests.cases import at, browser, case_of, looks_of, staff, text_of
from tests.engine import EngineScript
from workflows.actors import Actor
from workflows.objections.models import Objection
from workflows.objections.services import answer_objection, file_objection

pytestmark = pytest.mark.django_db


def objected() -> tuple[EngineScript, Objection, StoredFile]:
    """A refused case with one real paper, and the objection against the refusal."""
    script = at("drafted")
    who = script.who
    paper = services.store(
        owner_id=who.person_id, by=who.actor, name="a.pdf", content=uploads.pdf(), document_type="ktp"
    )
    services.hand_in(case_id=script.case_id, by=who.actor, requirement="ktp-el", file_id=paper.pk)
    for part in ("submit", "verify", "recommend", "inspect", "refuse"):
        script.play(getattr(script, part))
    return script, file_objection(case_id=script.case_id, by=who.actor, reason="Denah sudah ada."), paper


def link(objection: Objection, script: EngineScript) -> str:
    attachment = script.case().attachments.get(requirement="ktp-el", current=True)
    return f"/meja/keberatan/{objection.pk}/berkas/{attachment.pk}/"


def test_head_opens_the_papers_of_the_contested_case_and_each_is_a_look() -> None:
    script, objection, paper = objected()
    head, address = browser(staff(Role.HEAD)), link(objection, script)
    assert address in text_of(head.get(f"/meja/keberatan/{objection.pk}/"))
    before = len(looks_of(case_of(script).applicant))
    answer = head.get(address)
    assert answer.content == vault.content_of(paper)
    assert answer["Cache-Control"] == "private, no-store"
    assert re.search(r'filename="berkas-ktp-el\.pdf"', answer["Content-Disposition"])
    seen = looks_of(case_of(script).applicant)
    assert (len(seen), seen[-1].data["purpose"]) == (before + 1, "objection")


def test_head_opens_no_paper_of_another_case_nor_by_the_pages_of_others() -> None:
    script, objection, paper = objected()
    other, _objection, _paper = objected()
    head = browser(staff(Role.HEAD))
    foreign = other.case().attachments.get(requirement="ktp-el", current=True)
    assert head.get(f"/meja/keberatan/{objection.pk}/berkas/{foreign.pk}/").status_code == 404
    assert head.get(f"/berkas/{paper.pk}/").status_code == 404
    own = script.case().attachments.get(requirement="ktp-el", current=True)
    assert head.get(f"/meja/berkas/{own.pk}/").status_code == 403


def test_others_open_nothing_and_the_head_nothing_once_it_is_answered() -> None:
    script, objection, _paper = objected()
    user, address = staff(Role.HEAD), link(objection, script)
    for other, status in ((staff(Role.HEAD, "DINKES"), 404), (staff(Role.DEPUTY), 404), (staff(Role.MANAGER), 403)):
        assert browser(other).get(address).status_code == status
    said = {"upheld": False, "answer": "Tidak berskala.", "legal_basis": "Perda 1/2020"}
    answer_objection(objection_id=objection.pk, by=Actor.of(user), **said)  # type: ignore[arg-type]
    assert browser(user).get(address).status_code == 404
    assert address not in text_of(browser(user).get(f"/meja/keberatan/{objection.pk}/"))

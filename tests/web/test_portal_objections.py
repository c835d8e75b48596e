"""The applicant objects, reads the answer on the page of her application, and appeals from there."""

from datetime import timedelta

import pytest
from django.test import Client

from agencies import clock
from agencies.models import Role
from mall.design.formats import day
from tests.cases import DOCTOR, MALL, browser, case_of, text_of
from tests.engine import ADVISED, EngineScript, played
from workflows.cases.models import Case
from workflows.objections.models import Objection
from workflows.objections.services import answer_objection

pytestmark = pytest.mark.django_db
WHY = "Denah sudah saya serahkan pada kunjungan kedua."
ANSWER, LAW = "Denah yang diserahkan tidak berskala.", "Perda 1/2020 pasal 4"


@pytest.fixture
def script() -> EngineScript:
    """A refused case."""
    return played(DOCTOR, *ADVISED, "refuse")


def applicant(script: EngineScript) -> Client:
    return browser(case_of(script).applicant.user)


def pages(script: EngineScript) -> tuple[str, str]:
    """Of the case, and of the objection."""
    case = f"/permohonan/{script.case_id}/"
    return case, f"{case}keberatan/"


def test_applicant_objects_reads_the_rejection_and_appeals_from_her_page(script: EngineScript) -> None:
    (case, filing), visitor = pages(script), applicant(script)
    assert filing in text_of(visitor.get(case))
    assert visitor.post(filing, {"reason": ""}).status_code == 422
    assert visitor.post(filing, {"reason": WHY})["Location"] == case
    waiting = text_of(visitor.get(case))
    assert "Menunggu jawaban" in waiting
    assert filing not in waiting
    objection = Objection.objects.get()
    head = script.cast.player(Role.HEAD, MALL)
    answer_objection(objection_id=objection.pk, by=head, upheld=False, answer=ANSWER, legal_basis=LAW)
    objection.refresh_from_db()
    told = text_of(visitor.get(case))
    assert all(one in told for one in (ANSWER, LAW, WHY, day(objection.appeal_until), filing))
    assert "Ajukan banding" in told
    assert "Ajukan banding" in text_of(visitor.get(filing))
    assert visitor.post(filing, {"reason": "Denah itu berskala 1:100."}).status_code == 302
    assert Objection.objects.filter(agency_id="SETDA").exists()


def test_applicant_reads_why_her_objection_was_upheld(script: EngineScript) -> None:
    (case, filing), visitor = pages(script), applicant(script)
    visitor.post(filing, {"reason": WHY})
    head = script.cast.player(Role.HEAD, MALL)
    answer_objection(objection_id=Objection.objects.get().pk, by=head, upheld=True, answer=ANSWER, legal_basis=LAW)
    told = text_of(visitor.get(case))
    assert "Dikabulkan" in told
    assert ANSWER in told
    assert filing not in told


def test_applicant_after_the_last_day_is_offered_nothing_to_file(script: EngineScript) -> None:
    (case, filing), visitor = pages(script), applicant(script)
    with clock.pretend(clock.now() + timedelta(days=60)):
        assert filing not in text_of(visitor.get(case))
        assert filing not in text_of(visitor.get(f"{case}keputusan/"))
        assert visitor.get(filing)["Location"] == case
        late = visitor.post(filing, {"reason": WHY})
    assert late.status_code == 409
    assert "Hari terakhir" in text_of(late)
    assert WHY in text_of(late), "nothing typed is lost"


def test_applicant_whose_session_ended_finds_her_objection_again(script: EngineScript) -> None:
    (_case, filing), tab = pages(script), browser()
    assert "/akun/" in tab.post(filing, {"reason": WHY})["Location"]
    tab.force_login(Case.objects.get(pk=script.case_id).applicant.user)  # type: ignore[arg-type]
    assert WHY in text_of(tab.get(filing))
    assert not Objection.objects.exists()

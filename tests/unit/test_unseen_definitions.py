"""Twelve services written by somebody who had read only `docs/definitions.md`, loaded and driven to every end."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from agencies.errors import Conflict
from agencies.ids import new_id
from agencies.models import Role
from mall.canary.cast import checker
from tests.engine import fresh, played, script_for
from tests.lasting import undone
from tests.long import partly
from tests.unseen import (
    CODES,
    DEEMED,
    FOLDER,
    INTAKE,
    OWED,
    PAID,
    REVIEWED,
    SAME_VISIT,
    STAGES,
    WAITING,
    later,
    saying,
    well,
)
from workflows.cases import services
from workflows.cases.machine import CaseState
from workflows.cases.verification import to_check
from workflows.clock import sweep
from workflows.definition.model import ProductKind
from workflows.definition.services import load_catalogue
from workflows.permits.models import Permit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The folder is published beside the shipped catalogue."""
    with undone(django_db_blocker):
        load_catalogue(FOLDER)
        yield


def test_the_folder_is_whole_and_loads_once() -> None:
    out = StringIO()
    call_command("check_catalogue", FOLDER, stdout=out)
    assert "12 services, no fault." in out.getvalue()
    again = load_catalogue(FOLDER)
    assert (again.created, again.unchanged) == (0, 12)


@pytest.mark.parametrize("code", CODES)
def test_every_case_reaches_its_product(code: str) -> None:
    script = script_for(code)
    script.whole()
    case, permit = fresh(script.case_id), Permit.objects.get(case_id=script.case_id)
    rendered = script.definition.product.kind is ProductKind.RENDERED
    assert case.state == (CaseState.APPROVED if rendered else CaseState.ISSUED)
    assert bool(permit.number) is (script.definition.product.kind is not ProductKind.NONE)
    assert "{" not in permit.number
    if rendered:
        services.attach_document(case_id=case.pk, by=sweep.SWEEPER, document_id=new_id(), sha256="a" * 64)
        assert fresh(case.pk).state == CaseState.ISSUED
    well()


@pytest.mark.parametrize("code", partly(WAITING))
def test_every_case_can_be_refused(code: str) -> None:
    script = played(code, *INTAKE, "verify", "recommend", "inspect", "refuse")
    assert fresh(script.case_id).state == CaseState.REFUSED
    well()


def test_a_same_visit_case_is_refused_on_the_spot() -> None:
    script = played(SAME_VISIT, *INTAKE)
    by = script.cast.player(Role.OFFICER, "DISKOPUMDAG")
    told = {"reason": "Timbangan rusak.", "legal_basis": "Perda contoh", "cites": ["_answers"]}
    services.serve(case_id=script.case_id, by=by, approved=False, **told)
    assert fresh(script.case_id).state == CaseState.REFUSED
    well()


@pytest.mark.parametrize("code", partly(WAITING))
def test_what_stays_deficient_through_every_round_is_refused(code: str) -> None:
    script = played(code, *INTAKE)
    rounds = script.definition.term.rounds
    for _round in range(rounds):
        script.send_back()
        script.submit()
    script.take()
    by = checker(script.cast, script.definition)
    marks = dict.fromkeys(to_check(script.case()), ("deficient", "Masih kurang."))
    with pytest.raises(Conflict):
        services.return_to_applicant(case_id=script.case_id, by=by, marks=marks)
    services.pass_on_deficient(case_id=script.case_id, by=by, marks=marks)
    with pytest.raises(Conflict):
        script.decide()
    script.refuse()
    assert (fresh(script.case_id).state, fresh(script.case_id).round) == (CaseState.REFUSED, rounds + 1)
    well()


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("code", ["DPMPTSP-DRONE", "DPMPTSP-LEBAH"])
def test_an_applicant_withdraws_from_every_state(code: str, stage: str) -> None:
    script = saying(code, *STAGES[stage], **OWED.get(code, {}))
    assert fresh(script.case_id).state == stage
    services.withdraw(case_id=script.case_id, by=script.who.actor)
    case = fresh(script.case_id)
    assert (case.state, case.amount_due) == (CaseState.WITHDRAWN, 0)
    later()
    assert fresh(script.case_id).revision == case.revision
    well()


@pytest.mark.parametrize("code", REVIEWED)
def test_silence_after_a_return_ends_the_case(code: str) -> None:
    script = played(code, *INTAKE, "send_back")
    later()
    assert fresh(script.case_id).state == CaseState.LAPSED
    well()


@pytest.mark.parametrize("code", PAID)
def test_an_unpaid_bill_ends_the_case(code: str) -> None:
    script = saying(code, *STAGES["awaiting_payment"], **OWED.get(code, {}))
    later()
    case = fresh(script.case_id)
    assert (case.state, case.charge.state) == (CaseState.LAPSED, "cancelled")
    well()


LATE = [
    (code, stage)
    for code in ("DAMKARMAT-LATIHAN", "DINSOS-RUMAHSINGGAH", "DISBUDPAR-SELAM", "DPMPTSP-DRONE", "DPMPTSP-WARUNG")
    for stage in ("submitted", "in_verification", "awaiting_recommendations", "awaiting_decision")
]
"""Four stages a service: every third of the list in an ordinary run meets each stage and each service."""


@pytest.mark.parametrize(("code", "stage"), partly(LATE, every=3))
def test_whatever_time_brings_the_case_still_comes_to_an_end(code: str, stage: str) -> None:
    script = played(code, *STAGES[stage])
    later()
    case = fresh(script.case_id)
    assert (case.state == CaseState.DEEMED_GRANTED) is (code in DEEMED)
    if case.state == CaseState.SUBMITTED:
        script.verify()
    elif case.state == CaseState.IN_VERIFICATION:
        marks = dict.fromkeys(to_check(script.case()), ("ok", ""))
        services.accept(case_id=case.pk, by=checker(script.cast, script.definition), marks=marks)
    for part in (script.recommend, script.inspect, script.decide, script.pay, script.hand_over):
        if fresh(script.case_id).state == CaseState.DEEMED_GRANTED and part in (script.recommend, script.inspect):
            continue
        part()
    assert fresh(script.case_id).state in (CaseState.APPROVED, CaseState.ISSUED)
    well()

"""How many SQL statements the life after the permit costs; the names say what they are."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from agencies import clock
from agencies.ids import new_id
from tests.cases import DOCTOR
from tests.engine import EngineScript, TestCast
from tests.performance.test_statements import assert_cheap, statements
from tests.permits import approver, handed_over, publish
from workflows.actors import Actor
from workflows.cases import services as cases
from workflows.definition.kinds import Effect
from workflows.permits import services, sweep
from workflows.permits.models import Permit
from workflows.permits.obligations import Obligation

pytestmark = pytest.mark.django_db
GROUNDS = {"reason": "x", "legal_basis": "x", "remedy": "x"}


@pytest.fixture
def cast() -> TestCast:
    publish(DOCTOR, renewal={"opens_days": 60}, product={"validity": {"kind": "days", "amount": 50}})
    return TestCast()


@pytest.fixture
def permit(cast: TestCast) -> Permit:
    return handed_over(cast=cast)


def test_suspend__lock_permit_save_both_action_event_outbox(permit: Permit, cast: TestCast) -> None:
    by = approver(cast)
    assert_cheap(lambda: services.suspend(permit_id=permit.pk, by=by, **GROUNDS))


def test_revoke__lock_permit_proposal_save_both_action_event_outbox(permit: Permit, cast: TestCast) -> None:
    first, second = approver(cast), approver(cast, 2)
    assert_cheap(lambda: services.propose_revocation(permit_id=permit.pk, by=first, **GROUNDS))
    assert_cheap(lambda: services.confirm_revocation(permit_id=permit.pk, by=second))


def test_follow__lock_permit_running_keepers_version_case_interval_event(permit: Permit, cast: TestCast) -> None:
    by = cast.applicant(permit.case.definition).actor
    assert_cheap(lambda: services.follow(permit_id=permit.pk, by=by, effect=Effect.RENEWS))


def test_obligation__find_lock_permit_row_save_three_event_outbox(permit: Permit, cast: TestCast) -> None:
    by, officer = cast.applicant(permit.case.definition).actor, cast.player("officer", "DINKES")
    owed = Obligation.objects.get(permit=permit)
    assert_cheap(lambda: services.report_obligation(obligation_id=owed.pk, by=by, account="Sudah."))
    assert_cheap(lambda: services.accept_obligation(obligation_id=owed.pk, by=officer))


def _later(days: int, move: Callable[[], object]) -> Callable[[], object]:
    def moved() -> object:
        with clock.pretend(clock.now() + timedelta(days=days)):
            return move()

    return moved


def test_expiry_and_reminder__lock_permit_running_save_both_event_outbox(permit: Permit) -> None:
    assert_cheap(_later(25, lambda: sweep.remind(permit.pk)))
    assert_cheap(_later(60, lambda: sweep.expire(permit.pk)))


def test_issue_of_a_renewal__costs_that_of_any_issue_and_six_for_the_earlier_permit(
    permit: Permit, cast: TestCast
) -> None:
    by = cast.applicant(permit.case.definition).actor
    case = services.follow(permit_id=permit.pk, by=by, effect=Effect.RENEWS)
    script = EngineScript(case.definition, cast)
    script.case_id = case.pk
    for part in ("attach", "submit", "verify", "recommend", "decide"):
        script.play(getattr(script, part))
    documents = Actor.system("documents")
    told = statements(
        lambda: cases.attach_document(case_id=case.pk, by=documents, document_id=new_id(), sha256="0" * 64)
    )
    assert len(told) <= 18, "\n".join(sql[:90] for sql in told)

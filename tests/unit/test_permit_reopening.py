"""A refused renewal is not opened again while another application follows the same permit: a sentence, not a crash."""

import pytest

from agencies.errors import Conflict
from agencies.models import Role
from tests.cases import DOCTOR, MALL, staff
from tests.engine import EngineScript, TestCast
from tests.permits import finished, handed_over, publish
from workflows.actors import Actor
from workflows.cases import services as cases
from workflows.cases.models import Case
from workflows.definition.kinds import Effect
from workflows.objections.models import Objection
from workflows.objections.services import answer_objection, file_objection
from workflows.permits import services

pytestmark = pytest.mark.django_db
SAID = {"upheld": True, "answer": "Benar.", "legal_basis": "UU 30/2014"}


def renewing(permit_id: object, cast: TestCast) -> EngineScript:
    """A renewal that is filled in."""
    who = next(iter(cast.people.values()))
    case = services.follow(permit_id=permit_id, by=who.actor, effect=Effect.RENEWS)  # type: ignore[arg-type]
    script = EngineScript(case.definition, cast)
    script.case_id = case.pk
    script.attach()
    return script


def refused() -> tuple[EngineScript, Objection, TestCast, object]:
    """A renewal that was refused and is objected to."""
    publish(DOCTOR, renewal={"opens_days": 60}, product={"amendable": True, "validity": {"kind": "days", "amount": 50}})
    cast = TestCast()
    permit = handed_over(cast=cast)
    script = renewing(permit.pk, cast)
    for part in ("submit", "verify", "recommend", "refuse"):
        script.play(getattr(script, part))
    found = file_objection(case_id=script.case_id, by=script.who.actor, reason="Keliru.")
    return script, found, cast, permit.pk


def head() -> Actor:
    return Actor.of(staff(Role.HEAD, MALL))


def test_refused_renewal_is_not_opened_again_beside_a_running_one() -> None:
    script, objection, cast, permit_id = refused()
    other = renewing(permit_id, cast)
    other.play(other.submit)
    with pytest.raises(Conflict, match="dasar permohonan lain") as told:
        answer_objection(objection_id=objection.pk, by=head(), **SAID)
    assert str(other.case().reference) in str(told.value.sentence)
    objection.refresh_from_db()
    assert (objection.state, Case.objects.get(pk=script.case_id).state) == ("filed", "refused")
    cases.withdraw(case_id=other.case_id, by=other.who.actor)
    answer_objection(objection_id=objection.pk, by=head(), **SAID)
    assert Case.objects.get(pk=script.case_id).state == "awaiting_decision"


def test_refused_renewal_is_not_opened_again_once_another_has_replaced_the_permit() -> None:
    script, objection, cast, permit_id = refused()
    finished(renewing(permit_id, cast))
    with pytest.raises(Conflict, match="dasar permohonan lain"):
        answer_objection(objection_id=objection.pk, by=head(), **SAID)
    assert Case.objects.get(pk=script.case_id).state == "refused"


def test_refused_renewal_without_another_follower_is_opened_again() -> None:
    script, objection, _cast, _permit = refused()
    answer_objection(objection_id=objection.pk, by=head(), **SAID)
    assert Case.objects.get(pk=script.case_id).state == "awaiting_decision"

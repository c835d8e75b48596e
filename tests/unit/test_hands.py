"""What a colleague has in hand is hers: nobody works on it until it is given back, handed over, or opened anew."""

import pytest

from agencies.errors import Conflict, Invalid, Refused
from agencies.models import Role, User
from tests.cases import MALL, at, staff
from tests.clockwork import ASKS, Counter
from tests.clockwork import at as moment
from tests.engine import EngineScript
from tests.factories import make_user
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.advice import Recommendation
from workflows.cases.verification import to_check
from workflows.duties import services as duties
from workflows.duties.lines import Assignment, Line
from workflows.objections.services import answer_objection, file_objection
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
WHY = "Cuti mulai besok."


def marks(script: EngineScript) -> dict[str, tuple[str, str]]:
    return dict.fromkeys(to_check(script.case()), ("ok", ""))


def holder(script: EngineScript) -> User:
    return Assignment.objects.get(case_id=script.case_id).user


def test_verifier_is_refused_what_a_colleague_checks_and_reads_who_has_it() -> None:
    script = at("taken")
    other = Actor.of(staff(Role.VERIFIER))
    with pytest.raises(Conflict, match="sedang dipegang") as told:
        services.accept(case_id=script.case_id, by=other, marks=marks(script))
    assert str(holder(script)) in str(told.value.sentence)
    with pytest.raises(Conflict, match="sedang dipegang"):
        duties.claim(case_id=script.case_id, line=Line.CHECKING, by=other)
    services.accept(case_id=script.case_id, by=Actor.of(holder(script)), marks=marks(script))


def test_officer_is_refused_the_recommendation_that_a_colleague_has_claimed() -> None:
    script = at("checked")
    mine, other = (Actor.of(staff(Role.OFFICER, "DINKES")) for _who in range(2))
    duties.claim(case_id=script.case_id, line=Line.ADVISING, by=mine)
    said = {"verdict": "favourable", "reason": "Sesuai.", "legal_basis": "UU 17/2023"}
    advice = Recommendation.objects.get(case_id=script.case_id)
    with pytest.raises(Conflict, match="sedang dipegang"):
        services.give_recommendation(recommendation_id=advice.pk, by=other, **said)
    services.give_recommendation(recommendation_id=advice.pk, by=mine, **said)


@pytest.mark.parametrize("do", ["approve", "refuse", "ask_again"])
def test_approver_is_refused_the_decision_that_a_colleague_has_claimed(do: str) -> None:
    script = at("advised")
    mine, other = (Actor.of(staff(Role.APPROVER)) for _who in range(2))
    duties.claim(case_id=script.case_id, line=Line.DECIDING, by=mine)
    before = script.case().revision
    with pytest.raises(Conflict, match="sedang dipegang"):
        act(script, do, other)
    assert script.case().revision == before
    act(script, do, mine)


def act(script: EngineScript, do: str, by: Actor) -> None:
    if do == "approve":
        services.approve(case_id=script.case_id, by=by, reason="Lengkap.")
    elif do == "refuse":
        services.refuse(case_id=script.case_id, by=by, reason="a", legal_basis="b", cites=["_answers"])
    else:
        advice = Recommendation.objects.get(case_id=script.case_id)
        services.ask_again(recommendation_id=advice.pk, by=by, reason="Dasar hukumnya dicabut.")


def test_holder_hands_over_with_a_reason_and_the_colleague_goes_on() -> None:
    script = at("taken")
    mine, other = Actor.of(holder(script)), staff(Role.VERIFIER)
    said = {"case_id": script.case_id, "line": Line.CHECKING, "by": mine}
    with pytest.raises(Invalid):
        duties.hand_over(**said, to=other.pk, reason=" ")
    with pytest.raises(Invalid):
        duties.hand_over(**said, to=mine.signing(), reason=WHY)
    duties.hand_over(**said, to=other.pk, reason=WHY)
    row = Assignment.objects.get(case_id=script.case_id)
    assert (row.user, row.given_by_id, row.note) == (other, mine.user_id, WHY)
    services.accept(case_id=script.case_id, by=Actor.of(other), marks=marks(script))
    told = Event.objects.get(subject_id=script.case_id, kind="case.handed_over")
    assert WHY not in str(told.data)


def test_colleague_without_the_right_or_with_another_duty_is_given_nothing() -> None:
    script = at("taken")
    mine = Actor.of(holder(script))
    for stranger in (make_user(), staff(Role.APPROVER), staff(Role.OFFICER, "DINKES")):
        with pytest.raises(Refused):
            duties.hand_over(case_id=script.case_id, line=Line.CHECKING, by=mine, to=stranger.pk, reason=WHY)
    assert holder(script).pk == mine.user_id


def test_head_of_the_office_takes_a_case_out_of_the_hands_of_who_is_away() -> None:
    script = at("taken")
    head, deputy_elsewhere = Actor.of(staff(Role.HEAD)), Actor.of(staff(Role.DEPUTY, "DINKES"))
    with pytest.raises(Refused):
        duties.release(case_id=script.case_id, line=Line.CHECKING, by=deputy_elsewhere)
    duties.release(case_id=script.case_id, line=Line.CHECKING, by=head)
    services.accept(case_id=script.case_id, by=Actor.of(staff(Role.VERIFIER)), marks=marks(script))


def test_case_that_an_objection_opens_again_is_in_nobodys_hands() -> None:
    counter = Counter(more=ASKS).submit("2026-10-05 09:00")
    counter.accept("2026-10-06 09:00")
    with moment("2026-10-07 09:00"):
        counter.script.recommend()
        approver = Actor.of(staff(Role.APPROVER))
        duties.claim(case_id=counter.case_id, line=Line.DECIDING, by=approver)
        refusal = {"reason": "a", "legal_basis": "b", "cites": ["_answers"]}
        services.refuse(case_id=counter.case_id, by=approver, **refusal)
        assert Assignment.objects.filter(case_id=counter.case_id).exists()
    with moment("2026-10-08 09:00"):
        found = file_objection(case_id=counter.case_id, by=counter.script.who.actor, reason="Keliru.")
        head = Actor.of(staff(Role.HEAD, MALL))
        said = {"upheld": True, "answer": "Benar.", "legal_basis": "UU 30/2014"}
        answer_objection(objection_id=found.pk, by=head, **said)
        assert not Assignment.objects.filter(case_id=counter.case_id).exists()
        duties.claim(case_id=counter.case_id, line=Line.DECIDING, by=Actor.of(staff(Role.APPROVER)))

"""The rule on silence: noted once, and the decision says whose recommendation never came."""

from datetime import timedelta

import pytest

from agencies import clock
from agencies.errors import Conflict, Invalid
from tests.advice import approver, checked, give, of, officer, service
from tests.engine import fresh
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.decisions import Decision
from workflows.clock import sweep
from workflows.invariants.check import offenders
from workflows.permits.models import Permit
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db

GOING = {"agency": "DLH", "term_days": 2, "silence": "proceed"}
WAITING = {"agency": "DLH", "term_days": 2}
GRACE = {"agency": "DLH", "term_days": 2, "grace_days": 3}
SWEEPER = Actor.system("sweeper")
MINUTE = timedelta(minutes=1)


def swept(at):
    """The sweeper comes twice at that moment."""
    with clock.pretend(at):
        sweep.sweep()
        sweep.sweep()


def kinds(script):
    return list(Event.objects.filter(subject_id=script.case_id).values_list("kind", flat=True))


def test_silence_after_the_deadline_unlocks_the_approver_exactly_at_the_minute():
    service(GOING)
    script = checked()
    due = of(script, "DLH").due_at
    swept(due - MINUTE)
    assert (of(script, "DLH").state, fresh(script.case_id).state) == ("asked", "awaiting_recommendations")
    swept(due)
    assert (of(script, "DLH").state, fresh(script.case_id).state) == ("lapsed", "awaiting_decision")


@pytest.mark.parametrize(
    ("rule", "state", "lapses"), [(GOING, "lapsed", 1), (WAITING, "asked", 0), (GRACE, "asked", 0)]
)
def test_silence_is_an_event_exactly_once_with_either_rule(rule, state, lapses):
    service(rule)
    script = checked()
    swept(of(script, "DLH").due_at + MINUTE)
    swept(of(script, "DLH").due_at + 2 * MINUTE)
    assert kinds(script).count("recommendation.silent") == 1
    assert kinds(script).count("recommendation.lapsed") == lapses
    assert of(script, "DLH").state == state


def test_escalated_silence_unlocks_only_after_the_grace_that_the_definition_gives():
    service(GRACE)
    script = checked()
    lapses = of(script, "DLH").lapses_at
    assert lapses > of(script, "DLH").due_at
    swept(lapses - MINUTE)
    assert fresh(script.case_id).state == "awaiting_recommendations"
    swept(lapses)
    assert fresh(script.case_id).state == "awaiting_decision"
    assert kinds(script).count("recommendation.silent") == 1


def test_without_grace_the_case_waits_and_an_answer_that_comes_late_counts():
    service(WAITING)
    script = checked()
    late = of(script, "DLH").due_at + timedelta(days=7)
    swept(late)
    with clock.pretend(late), pytest.raises(Conflict):
        services.note_silence(recommendation_id=of(script, "DLH").pk, by=SWEEPER)
    with clock.pretend(late):
        give(script, "DLH")
    assert fresh(script.case_id).state == "awaiting_decision"


def test_decision_and_permit_say_which_recommendation_never_came():
    service(GOING, {"agency": "DISHUB", "term_days": 2})
    script = checked()
    due = of(script, "DLH").due_at
    give(script, "DISHUB")
    swept(due)
    with clock.pretend(due + MINUTE):
        services.approve(case_id=script.case_id, by=approver(script), reason="Lengkap")
    missing = [{"agency": "DLH", "until": clock.wib_date(due).isoformat()}]
    assert Decision.objects.get(case_id=script.case_id).missing == missing
    assert Permit.objects.get(case_id=script.case_id).frozen["missing"] == missing
    assert list(offenders()) == []


def test_refusal_too_says_which_recommendation_never_came():
    service(GOING)
    script = checked()
    due = of(script, "DLH").due_at
    swept(due)
    with clock.pretend(due + MINUTE):
        said = {"reason": "Tidak", "legal_basis": "UU", "remedy": "Keberatan", "cites": ["_answers"]}
        services.refuse(case_id=script.case_id, by=approver(script), **said)
    assert [one["agency"] for one in Decision.objects.get(case_id=script.case_id).missing] == ["DLH"]


def test_grace_belongs_to_a_silence_that_is_escalated():
    with pytest.raises(Invalid) as told:
        service(GOING | {"grace_days": 2})
    assert "recommenders[1].grace_days" in told.value.fields


def test_officer_who_answers_in_time_is_never_called_silent():
    service(GOING)
    script = checked()
    due = of(script, "DLH").due_at
    by = officer(script, "DLH")
    assert by.user_id
    give(script, "DLH")
    swept(due + MINUTE)
    assert "recommendation.silent" not in kinds(script)

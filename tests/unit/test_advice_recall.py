"""A second answer: recalled by the agency, or asked for by whoever decides. The first one stays."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from agencies import clock
from agencies.errors import Conflict, Invalid, Refused
from tests.advice import approver, checked, give, of, officer, service
from tests.engine import fresh
from workflows.cases import services
from workflows.cases.advice import Condition, EarlierAnswer, Recommendation
from workflows.cases.decisions import Decision
from workflows.clock import sweep
from workflows.clock.models import Interval
from workflows.invariants.check import offenders
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db

BINDING = {"agency": "DLH", "term_days": 5}
ADVISORY = {"agency": "DISHUB", "term_days": 5, "binding": False}
AGAINST = {"verdict": "unfavourable", "reason": "Merusak mata air."}


def approve(script, **said):
    return services.approve(case_id=script.case_id, by=approver(script), reason="Lengkap", **said)


def recall(script, agency="DLH", reason="Data lapangan keliru.", number=2):
    by = officer(script, agency, number)
    return services.recall_recommendation(recommendation_id=of(script, agency).pk, by=by, reason=reason)


def ask_again(script, agency="DLH", reason="Dasar hukumnya tidak berlaku lagi."):
    return services.ask_again(recommendation_id=of(script, agency).pk, by=approver(script), reason=reason)


def test_binding_unfavourable_makes_approval_impossible_until_it_is_recalled():
    service(BINDING)
    script = checked()
    give(script, "DLH", **AGAINST)
    with pytest.raises(Conflict):
        approve(script)
    recall(script)
    assert fresh(script.case_id).state == "awaiting_recommendations"
    with pytest.raises(Conflict):
        approve(script)
    give(script, "DLH")
    assert approve(script).state == "approved"
    assert list(offenders()) == []


def test_what_was_said_stays_as_a_row_with_its_conditions():
    service(BINDING)
    script = checked()
    give(script, "DLH", verdict="conditional", conditions=[Condition("Menanam pengganti.", due_days=30)])
    recall(script)
    was = EarlierAnswer.objects.get(recommendation=of(script, "DLH"))
    assert (was.round, was.verdict, was.ended, was.because) == (1, "conditional", "recalled", "Data lapangan keliru.")
    assert [one.text for one in was.conditions] == ["Menanam pengganti."]
    now = of(script, "DLH")
    assert (now.round, now.state, now.verdict, now.conditions) == (2, "asked", "", [])
    give(script, "DLH", verdict="conditional", conditions=[Condition("Membuat sumur resapan.")])
    assert [one.text for one in of(script, "DLH").conditions] == ["Membuat sumur resapan."]


def test_recall_needs_its_reason_and_comes_before_the_decision():
    service(BINDING)
    script = checked()
    give(script, "DLH")
    with pytest.raises(Invalid) as told:
        recall(script, reason=" ")
    assert "reason" in told.value.fields
    approve(script)
    with pytest.raises(Conflict):
        recall(script)


def test_another_agency_cannot_recall_nor_can_who_decides():
    service(BINDING, ADVISORY)
    script = checked()
    give(script, "DLH")
    own = of(script, "DLH").pk
    for by in (officer(script, "DISHUB"), approver(script)):
        with pytest.raises(Refused):
            services.recall_recommendation(recommendation_id=own, by=by, reason="Keliru")


def test_the_term_of_the_case_runs_on_and_the_agency_holds_it_again():
    service(BINDING)
    script = checked()
    give(script, "DLH")
    due = fresh(script.case_id).due_at
    recall(script)
    assert fresh(script.case_id).due_at == due
    held = Interval.objects.get(case_id=script.case_id, closed_at=None)
    assert (held.holder, held.agency) == ("agency", "DLH")
    event = Event.objects.get(subject_id=script.case_id, kind="recommendation.recalled")
    assert (event.data["from"], event.data["to"]) == ("awaiting_decision", "awaiting_recommendations")
    assert "Data lapangan" not in str(event.data)


def test_while_others_are_still_asked_a_recall_moves_no_state():
    service(BINDING, ADVISORY)
    script = checked()
    give(script, "DLH")
    recall(script)
    assert fresh(script.case_id).open_recommendations == 2
    give(script, "DISHUB")
    give(script, "DLH")
    assert fresh(script.case_id).state == "awaiting_decision"


def test_whoever_decides_asks_again_twice_and_no_more():
    service(BINDING)
    script = checked()
    for _time in range(2):
        give(script, "DLH")
        ask_again(script)
        assert fresh(script.case_id).state == "awaiting_recommendations"
    give(script, "DLH")
    with pytest.raises(Conflict):
        ask_again(script)
    assert EarlierAnswer.objects.filter(ended="asked_again").count() == 2
    assert approve(script).state == "approved"
    assert list(offenders()) == []


def test_a_silent_agency_can_be_asked_again_and_is_heard_at_last():
    service(BINDING | {"silence": "proceed", "term_days": 2})
    script = checked()
    with clock.pretend(of(script, "DLH").due_at + timedelta(minutes=1)):
        sweep.sweep()
        ask_again(script, reason="Jawaban Anda diperlukan.")
        give(script, "DLH")
        approve(script)
    assert EarlierAnswer.objects.get().verdict == ""
    assert Decision.objects.get(case_id=script.case_id).missing == []
    assert list(offenders()) == []


def test_against_advice_the_approver_says_why():
    service(ADVISORY)
    script = checked()
    give(script, "DISHUB", **AGAINST)
    with pytest.raises(Invalid) as told:
        approve(script, against_reason="  ")
    assert "against_reason" in told.value.fields
    approve(script, against_reason="Lalu lintas sudah diatur ulang.")
    assert Decision.objects.get(case_id=script.case_id).against_reason == "Lalu lintas sudah diatur ulang."
    assert list(offenders()) == []


def test_postgresql_refuses_to_change_what_an_agency_said():
    service(BINDING)
    script = checked()
    give(script, "DLH")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Recommendation.objects.filter(case_id=script.case_id).update(reason="Lain")
    recall(script)
    with pytest.raises(ProgrammingError), transaction.atomic():
        EarlierAnswer.objects.update(reason="Lain")
    with pytest.raises(ProgrammingError), transaction.atomic():
        EarlierAnswer.objects.all().delete()

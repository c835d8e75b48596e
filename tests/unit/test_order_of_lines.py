"""Handling in order of the due date: who goes out of turn says why, it is recorded, and the figures follow the log."""

from datetime import timedelta

import pytest

from agencies import clock
from agencies.errors import Conflict, Invalid, Refused
from agencies.models import Role
from mall.canary.cast import checker, decider
from tests.engine import ADVISED, INTAKE, EngineScript, TestCast, played
from tests.factories import make_user
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.advice import Recommendation
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.duties import figures
from workflows.duties import services as duties
from workflows.duties.lines import Assignment, Line, Overtaking
from workflows.duties.order import Jump, OutOfTurn
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
SERVICE = "DPMPTSP-SIP-DOKTER"
WHY = Jump("vulnerable")


def two(*parts: str, service: str = SERVICE) -> tuple[TestCast, EngineScript, EngineScript]:
    """Two cases of one service: one of three days ago, one of now."""
    cast = TestCast()
    with clock.pretend(clock.now() - timedelta(days=9)):
        first = played(service, *parts, cast=cast)
    return cast, first, played(service, *parts, cast=cast)


def take(script: EngineScript, jump: Jump | None = None, by: Actor | None = None) -> Case:
    return services.take(case_id=script.case_id, by=by or checker(script.cast, script.definition), jump=jump)


def test_verifier_takes_in_order_and_is_asked_nothing() -> None:
    _cast, first, second = two(*INTAKE)
    assert take(first).state == take(second).state == CaseState.IN_VERIFICATION
    assert not Overtaking.objects.exists()


def test_verifier_out_of_turn_without_a_reason_is_told_the_codes_and_nothing_changes() -> None:
    _cast, _first, second = two(*INTAKE)
    with pytest.raises(OutOfTurn) as told:
        take(second)
    assert told.value.status == 409
    assert told.value.possible == told.value.codes == tuple(Overtaking.Code.values)
    assert told.value.passed == 1
    assert second.case().state == CaseState.SUBMITTED
    assert not second.case().duties.exists()


def test_verifier_out_of_turn_with_a_reason_is_recorded_and_counted_as_the_log_says() -> None:
    _cast, _first, second = two(*INTAKE)
    take(second, WHY)
    row = Overtaking.objects.get()
    event = Event.objects.get(kind="case.overtaken")
    assert (row.code, row.passed, row.line) == ("vulnerable", 1, "checking")
    assert event.data == {
        "line": "checking",
        "agency": "DPMPTSP",
        "service": SERVICE,
        "code": "vulnerable",
        "passed": 1,
    }
    assert Event.objects.filter(kind="case.overtaken").count() == Overtaking.objects.count()


@pytest.mark.parametrize("jump", [Jump("karena"), Jump("other"), Jump("other", "  ")])
def test_reason_that_is_not_on_the_list_or_says_nothing_is_invalid(jump: Jump) -> None:
    _cast, _first, second = two(*INTAKE)
    with pytest.raises(Invalid):
        take(second, jump)


def test_cases_due_on_the_same_day_are_one_turn() -> None:
    cast = TestCast()
    played(SERVICE, *INTAKE, cast=cast)
    take(played(SERVICE, *INTAKE, cast=cast))
    assert not Overtaking.objects.exists()


def test_case_of_another_service_waits_in_another_line() -> None:
    cast = TestCast()
    with clock.pretend(clock.now() - timedelta(days=9)):
        played("DPMPTSP-APOTEK", *INTAKE, cast=cast)
    take(played(SERVICE, *INTAKE, cast=cast))


def test_case_that_the_verifier_must_not_handle_is_not_waited_for() -> None:
    cast = TestCast()
    with clock.pretend(clock.now() - timedelta(days=9)):
        first = played(SERVICE, *INTAKE, cast=cast)
    cast.people.clear()
    second = played(SERVICE, *INTAKE, cast=cast)
    verifier = cast.user(Role.VERIFIER, "DPMPTSP")
    duties.declare_relation(by=Actor.of(verifier), kind="sibling", nik=Case.locked(first.case_id).applicant.nik)
    take(second, by=Actor.of(verifier))
    assert not Overtaking.objects.exists()


def test_approver_decides_in_order_or_says_why() -> None:
    _cast, _first, second = two(*ADVISED)
    by = decider(second.cast, second.definition)
    with pytest.raises(OutOfTurn):
        services.approve(case_id=second.case_id, by=by, reason="Lengkap")
    with pytest.raises(OutOfTurn):
        services.refuse(case_id=second.case_id, by=by, reason="a", legal_basis="b", cites=["_answers"])
    services.approve(case_id=second.case_id, by=by, reason="Lengkap", jump=Jump("other", "Bencana di lokasi"))
    assert Overtaking.objects.get().note == "Bencana di lokasi"
    assert "Bencana" not in str(Event.objects.get(kind="case.overtaken").data)


def test_officer_recommends_in_order_or_says_why() -> None:
    cast, _first, second = two(*INTAKE, "verify")
    advice = Recommendation.objects.get(case_id=second.case_id)
    by = cast.player(Role.OFFICER, advice.agency_id, 2)
    said = {"verdict": "favourable", "reason": "Sesuai", "legal_basis": "Perda"}
    with pytest.raises(OutOfTurn):
        services.give_recommendation(recommendation_id=advice.pk, by=by, **said)
    services.give_recommendation(recommendation_id=advice.pk, by=by, jump=WHY, **said)
    assert Overtaking.objects.get().agency_id == advice.agency_id


def test_case_in_a_colleagues_hands_is_not_waited_for() -> None:
    cast, _first, second = two(*ADVISED)
    duties.take_next(line=Line.DECIDING, by=cast.player(Role.APPROVER, "DPMPTSP", 2))
    services.approve(case_id=second.case_id, by=decider(second.cast, second.definition), reason="Lengkap")
    assert not Overtaking.objects.exists()


def test_canary_neither_asks_nor_counts() -> None:
    from mall.canary.cast import CanaryCast
    from workflows.definition.queries import version_for_new_case

    cast = CanaryCast()
    scripts = [EngineScript(version_for_new_case(SERVICE).definition, cast) for _n in range(2)]
    with clock.pretend(clock.now() - timedelta(days=9)):
        for part in INTAKE:
            scripts[0].play(getattr(scripts[0], part))
    for part in INTAKE:
        scripts[1].play(getattr(scripts[1], part))
    take(scripts[1])
    assert not Overtaking.objects.exists()


def test_next_is_the_one_due_first_and_then_it_is_in_her_hands() -> None:
    cast, first, second = two(*INTAKE)
    by = checker(cast, first.definition)
    assert [duties.take_next(line=Line.CHECKING, by=by).pk for _n in range(2)] == [first.case_id, second.case_id]
    assert duties.take_next(line=Line.CHECKING, by=by) is None
    assert set(Assignment.objects.values_list("user_id", flat=True)) == {by.user_id}


def test_holder_gives_back_and_a_colleague_takes_it() -> None:
    cast, first, _second = two(*ADVISED)
    mine, colleague = (cast.player(Role.APPROVER, "DPMPTSP", number) for number in (1, 2))
    duties.take_next(line=Line.DECIDING, by=mine)
    with pytest.raises(Conflict, match="sedang dipegang"):
        duties.claim(case_id=first.case_id, line=Line.DECIDING, by=colleague)
    with pytest.raises(Refused):
        duties.release(case_id=first.case_id, line=Line.DECIDING, by=colleague)
    duties.release(case_id=first.case_id, line=Line.DECIDING, by=mine)
    assert duties.take_next(line=Line.DECIDING, by=colleague).pk == first.case_id


def test_head_gives_back_what_an_absent_officer_holds() -> None:
    cast, first, _second = two(*ADVISED)
    duties.take_next(line=Line.DECIDING, by=cast.player(Role.APPROVER, "DPMPTSP"))
    duties.release(case_id=first.case_id, line=Line.DECIDING, by=cast.player(Role.HEAD, "DPMPTSP"))
    assert not Assignment.objects.filter(case_id=first.case_id, line=Line.DECIDING).exists()


def test_case_is_handed_only_to_who_may_handle_it() -> None:
    cast, first, _second = two(*ADVISED)
    mine = cast.player(Role.APPROVER, "DPMPTSP")
    duties.take_next(line=Line.DECIDING, by=mine)
    other, stranger = cast.user(Role.APPROVER, "DPMPTSP", 2), make_user()
    with pytest.raises(Refused):
        duties.hand_over(case_id=first.case_id, line=Line.DECIDING, by=mine, to=stranger.pk, reason="Cuti.")
    duties.hand_over(case_id=first.case_id, line=Line.DECIDING, by=mine, to=other.pk, reason="Cuti.")
    assert Assignment.objects.get(case_id=first.case_id, line=Line.DECIDING).user == other
    assert Event.objects.filter(kind="case.handed_over").count() == 1


def test_public_and_manager_count_what_the_log_says() -> None:
    _cast, _first, second = two(*INTAKE)
    take(second, WHY)
    [row] = figures.overtaken()
    assert (row.code, row.count, row.passed, row.agency) == ("vulnerable", 1, 1, "DPMPTSP")
    assert figures.overtaken(["DINKES"]) == []
    week = timedelta(days=7)
    told = figures.told(since=clock.now() - week, until=clock.now() + week)
    assert sum(one.count for one in told) == Event.objects.filter(kind="case.overtaken").count()

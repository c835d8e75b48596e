"""No objection falls silent because a post is vacant: each step of the chain, and a post that falls vacant later."""

from datetime import timedelta

import pytest

from agencies import clock
from agencies.errors import Refused
from agencies.models import Membership, Role, User
from notifications.models import Message
from tests.cases import DOCTOR, MALL, browser, staff, text_of
from tests.engine import ADVISED, EngineScript, TestCast, played
from tests.factories import make_signatory
from workflows.actors import Actor
from workflows.clock import sweep
from workflows.objections.models import Objection, ObjectionState
from workflows.objections.services import answer_objection, file_objection, pass_on
from workflows.trail import relay
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
SAID = {"upheld": False, "answer": "Denah tidak berskala.", "legal_basis": "Perda 1/2020"}
REGENT = "SETDA"


def refused(cast: TestCast | None = None) -> EngineScript:
    return played(DOCTOR, *ADVISED, "refuse", cast=cast)


def filed(script: EngineScript) -> Objection:
    return file_objection(case_id=script.case_id, by=script.who.actor, reason="Denah sudah saya serahkan.")


def acting(agency: str = MALL, capacity: str = "plh") -> User:
    """A deputy who was given the power of the head."""
    user = staff(Role.DEPUTY, agency)
    make_signatory(user, agency, capacity=capacity, principal="Kepala")
    return user


def gone(user: User) -> None:
    """She holds no post any more."""
    Membership.objects.filter(user=user).update(active=False)


def post(objection: Objection) -> tuple[str, str, bool]:
    """To whom it is addressed now, and whether nobody is there."""
    objection.refresh_from_db()
    return objection.post, objection.agency_id, objection.vacant_since is not None


def events(objection: Objection, kind: str) -> list[Event]:
    return list(Event.objects.filter(subject_id=objection.case_id, kind=kind))


def test_the_head_answers_before_everybody_else() -> None:
    script = refused()
    for user in (staff(Role.HEAD), acting(), staff(Role.HEAD, REGENT)):
        assert user
    assert post(filed(script)) == (Role.HEAD, MALL, False)


def test_without_a_head_the_deputy_answers_by_a_power_that_counts_today() -> None:
    script, deputy = refused(), acting()
    objection = filed(script)
    assert post(objection) == (Role.DEPUTY, MALL, False)
    assert f"/meja/keberatan/{objection.pk}/" in text_of(browser(deputy).get("/meja/antrean/keberatan/"))
    answer_objection(objection_id=objection.pk, by=Actor.of(deputy), **SAID)  # type: ignore[arg-type]
    objection.refresh_from_db()
    assert objection.state == ObjectionState.REJECTED
    assert objection.signature["heading"] == ["Plh. Kepala"]


@pytest.mark.parametrize("capacity", ["", "own"])
def test_a_deputy_without_a_power_that_was_given_to_her_is_passed_over(capacity: str) -> None:
    script, above = refused(), staff(Role.HEAD, REGENT)
    if capacity:
        acting(capacity=capacity)
    else:
        staff(Role.DEPUTY)
    objection = filed(script)
    assert post(objection) == (Role.HEAD, REGENT, False)
    answer_objection(objection_id=objection.pk, by=Actor.of(above), **SAID)  # type: ignore[arg-type]


def test_a_deputy_whose_power_has_ended_answers_nothing() -> None:
    script, deputy = refused(), acting()
    objection = filed(script)
    held = deputy.signatories.get()
    held.until = clock.today()
    held.save()
    with clock.pretend(clock.now() + timedelta(days=1)), pytest.raises(Refused, match="mandat"):
        answer_objection(objection_id=objection.pk, by=Actor.of(deputy), **SAID)  # type: ignore[arg-type]


def test_above_the_office_the_deputy_of_the_secretariat_answers_too() -> None:
    script = refused()
    acting(REGENT)
    assert post(filed(script)) == (Role.DEPUTY, REGENT, False)


def test_a_head_who_took_part_is_as_good_as_none() -> None:
    cast = TestCast()
    script = refused(cast)
    Membership.objects.create(user=cast.user(Role.APPROVER, MALL), role=Role.HEAD, agency_id=MALL)
    staff(Role.HEAD, REGENT)
    assert post(filed(script)) == (Role.HEAD, REGENT, False)


def test_where_nobody_is_left_it_is_said_aloud_once_and_stands_on_the_managers_list() -> None:
    script, manager, inspector = refused(), staff(Role.MANAGER), staff(Role.INSPECTORATE, "INSPEKTORAT")
    objection = filed(script)
    assert post(objection) == (Role.HEAD, MALL, True)
    sweep.sweep()
    [told] = events(objection, "objection.vacant")
    assert told.data["readers"] == [["manager", MALL], ["inspectorate", ""]]
    relay.drain("default")
    for user in (manager, inspector):
        assert Message.objects.filter(user=user, template="staff/objection_vacant").count() == 1
        listed = text_of(browser(user).get("/meja/antrean/keberatan-kosong/"))
        assert "Keberatan kepada DPMPTSP: jabatannya kosong" in listed
        assert script.case().applicant.name not in listed
    elsewhere = browser(staff(Role.MANAGER, "DINKES")).get("/meja/antrean/keberatan-kosong/")
    assert "jabatannya kosong" not in text_of(elsewhere)
    assert browser(staff(Role.OFFICER)).get("/meja/antrean/keberatan-kosong/").status_code == 404


def test_a_post_that_falls_vacant_after_filing_passes_the_objection_upward_with_its_due_date() -> None:
    script, head, above = refused(), staff(Role.HEAD), staff(Role.HEAD, REGENT)
    objection = filed(script)
    sweep.sweep()
    assert not events(objection, "objection.passed_on"), "the head is there"
    gone(head)
    sweep.sweep()
    sweep.sweep()
    assert post(objection) == (Role.HEAD, REGENT, False)
    [passed] = events(objection, "objection.passed_on")
    assert (passed.data["from"], passed.data["agency"], passed.data["due"]) == (
        MALL,
        REGENT,
        objection.due_at.isoformat(),
    )
    relay.drain("default")
    assert Message.objects.filter(user=above, template="staff/objection_passed_on").count() == 1
    with pytest.raises(Refused):
        answer_objection(objection_id=objection.pk, by=Actor.of(head), **SAID)  # type: ignore[arg-type]


def test_whoever_takes_the_empty_post_finds_the_objection_and_the_list_is_empty_again() -> None:
    script = refused()
    objection = filed(script)
    head, manager = staff(Role.HEAD), browser(staff(Role.MANAGER))
    sweep.sweep()
    assert post(objection) == (Role.HEAD, MALL, False)
    assert events(objection, "objection.passed_on")[0].data["was_vacant"] is True
    relay.drain("default")
    assert Message.objects.filter(user=head, template="staff/objection_passed_on").exists()
    assert "jabatannya kosong" not in text_of(manager.get("/meja/antrean/keberatan-kosong/"))


def test_silence_still_grants_where_nobody_held_the_post() -> None:
    objection = filed(refused())
    with clock.pretend(objection.due_at + timedelta(minutes=1)):
        sweep.sweep()
    objection.refresh_from_db()
    assert objection.state == ObjectionState.DEEMED_UPHELD


def test_nobody_of_the_staff_passes_an_objection_on_herself() -> None:
    script, head = refused(), staff(Role.HEAD)
    objection = filed(script)
    with pytest.raises(Refused):
        pass_on(objection_id=objection.pk, by=Actor.of(head))

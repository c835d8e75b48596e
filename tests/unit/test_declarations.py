"""Relations an officer declares, and the human whom an administrator notes behind an account."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing, Refused
from agencies.models import Person, Role, StaffIdentity, User
from tests.engine import CHECKED, INTAKE, TestCast, played
from tests.factories import make_nik, make_person, make_user
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.models import Duty
from workflows.duties import services as duties
from workflows.duties.models import Relation
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
SERVICE = "DPMPTSP-SIP-DOKTER"


def officer() -> Actor:
    return Actor.of(make_user(roles=[(Role.OFFICER, "DINKES")]))


def administrator() -> Actor:
    return Actor.of(make_user(roles=[(Role.ADMINISTRATOR, "DPMPTSP")]))


def test_officer_declares_a_relation_and_the_log_names_nobody() -> None:
    by, nik = officer(), make_nik()
    relation = duties.declare_relation(by=by, kind="spouse", nik=nik)
    assert relation.nik == nik
    event = Event.objects.get(kind="relation.declared")
    assert event.data == {"relation": str(relation.pk), "kind": "spouse"}


@pytest.mark.parametrize(
    ("kind", "nik", "nib", "field"),
    [("teman", "", "", "kind"), ("spouse", "12", "", "nik"), ("business", "", "12", "nib"), ("spouse", "", "", "nik")],
)
def test_faulty_declaration_is_told_beside_its_field(kind: str, nik: str, nib: str, field: str) -> None:
    with pytest.raises(Invalid) as told:
        duties.declare_relation(by=officer(), kind=kind, nik=nik, nib=nib)
    assert set(told.value.fields) == {field}


def test_citizen_declares_nothing() -> None:
    with pytest.raises(Refused):
        duties.declare_relation(by=Actor.of(make_user()), kind="spouse", nik=make_nik())


def test_relation_is_declared_once_and_ends_once_at_the_end_of_its_day() -> None:
    by, nik = officer(), make_nik()
    relation = duties.declare_relation(by=by, kind="spouse", nik=nik)
    with pytest.raises(Conflict):
        duties.declare_relation(by=by, kind="spouse", nik=nik)
    with pytest.raises(Missing):
        duties.end_relation(by=officer(), relation_id=relation.pk)
    duties.end_relation(by=by, relation_id=relation.pk)
    user = User.objects.get(pk=by.user_id)
    assert Actor.of(user).bonds.relations
    with clock.pretend(clock.now() + timedelta(days=1)):
        assert not Actor.of(user).bonds.relations
    with pytest.raises(Conflict):
        duties.end_relation(by=by, relation_id=relation.pk)


def test_database_takes_no_declaration_back() -> None:
    relation = duties.declare_relation(by=officer(), kind="business", nib="9120001234567")
    with pytest.raises(DatabaseError), transaction.atomic():
        relation.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Relation.objects.filter(pk=relation.pk).update(nib="9120001234568")


def test_administrator_notes_who_is_behind_an_account_but_not_behind_her_own() -> None:
    by, user, nik = administrator(), make_user(roles=[(Role.OFFICER, "DINKES")]), make_nik()
    duties.identify(by=by, user_id=user.pk, nik=nik, kk="3510160101150002", name="Rina")
    assert StaffIdentity.objects.get(user=user).person == Person.objects.get(name="Rina")
    for refused, target in ((by, by.user_id), (officer(), user.pk)):
        with pytest.raises(Refused):
            duties.identify(by=refused, user_id=target, nik=nik)
    with pytest.raises(Invalid):
        duties.identify(by=by, user_id=user.pk, nik="", name="Rina")


def test_one_human_with_two_accounts_holds_one_duty() -> None:
    cast, behind = TestCast(), make_person()
    script = played(SERVICE, *CHECKED, cast=cast)
    verifier, recommender = cast.user(Role.VERIFIER, "DPMPTSP"), cast.user(Role.OFFICER, "DINKES", 2)
    by = administrator()
    for account in (verifier, recommender):
        duties.identify(by=by, user_id=account.pk, nik=behind.nik)
    assert Duty.objects.get(case_id=script.case_id).human == behind.pk
    with pytest.raises(Refused, match="tugas lain"):
        script.recommend()
    assert Duty.objects.filter(case_id=script.case_id).count() == 1


def test_second_account_found_out_late_is_counted_and_breaks_nothing() -> None:
    cast, behind = TestCast(), make_person()
    script = played(SERVICE, *CHECKED, "recommend", cast=cast)
    by = administrator()
    for account in (cast.user(Role.VERIFIER, "DPMPTSP"), cast.user(Role.OFFICER, "DINKES", 2)):
        duties.identify(by=by, user_id=account.pk, nik=behind.nik)
    counts = [event.data["twice"] for event in Event.objects.filter(kind="identity.recorded").order_by("at")]
    assert counts == [0, 1]
    assert Duty.objects.filter(case_id=script.case_id).count() == 2


def test_database_refuses_a_second_duty_of_one_human() -> None:
    script = played(SERVICE, *INTAKE, "take")
    held = script.case().duties.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        Duty.objects.create(case_id=held.case_id, user=make_user(), human=held.human, duty="approver")


def test_clerk_who_received_a_case_does_not_check_it_even_when_its_owner_hands_it_in() -> None:
    cast = TestCast()
    script = played(SERVICE, cast=cast)
    clerk = make_user(roles=[(Role.CLERK, "DPMPTSP"), (Role.VERIFIER, "DPMPTSP")])
    by, owner = Actor.of(clerk), script.who.actor
    case = services.open_draft(by=by, service_code=SERVICE, applicant_id=script.who.person_id, channel="counter")
    script.case_id = case.pk
    services.set_mandate(case_id=case.pk, by=by, kind="present")
    for part in ("answer", "attach", "submit"):
        script.play(getattr(script, part))
    assert owner.user_id != clerk.pk
    assert [(duty.user, duty.duty) for duty in Duty.objects.filter(case=case)] == [(clerk, "intake")]
    with pytest.raises(Refused, match="tugas lain"):
        services.take(case_id=case.pk, by=by)

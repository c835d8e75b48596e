"""Who must not handle a case: own, household, own business, declared relation; and who else may be drawn for it."""

import pytest

from agencies import clock
from agencies.errors import Refused
from agencies.models import Role, StaffIdentity, User
from agencies.services import add_member
from tests.engine import CHECKED, INTAKE, TestCast, make_applicant, played, script_for
from tests.factories import make_nik, make_organisation, make_person, make_user
from workflows import permissions
from workflows.actors import Actor
from workflows.cases import queries, services
from workflows.cases.models import Case
from workflows.duties.conflicts import Conflict, conflict_of, eligible_officers
from workflows.duties.models import Relation

pytestmark = pytest.mark.django_db
SERVICE = "DPMPTSP-SIP-DOKTER"
KK = "3510160101150002"


def submitted(cast: TestCast | None = None) -> Case:
    """A case that waits to be checked, read as the services read it."""
    return Case.locked(played(SERVICE, *INTAKE, cast=cast).case_id)


def verifier(**fields: object) -> tuple[User, Actor]:
    """A verifier of the mall who is also a person with these facts."""
    user = make_user(roles=[(Role.VERIFIER, "DPMPTSP")])
    make_person(user=user, **fields)  # type: ignore[arg-type]
    return user, Actor.of(user)


def test_officer_of_another_family_has_no_conflict() -> None:
    _user, actor = verifier(kk=KK)
    assert conflict_of(actor, submitted()) is None


def test_officer_with_the_nik_of_the_applicant_is_in_conflict_under_an_account_of_her_own() -> None:
    case = submitted()
    user = make_user(roles=[(Role.VERIFIER, "DPMPTSP")])
    assert conflict_of(Actor.of(user), case) is None
    StaffIdentity.objects.create(user=user, person=case.applicant, recorded_by=make_user())
    assert conflict_of(Actor.of(user), case) is Conflict.OWN


def test_officer_on_the_family_card_of_the_applicant_is_in_conflict() -> None:
    cast = TestCast()
    case = submitted(cast)
    case.applicant.kk_index = make_person(kk=KK).kk_index
    _user, actor = verifier(kk=KK)
    assert conflict_of(actor, case) is Conflict.HOUSEHOLD


def test_officer_is_in_conflict_with_the_business_of_her_household() -> None:
    business = make_organisation()
    add_member(person_id=make_person(kk=KK).pk, organisation_id=business.pk)
    case = submitted()
    case.organisation_id = business.pk
    _user, actor = verifier(kk=KK)
    assert conflict_of(actor, case) is Conflict.ORGANISATION


def declare(user: User, **other: object) -> Relation:
    return Relation.objects.create(user=user, kind="sibling", declared_at=clock.now(), **other)


def test_declared_relation_binds_both_until_it_ends() -> None:
    case = submitted()
    user, _actor = verifier()
    declare(user, nik_index=case.applicant.nik_index)
    assert conflict_of(Actor.of(user), case) is Conflict.RELATION
    other = make_applicant()
    cousin = make_user(roles=[(Role.VERIFIER, "DPMPTSP")])
    StaffIdentity.objects.create(user=cousin, person=case.applicant, recorded_by=user)
    mine = script_for(SERVICE)
    mine.who = other
    case.applicant = user.person
    case.applicant_id = user.person.pk
    assert conflict_of(Actor.of(cousin), case) is Conflict.RELATION
    Relation.objects.update(until=clock.today().replace(year=2020))
    assert conflict_of(Actor.of(cousin), case) is None


def test_declared_business_binds_before_it_is_known_to_the_mall() -> None:
    user, _actor = verifier()
    declare(user, nib="9120001234567")
    business = make_organisation(nib="9120001234567")
    case = submitted()
    case.organisation_id = business.pk
    assert conflict_of(Actor.of(user), case) is Conflict.ORGANISATION


def test_officer_in_conflict_is_refused_at_every_step_and_sees_no_such_case() -> None:
    user, _actor = verifier()
    case = submitted()
    declare(user, nik_index=case.applicant.nik_index)
    actor = Actor.of(user)
    with pytest.raises(Refused, match="hubungan"):
        services.take(case_id=case.pk, by=actor)
    assert not queries.to_verify(actor).items
    assert not queries.visible_to(actor).filter(pk=case.pk).exists()
    with pytest.raises(Refused, match="hubungan"):
        queries.seen_case(actor, case.pk)
    asked = [one for one in vars(permissions) if one in ("may_verify", "may_decide", "may_record_product")]
    assert all(not getattr(permissions, one)(actor, case) for one in asked)
    assert queries.to_verify(verifier()[1]).items


def test_clerk_opens_nothing_for_her_household() -> None:
    user = make_user(roles=[(Role.CLERK, "DPMPTSP")])
    make_person(user=user, kk=KK)
    mother = make_person(kk=KK, nik=make_nik())
    with pytest.raises(Refused, match="kartu keluarga"):
        services.open_draft(by=Actor.of(user), service_code=SERVICE, applicant_id=mother.pk, channel="counter")


def test_eligible_officers_have_no_conflict_and_no_other_duty() -> None:
    cast = TestCast()
    script = played(SERVICE, *CHECKED, cast=cast)
    free, bound, elsewhere = (cast.user(Role.OFFICER, "DINKES", number) for number in (1, 2, 3))
    held = cast.user(Role.VERIFIER, "DPMPTSP")
    case = Case.locked(script.case_id)
    declare(bound, nik_index=case.applicant.nik_index)
    elsewhere.memberships.update(active=False)
    twin = make_user(roles=[(Role.OFFICER, "DINKES")])
    behind = make_person()
    for account in (twin, held):
        StaffIdentity.objects.create(user=account, person=behind, recorded_by=make_user())
    assert eligible_officers("DINKES", case) == [free]


def test_actor_is_read_in_three_queries(django_assert_num_queries: object) -> None:
    user, _actor = verifier(kk=KK)
    with django_assert_num_queries(3):  # type: ignore[operator]
        Actor.of(user)

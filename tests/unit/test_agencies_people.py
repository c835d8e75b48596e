"""Registering people, changing what they said, and proving who they are."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from agencies import queries, services
from agencies.errors import Conflict, Invalid, Missing, Refused
from agencies.ids import new_id
from agencies.models import Lane, Person, ProofLevel
from tests.factories import make_nik, make_organisation, make_person, make_user, make_village

pytestmark = pytest.mark.django_db
NIK = "3510164505900001"


def test_citizen_registers_with_everything() -> None:
    village = make_village("35.10.16.1003")
    user = make_user()
    person = services.register_person(
        user=user,
        name="  Siti   Aminah ",
        nik="3510 1645 0590 0001",
        kk="3510160101150002",
        phone="0812-3456-7890",
        email=" siti@contoh.id ",
        birth_date=date(1990, 5, 5),
        sex="female",
        address="Jalan Contoh 1",
        village_code=village.code,
    )
    person.refresh_from_db()
    assert (person.name, person.nik, person.phone) == ("Siti Aminah", NIK, "+6281234567890")
    assert (person.email, person.sex, person.village_id) == ("siti@contoh.id", "female", "35.10.16.1003")
    assert person.proof_level == ProofLevel.SELF_DECLARED
    assert user.person == person
    assert queries.find_person_by_nik("3510.1645.0590.0001") == person


def test_one_word_is_a_whole_name_and_all_else_is_optional() -> None:
    person = services.register_person(name="Suparmi")
    assert person.nik_index is None
    assert person.proof_level == ProofLevel.NONE
    services.register_person(name="Suparmi")  # two people without a NIK are no duplicates


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(Invalid) as told:
        services.register_person(
            name=" 123 ",
            nik="3510163205900001",
            kk="1",
            phone="12",
            email="siti",
            birth_date=date(2999, 1, 1),
            sex="x",
            village_code="35.10.16",
        )
    assert set(told.value.fields) == {"name", "nik", "kk", "phone", "email", "birth_date", "sex", "village_code"}
    assert not Person.objects.exists()
    with pytest.raises(Invalid) as told:
        services.register_person(name="  ")
    assert told.value.fields["name"] == ["Isi nama lengkap sesuai KTP-el."]


def test_a_kecamatan_is_no_place_to_live() -> None:
    make_village("35.10.16.1003")
    with pytest.raises(Invalid) as told:
        services.register_person(name="Suparmi", village_code="35.10.16")
    assert "village_code" in told.value.fields


def test_the_same_nik_twice_is_a_conflict_that_names_nobody() -> None:
    make_person(name="Ketut Wirawan", nik=NIK)
    with pytest.raises(Conflict) as told:
        make_person(name="Orang Lain", nik=NIK)
    assert "Ketut" not in told.value.sentence
    assert NIK not in told.value.sentence
    assert Person.objects.count() == 1


def test_the_canary_has_its_own_lane() -> None:
    real = make_person(nik=NIK)
    canary = make_person(nik=NIK, lane=Lane.CANARY)
    assert queries.find_person_by_nik(NIK) == real
    assert queries.find_person_by_nik(NIK, lane=Lane.CANARY) == canary


def test_an_account_has_one_person() -> None:
    user = make_user()
    make_person(user=user)
    with pytest.raises(Conflict, match="Akun"):
        make_person(user=user)


def test_update_changes_what_is_given_only() -> None:
    person = make_person(nik=NIK, phone="0812-3456-7890", address="Lama")
    services.update_profile(person_id=person.pk, address="Baru", phone="")
    person.refresh_from_db()
    assert (person.address, person.nik, person.phone, person.phone_index) == ("Baru", NIK, "", None)


def test_update_may_not_take_anothers_nik() -> None:
    make_person(nik=NIK)
    other = make_person()
    with pytest.raises(Conflict):
        services.update_profile(person_id=other.pk, nik=NIK)
    with pytest.raises(Invalid):
        services.update_profile(person_id=other.pk, name="")
    with pytest.raises(Missing):
        services.update_profile(person_id=new_id(), address="x")


def test_clerk_checks_the_card() -> None:
    clerk = make_user(roles=[("clerk", "DPMPTSP")])
    person = make_person()
    moment = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
    with time_machine.travel(moment, tick=False):
        services.check_ktp(person_id=person.pk, by=clerk, level="ktp_checked")
    person.refresh_from_db()
    assert (person.proof_level, person.proof_by, person.proof_at) == ("ktp_checked", clerk, moment)


def test_a_look_by_eye_does_not_lower_the_reader() -> None:
    clerk = make_user(roles=[("clerk", "DPMPTSP")])
    person = make_person()
    services.check_ktp(person_id=person.pk, by=clerk, level="ktp_reader")
    assert services.check_ktp(person_id=person.pk, by=clerk, level="ktp_checked").proof_level == "ktp_reader"


def test_who_may_not_check_a_card() -> None:
    clerk = make_user(roles=[("clerk", "DPMPTSP")])
    herself = make_person(user=clerk)
    other = make_person()
    with pytest.raises(Refused):
        services.check_ktp(person_id=herself.pk, by=clerk, level="ktp_checked")
    with pytest.raises(Refused):
        services.check_ktp(person_id=other.pk, by=make_user(), level="ktp_checked")
    with pytest.raises(Invalid):
        services.check_ktp(person_id=other.pk, by=clerk, level="self_declared")
    with pytest.raises(Invalid):
        services.check_ktp(person_id=make_person(nik="").pk, by=clerk, level="ktp_checked")
    other.refresh_from_db()
    assert other.proof_level == ProofLevel.SELF_DECLARED


@pytest.mark.parametrize("change", [{"name": "Nama Lain"}, {"nik": make_nik()}, {"birth_date": date(1980, 1, 1)}])
def test_a_new_identity_loses_the_proof(change: dict[str, Any]) -> None:
    clerk = make_user(roles=[("clerk", "DPMPTSP")])
    person = make_person(name="Siti", birth_date=date(1990, 5, 5))
    services.check_ktp(person_id=person.pk, by=clerk, level="ktp_checked")
    assert services.update_profile(person_id=person.pk, address="Pindah").proof_level == "ktp_checked"
    changed = services.update_profile(person_id=person.pk, **change)
    assert (changed.proof_level, changed.proof_by, changed.proof_at) == ("self_declared", None, None)


def test_postgresql_refuses_a_proof_without_a_witness() -> None:
    person = make_person()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(proof_level=ProofLevel.KTP_CHECKED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(lane="test")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(sex="x")


def test_search_by_nik_phone_or_name_with_birthday(django_assert_num_queries: Any) -> None:
    born = date(1990, 5, 5)
    person = make_person(name="Siti Aminah", nik=NIK, phone="0812-3456-7890", birth_date=born)
    make_person(name="Siti Aminah", nik=make_nik(), lane=Lane.CANARY, birth_date=born)
    with django_assert_num_queries(1):  # the person with village and kecamatan
        assert queries.find_people(nik=NIK) == [person]
    assert queries.find_people(phone="+62 812 3456 7890") == [person]
    assert queries.find_people(name="aminah", birth_date=born) == [person]
    assert queries.find_people(name="aminah", birth_date=date(1991, 1, 1)) == []
    with django_assert_num_queries(0):
        assert queries.find_people(name="Siti") == []
    with pytest.raises(Invalid):
        queries.find_people(nik="123")
    with pytest.raises(Invalid):
        queries.find_person_by_nik("123")


def test_one_family_card_is_one_household() -> None:
    mother, child, neighbour = make_person(kk="3510160101150002"), make_person(kk="3510160101150002"), make_person()
    assert queries.same_household(mother, child)
    assert queries.same_household(mother, mother)
    assert not queries.same_household(mother, neighbour)
    assert not queries.same_household(make_person(), neighbour)
    assert set(queries.household_of("3510160101150002")) == {mother, child}


def test_organisation_registers_and_takes_members() -> None:
    body = services.register_organisation(name="PT Contoh", kind="PT", nib="0220101234567", npwp="012345678901000")
    assert (body.nib, body.npwp) == ("0220101234567", "0012345678901000")
    person = make_person()
    services.add_member(organisation_id=body.pk, person_id=person.pk, title="direktur")
    services.add_member(organisation_id=body.pk, person_id=person.pk, title="komisaris")
    assert [(link.person, link.title) for link in body.members.all()] == [(person, "komisaris")]
    with pytest.raises(Conflict):
        services.register_organisation(name="PT Lain", nib="0220101234567")
    with pytest.raises(Invalid) as told:
        services.register_organisation(name="", nib="1", npwp="2")
    assert set(told.value.fields) == {"name", "nib", "npwp"}


def test_a_member_must_exist_in_the_same_lane() -> None:
    body = make_organisation()
    with pytest.raises(Missing):
        services.add_member(organisation_id=body.pk, person_id=new_id())
    with pytest.raises(Missing):
        services.add_member(organisation_id=new_id(), person_id=make_person().pk)
    with pytest.raises(Missing):
        services.add_member(organisation_id=body.pk, person_id=make_person(lane=Lane.CANARY).pk)

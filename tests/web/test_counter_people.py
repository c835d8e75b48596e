"""People at the counter: finding them with a purpose, registering them, checking their card."""

import uuid

import pytest

from agencies.models import Lane, Person, User
from agencies.services import grant_membership
from tests.cases import MALL, at, browser, case_of, clerk, counted, looks_of, staff, text_of
from tests.factories import make_nik, make_person

pytestmark = pytest.mark.django_db

APPLY = "counter_apply"


def search(tab, q, purpose="counter_status", **born):
    return tab.post("/loket/cari/", {"q": q, "tujuan": purpose} | born)


def born(day="5", month="5", year="1990"):
    return {"birth_date_day": day, "birth_date_month": month, "birth_date_year": year}


@pytest.mark.parametrize("role", ["verifier", "officer", "approver", "manager", "administrator"])
@pytest.mark.parametrize("address", ["", "cari/", "orang/baru/", "permohonan/", "telepon/"])
def test_nobody_but_clerks_comes_to_the_counter(role, address):
    assert browser(staff(role)).get(f"/loket/{address}").status_code == 403
    assert browser(None).get(f"/loket/{address}").status_code == 302


def test_applicant_has_no_counter():
    assert browser(User.objects.create_user("warga@contoh.id", None)).get("/loket/").status_code == 403


def test_clerk_finds_a_person_by_nik_and_the_look_is_recorded():
    nik = make_nik()
    person, user = make_person(nik=nik), clerk()
    tab = browser(user)
    found = search(tab, f"{nik[:6]} {nik[6:12]} {nik[12:]}", APPLY)
    assert found["Location"] == f"/loket/orang/{person.pk}/?tujuan={APPLY}"
    assert nik not in found["Location"]
    shown = text_of(tab.get(found["Location"]))
    assert person.name in shown
    assert nik not in shown
    [look] = looks_of(person)
    assert (look.actor_id, look.data["purpose"]) == (user.pk, APPLY)


def test_search_without_a_purpose_is_refused_and_keeps_what_was_typed():
    nik = make_nik()
    person = make_person(nik=nik)
    response = browser(clerk()).post("/loket/cari/", {"q": nik})
    assert response.status_code == 422
    assert "belum dipilih" in text_of(response)
    assert nik in text_of(response)
    assert not looks_of(person)


def test_person_opened_by_address_alone_is_asked_for_the_purpose_first():
    person = make_person()
    tab = browser(clerk())
    asked = tab.get(f"/loket/orang/{person.pk}/")
    assert "Sebelum data dibuka" in text_of(asked)
    assert person.name not in text_of(asked)
    assert tab.get(f"/loket/orang/{person.pk}/?tujuan=iseng").status_code == 422
    assert not looks_of(person)


@pytest.mark.parametrize("what", ["reference", "tracking_code"])
def test_clerk_finds_a_case_by_its_number_or_code(what):
    script = at("submitted")
    found = search(browser(clerk()), getattr(case_of(script), what).lower())
    assert found["Location"] == f"/loket/permohonan/{script.case_id}/?tujuan=counter_status"


def test_wrong_nik_is_explained_beside_the_box():
    response = search(browser(clerk()), "3510160505900000")
    assert response.status_code == 422
    assert "0000" in text_of(response)


def test_unknown_person_leads_to_the_registration():
    response = search(browser(clerk()), make_nik())
    assert response.status_code == 200
    assert "/loket/orang/baru/" in text_of(response)


def test_name_finds_nobody_without_the_birth_date():
    from datetime import date

    person = make_person(name="Siti Aminah", birth_date=date(1990, 5, 5))
    tab = browser(clerk())
    alone = search(tab, "Siti Aminah")
    assert alone.status_code == 422
    assert "tanggal lahir" in text_of(alone)
    wrong = search(tab, "Siti Aminah", **born(day="6"))
    assert person.name not in text_of(wrong).replace('value="Siti Aminah"', "")
    right = search(tab, "siti", **born())
    assert right["Location"].startswith(f"/loket/orang/{person.pk}/")


def test_people_who_share_a_phone_are_each_looked_at():
    one, two = (make_person(phone="0812-3456-7001", name=name) for name in ("Ibu Satu", "Anak Dua"))
    response = search(browser(clerk()), "0812 3456 7001")
    assert "Ibu Satu" in text_of(response)
    assert "Anak Dua" in text_of(response)
    assert len(looks_of(one)) == len(looks_of(two)) == 1


def test_canary_person_is_nobody_at_the_counter():
    nik = make_nik()
    person = make_person(nik=nik, lane=Lane.CANARY)
    tab = browser(clerk())
    assert search(tab, nik).status_code == 200
    assert tab.get(f"/loket/orang/{person.pk}/?tujuan={APPLY}").status_code == 404


def test_clerk_does_not_serve_herself():
    user = clerk()
    person = make_person(user=user)
    response = browser(user).get(f"/loket/orang/{person.pk}/?tujuan={APPLY}")
    assert response.status_code == 403


def card(**change):
    return {
        "key": str(uuid.uuid4()),
        "name": "Ketut Wirawan",
        "nik": make_nik(),
        "sex": "male",
        "phone": "0812-3456-7890",
        "address": "Jalan Kembang 3",
        **born(),
        **change,
    }


def test_clerk_registers_a_person_and_comes_to_her_page():
    said = card()
    response = browser(clerk()).post("/loket/orang/baru/", said, follow=True)
    person = Person.objects.get(name="Ketut Wirawan")
    assert f"/loket/orang/{person.pk}/" in response.redirect_chain[-1][0]
    assert person.nik == said["nik"]
    assert person.proof_level == "self_declared"
    assert said["nik"] not in text_of(response)


def test_form_sent_twice_registers_one_person():
    tab, said = browser(clerk()), card(nik="")
    first, second = tab.post("/loket/orang/baru/", said), tab.post("/loket/orang/baru/", said)
    assert first["Location"] == second["Location"]
    assert Person.objects.filter(name="Ketut Wirawan").count() == 1


def test_known_nik_is_told_beside_the_field_without_saying_whose_it_is():
    known = make_person(name="Rahasia Benar")
    response = browser(clerk()).post("/loket/orang/baru/", card(nik=known.nik))
    assert response.status_code == 422
    assert "NIK ini sudah terdaftar" in text_of(response)
    assert "Rahasia Benar" not in text_of(response)
    assert "Jalan Kembang 3" in text_of(response)


def test_every_fault_of_the_registration_is_shown_at_once():
    response = browser(clerk()).post("/loket/orang/baru/", card(nik="123", phone="12", **born(day="31", month="2")))
    shown = text_of(response)
    assert response.status_code == 422
    assert "Tanggal itu tidak ada di kalender." in shown
    corrected = browser(clerk()).post("/loket/orang/baru/", card(nik="123", phone="12"))
    assert "16 angka" in text_of(corrected)
    assert "Nomor telepon tidak dikenal" in text_of(corrected)


def test_clerk_records_how_the_card_was_checked():
    person, user = make_person(), clerk()
    tab = browser(user)
    address = f"/loket/orang/{person.pk}/ktp/"
    half = tab.post(address, {"level": "ktp_checked"})
    assert half.status_code == 422
    assert Person.objects.get(pk=person.pk).proof_level == "self_declared"
    tab.post(address, {"level": "ktp_checked", "seen": "on"})
    checked = Person.objects.get(pk=person.pk)
    assert (checked.proof_level, checked.proof_by_id) == ("ktp_checked", user.pk)
    assert looks_of(person)[-1].data["purpose"] == "counter_identity"


def test_level_that_staff_cannot_vouch_for_is_refused():
    person = make_person()
    response = browser(clerk()).post(f"/loket/orang/{person.pk}/ktp/", {"level": "self_declared", "seen": "on"})
    assert response.status_code == 422
    assert Person.objects.get(pk=person.pk).proof_by_id is None


def test_clerk_puts_the_contact_right_and_the_proof_stays():
    person, user = make_person(), clerk()
    tab = browser(user)
    tab.post(f"/loket/orang/{person.pk}/ktp/", {"level": "ktp_checked", "seen": "on"})
    tab.post(f"/loket/orang/{person.pk}/kontak/", {"phone": "0813-1111-2222", "email": "a@contoh.id", "address": "X"})
    changed = Person.objects.get(pk=person.pk)
    assert (changed.email, changed.address, changed.proof_level) == ("a@contoh.id", "X", "ktp_checked")
    faulty = tab.post(f"/loket/orang/{person.pk}/kontak/", {"email": "bukan surel"})
    assert faulty.status_code == 422


def test_clerk_adds_a_business_once():
    person, tab = make_person(), browser(clerk())
    said = {"key": str(uuid.uuid4()), "name": "CV Kembang", "kind": "CV", "title": "pemilik"}
    for _time in range(2):
        tab.post(f"/loket/orang/{person.pk}/badan/", said)
    assert person.organisations.count() == 1
    assert person.organisation_links.get().title == "pemilik"


def test_page_of_a_person_costs_the_same_with_one_case_and_with_many():
    from tests.engine import TestCast

    cast = TestCast()
    script = at("submitted", cast=cast)
    person = case_of(script).applicant
    tab = browser(clerk())
    address = f"/loket/orang/{person.pk}/?tujuan={APPLY}"
    tab.get(address)
    with counted() as one:
        tab.get(address)
    for _case in range(6):
        at("submitted", cast=cast)
    with counted() as many:
        tab.get(address)
    assert len(one) == len(many) <= 14


def test_drafts_of_a_person_are_not_shown_to_clerks():
    script = at("drafted")
    person = case_of(script).applicant
    shown = text_of(browser(clerk()).get(f"/loket/orang/{person.pk}/?tujuan={APPLY}"))
    assert "Belum ada permohonan yang diajukan." in shown


def test_clerk_who_loses_the_role_is_out_at_the_next_request():
    user = staff("clerk")
    tab = browser(user)
    assert tab.get("/loket/").status_code == 200
    from agencies.services import revoke_membership

    revoke_membership(user, "clerk", MALL)
    assert tab.get("/loket/").status_code == 403
    grant_membership(user, "clerk", MALL)
    assert tab.get("/loket/").status_code == 200

"""The page of one case at the desk: who sees it, what it shows, what it offers."""

import re
from uuid import uuid4

import pytest

from agencies.models import Person, User
from agencies.services import grant_membership
from tests.cases import MALL, at, browser, case_of, counted, looks_of, staff, text_of
from tests.engine import TestCast
from workflows.cases.models import Attachment

pytestmark = pytest.mark.django_db

MOST_QUERIES = 29
"""Session, user, person and memberships 4; what binds her 1; her messages 1; what she has in hand 1; the case 1;
the look 5 (savepoint, lock, last event, event, release); own duty, recommendations, visits, decisions 4; holidays 1;
papers and ticks 2; events, ledger, agencies, users 4; charge 1; product 1; village of the applicant and region of an
answer 0-2."""


def page(script, user):
    return browser(user).get(f"/meja/permohonan/{script.case_id}/")


def test_verifier_opens_a_case_and_sees_its_data_and_the_one_action():
    script = at("submitted")
    case = case_of(script)
    shown = text_of(page(script, staff("verifier")))
    assert case.reference in shown
    assert case.applicant.name in shown
    assert case.applicant.nik not in shown
    assert re.search(r"Sisa \d+ hari kerja", shown)
    assert "Ambil dan periksa" in shown
    assert "Setujui" not in shown


def test_every_look_is_told_to_the_applicant_with_its_purpose():
    script = at("submitted")
    user = staff("verifier")
    page(script, user)
    [look] = looks_of(case_of(script).applicant)
    assert look.actor_id == user.pk
    assert look.data["purpose"] == "verification"
    assert look.data["case"] == str(script.case_id)


@pytest.mark.parametrize("role", ["clerk", "manager", "administrator"])
def test_other_roles_get_no_case_at_the_desk(role):
    response = page(at("submitted"), staff(role))
    assert response.status_code == 403


def test_applicant_cannot_open_the_desk():
    script = at("submitted")
    own = User.objects.get(pk=script.who.actor.user_id)
    assert page(script, own).status_code == 403


def test_stranger_is_led_to_the_log_in():
    response = page(at("submitted"), None)
    assert response.status_code == 302
    assert "/akun/" in response["Location"]


def test_officer_of_an_agency_that_was_not_asked_finds_nothing():
    script = at("checked")
    response = page(script, staff("officer", "DLH"))
    assert response.status_code == 404
    assert case_of(script).applicant.name not in text_of(response)


def test_officer_sees_the_case_only_once_her_agency_is_asked():
    officer = staff("officer", "DINKES")
    assert page(at("submitted"), officer).status_code == 404
    script = at("checked")
    response = page(script, officer)
    assert response.status_code == 200
    assert "Beri rekomendasi" in text_of(response)
    assert looks_of(case_of(script).applicant)[-1].data["purpose"] == "recommendation"


def test_verifier_cannot_open_a_draft():
    assert page(at("drafted"), staff("verifier")).status_code == 404


def test_verifier_cannot_open_her_own_case():
    script = at("submitted")
    own = User.objects.get(pk=script.who.actor.user_id)
    grant_membership(own, "verifier", MALL)
    response = page(script, own)
    assert response.status_code == 403
    assert "permohonan Anda sendiri" in text_of(response)


def test_unknown_case_is_not_found():
    assert browser(staff("verifier")).get(f"/meja/permohonan/{uuid4()}/").status_code == 404


def test_who_took_the_case_is_not_offered_the_decision():
    cast = TestCast()
    script = at("advised", cast=cast)
    checker = cast.user("verifier", MALL)
    grant_membership(checker, "approver", MALL)
    shown = text_of(page(script, checker))
    assert "Setujui" not in shown
    assert "keputusan diambil petugas lain" in shown
    assert "Setujui" in text_of(page(script, staff("approver")))


def test_page_of_a_finished_case_tells_its_whole_life():
    script = at("decided")
    shown = text_of(page(script, staff("verifier")))
    for words in ("Permohonan diajukan", "Berkas dinyatakan lengkap", "Rekomendasi diberikan", "Disetujui"):
        assert words in shown
    assert "Mematuhi ketentuan teknis yang berlaku." in shown
    assert "Pemeriksaan berkas" in shown


def test_page_costs_the_same_for_a_young_and_an_old_case():
    young, old, tab = at("submitted"), at("decided"), browser(staff("verifier"))
    tab.get(f"/meja/permohonan/{young.case_id}/")
    with counted() as first:
        tab.get(f"/meja/permohonan/{young.case_id}/")
    with counted() as second:
        tab.get(f"/meja/permohonan/{old.case_id}/")
    assert max(len(first), len(second)) <= MOST_QUERIES


def test_paper_of_a_foreign_case_is_not_found():
    script = at("submitted")
    attachment = Attachment.objects.filter(case_id=script.case_id).first()
    address = f"/meja/berkas/{attachment.pk}/"
    assert browser(staff("officer", "DLH")).get(address).status_code == 404
    assert browser(staff("clerk")).get(address).status_code == 403
    assert not looks_of(Person.objects.get(pk=script.who.person_id))

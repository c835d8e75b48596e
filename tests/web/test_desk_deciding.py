"""Deciding at the desk: approval, refusal with its letter, products of other systems, same-visit services."""

import re

import pytest

from agencies import clock
from agencies.services import grant_membership
from tests.cases import DOCTOR, MALL, at, browser, case_of, staff, text_of
from tests.engine import TestCast
from workflows.cases import services
from workflows.cases.advice import Recommendation
from workflows.cases.decisions import Decision
from workflows.permits.models import Permit

pytestmark = pytest.mark.django_db

SKCK = "POLRESTA-SKCK-BARU"
CARD = "DUKCAPIL-KTP-BARU"


def address(script, what):
    return f"/meja/permohonan/{script.case_id}/{what}/"


def approval(script, **change):
    return {"revision": str(case_of(script).revision), "reason": "Semua syarat terpenuhi.", "legal_basis": ""} | change


def refusal(script, **change):
    words = {
        "reason": "Tempat praktik tidak sesuai.",
        "legal_basis": "UU 17/2023",
        "cites": ["_answers"],
        "remedy": "Datanglah ke loket bila perlu.",
    }
    return {"revision": str(case_of(script).revision), "do": "preview"} | words | change


def test_approver_approves_with_her_reason_and_the_number_is_taken():
    script = at("advised")
    user = staff("approver")
    response = browser(user).post(address(script, "setujui"), approval(script), follow=True)
    decision = Decision.objects.get(case_id=script.case_id)
    assert (decision.outcome, decision.reason, decision.by_id) == ("approved", "Semua syarat terpenuhi.", user.pk)
    assert Permit.objects.get(case_id=script.case_id).number in text_of(response)


def test_approval_without_a_reason_is_refused():
    script = at("advised")
    response = browser(staff("approver")).post(address(script, "setujui"), approval(script, reason=" "))
    assert response.status_code == 422
    assert "belum diisi" in text_of(response)
    assert case_of(script).state == "awaiting_decision"


def test_refusal_form_offers_law_and_remedy():
    script = at("advised")
    shown = text_of(browser(staff("approver")).get(address(script, "tolak")))
    assert "21 hari kerja" in shown
    assert "Kepala Dinas Penanaman Modal" in shown
    assert case_of(script).definition.standard.legal_basis[0][:20] in shown.replace("&#x27;", "'")


@pytest.mark.parametrize("missing", ["reason", "legal_basis", "cites"])
@pytest.mark.parametrize("do", ["preview", "send"])
def test_refusal_is_impossible_without_reason_law_and_something_cited(missing, do):
    script = at("advised")
    response = browser(staff("approver")).post(address(script, "tolak"), refusal(script, do=do, **{missing: ""}))
    assert response.status_code == 422
    assert case_of(script).state == "awaiting_decision"
    kept = {"reason", "legal_basis"} - {missing}
    for name in kept:
        assert refusal(script)[name] in text_of(response)


def test_refusal_shows_its_letter_before_it_is_sent():
    script, tab = at("advised"), browser(staff("approver"))
    preview = text_of(tab.post(address(script, "tolak"), refusal(script)))
    assert "Tempat praktik tidak sesuai." in preview
    assert "tidak dapat ditarik kembali" in preview
    assert case_of(script).state == "awaiting_decision"
    edited = text_of(tab.post(address(script, "tolak"), refusal(script, do="edit")))
    assert "Tempat praktik tidak sesuai." in edited
    sent = tab.post(address(script, "tolak"), refusal(script, do="send"), follow=True)
    assert case_of(script).state == "refused"
    assert "Datanglah ke loket bila perlu." in text_of(sent)
    assert "21 hari kerja" in text_of(sent)


def test_binding_recommendation_against_leaves_only_the_refusal():
    script = at("checked")
    advice = Recommendation.objects.get(case_id=script.case_id)
    services.give_recommendation(
        recommendation_id=advice.pk,
        by=TestCast().player("officer", "DINKES"),
        verdict="unfavourable",
        reason="STR tidak berlaku.",
        legal_basis="UU 17/2023",
    )
    tab = browser(staff("approver"))
    shown = text_of(tab.get(f"/meja/permohonan/{script.case_id}/"))
    assert "Tolak" in shown
    assert "Setujui<" not in shown
    response = tab.post(address(script, "setujui"), approval(script))
    assert response.status_code == 409
    assert "DINKES" in text_of(response)


def test_two_approvers_decide_and_the_second_gets_a_clear_409():
    script = at("advised")
    said = approval(script)
    assert browser(staff("approver")).post(address(script, "setujui"), said).status_code == 302
    late = browser(staff("approver")).post(address(script, "setujui"), said)
    assert late.status_code == 409
    assert Decision.objects.filter(case_id=script.case_id).count() == 1


def test_who_verified_cannot_decide():
    cast = TestCast()
    script = at("advised", cast=cast)
    checker = cast.user("verifier", MALL)
    grant_membership(checker, "approver", MALL)
    tab = browser(checker)
    assert tab.get(address(script, "setujui")).status_code == 302
    response = tab.post(address(script, "setujui"), approval(script))
    assert response.status_code == 403
    assert "tugas lain" in text_of(response)
    assert case_of(script).state == "awaiting_decision"


OTHERS = (
    ("verifier", MALL, 403),
    ("clerk", MALL, 403),
    ("manager", MALL, 403),
    ("administrator", MALL, 403),
    ("officer", "DINKES", 403),
    ("officer", "DLH", 404),
    ("approver", "POLRESTA", 404),
)


@pytest.mark.parametrize("what", ["setujui", "tolak"])
def test_nobody_else_may_decide(what):
    script = at("advised")
    said = approval(script) if what == "setujui" else refusal(script, do="send")
    for role, agency, status in OTHERS:
        tab = browser(staff(role, agency))
        assert tab.get(address(script, what)).status_code == status, role
        assert tab.post(address(script, what), said).status_code == status, role
    assert case_of(script).state == "awaiting_decision"


def test_case_changed_under_the_decision_is_shown_again_with_what_was_typed():
    script, tab = at("advised"), browser(staff("approver"))
    response = tab.post(address(script, "setujui"), approval(script, revision="1"))
    assert response.status_code == 409
    assert "Semua syarat terpenuhi." in text_of(response)
    assert case_of(script).state == "awaiting_decision"


def boxes(tab, where, name):
    """The names of a date's three boxes, filled with today."""
    found = re.findall(rf'name="({name}_\w+)"', text_of(tab.get(where)))
    today = clock.today()
    return dict(zip(found, (str(today.day), str(today.month), str(today.year)), strict=True))


def test_agency_officer_decides_and_records_the_number_of_the_other_system():
    script = at("checked", CARD)
    tab = browser(staff("officer", "DUKCAPIL"))
    tab.post(address(script, "setujui"), approval(script))
    assert case_of(script).state == "approved"
    where = address(script, "produk")
    assert case_of(script).definition.product.system in text_of(tab.get(where))
    said = boxes(tab, where, "issued_on") | {"number": script.product_number()}
    response = tab.post(where, said, follow=True)
    assert case_of(script).state == "issued"
    assert script.product_number() in text_of(response)


def test_product_without_a_number_is_refused_beside_the_field():
    script = at("checked", CARD)
    tab = browser(staff("officer", "DUKCAPIL"))
    tab.post(address(script, "setujui"), approval(script))
    where = address(script, "produk")
    response = tab.post(where, boxes(tab, where, "issued_on") | {"number": ""})
    assert response.status_code == 422
    assert "belum diisi" in text_of(response)
    assert case_of(script).state == "approved"


@pytest.mark.parametrize(("role", "agency", "status"), [("officer", "POLRESTA", 404), ("clerk", MALL, 403)])
def test_nobody_else_records_a_product(role, agency, status):
    script = at("decided", CARD)
    tab = browser(staff(role, agency))
    assert tab.get(address(script, "produk")).status_code == status
    assert tab.post(address(script, "produk"), {"number": "1"}).status_code == status


def serving(tab, script, **change):
    said = boxes(tab, address(script, "layani"), "issued_on") | {
        "revision": str(case_of(script).revision),
        "checked": "on",
        "outcome": "approve",
        "reason": "Persyaratan lengkap.",
        "number": script.product_number(),
    }
    return said | change


def test_officer_serves_a_same_visit_case_on_one_page():
    script, tab = at("submitted", SKCK), browser(staff("officer", "POLRESTA"))
    shown = text_of(tab.get(address(script, "layani")))
    assert case_of(script).applicant.name in shown
    response = tab.post(address(script, "layani"), serving(tab, script), follow=True)
    assert case_of(script).state == "issued"
    assert "Layanan selesai." in text_of(response)


def test_same_visit_approval_without_a_number_is_told_beside_the_field():
    script, tab = at("submitted", SKCK), browser(staff("officer", "POLRESTA"))
    response = tab.post(address(script, "layani"), serving(tab, script, number=""))
    assert response.status_code == 422
    assert "Tulis nomor produk" in text_of(response)
    assert case_of(script).state == "submitted"


def test_same_visit_refusal_needs_law_and_something_cited():
    script, tab = at("submitted", SKCK), browser(staff("officer", "POLRESTA"))
    bare = tab.post(address(script, "layani"), serving(tab, script, outcome="refuse", legal_basis=""))
    assert bare.status_code == 422
    assert case_of(script).state == "submitted"
    said = {"outcome": "refuse", "legal_basis": "Perkap", "reason": "Foto tidak sesuai."}
    uncited = tab.post(address(script, "layani"), serving(tab, script, **said))
    assert uncited.status_code == 422
    whole = serving(tab, script, cites=["_answers"], **said)
    tab.post(address(script, "layani"), whole)
    assert case_of(script).state == "refused"


def test_same_visit_case_is_served_once():
    script = at("submitted", SKCK)
    first, second = browser(staff("officer", "POLRESTA")), browser(staff("officer", "POLRESTA"))
    said = serving(first, script)
    assert first.post(address(script, "layani"), said).status_code == 302
    assert second.post(address(script, "layani"), said).status_code == 409


@pytest.mark.parametrize(
    ("role", "agency", "status"),
    [("officer", "DUKCAPIL", 404), ("verifier", MALL, 404), ("clerk", MALL, 403), ("approver", "POLRESTA", 403)],
)
def test_nobody_else_serves(role, agency, status):
    script = at("submitted", SKCK)
    tab = browser(staff(role, agency))
    assert tab.get(address(script, "layani")).status_code == status
    assert tab.post(address(script, "layani"), {}).status_code == status


def test_ordinary_case_is_not_served_in_one_visit():
    script = at("submitted", DOCTOR)
    assert browser(staff("verifier")).get(address(script, "layani")).status_code == 403

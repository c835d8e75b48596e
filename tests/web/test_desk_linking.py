"""The desk of whoever checks the papers: send an agency its link, print the letter, revoke it, see how it stands."""

import re

import pytest

from agencies.models import Agency
from notifications import sending
from tests.cases import browser, case_of, staff, text_of
from tests.linked import AGENCY, answer, asked, officer, request_of, sent
from workflows.cases.links import AdviceLink, token_of
from workflows.trail import relay

pytestmark = pytest.mark.django_db


def page_of(script) -> str:
    return f"/meja/rekomendasi/{request_of(script).pk}/tautan/"


def test_verifier_sends_a_letter_from_the_case_and_sees_that_it_waits():
    script = asked()
    named = officer(script)
    tab = browser(staff("verifier"))
    assert page_of(script) in text_of(tab.get(f"/meja/permohonan/{script.case_id}/"))
    assert str(named) in text_of(tab.get(page_of(script)))
    done = tab.post(page_of(script), {"to": str(named.pk), "way": "letter"}, follow=True)
    assert done.redirect_chain[-1][0] == page_of(script)
    assert "Menunggu jawaban" in text_of(done)
    assert "Cetak surat" in text_of(done)
    link = AdviceLink.objects.get()
    assert (link.to_id, link.way) == (named.pk, "letter")


def test_address_stands_on_the_letter_once_and_on_no_other_page():
    script = asked()
    link = sent(script)
    token = token_of(link.pk)
    tab = browser(staff("verifier"))
    paper = f"/meja/tautan/{link.pk}/surat/"
    assert token not in text_of(tab.get(paper))
    letter = tab.post(paper)
    assert f"/meja/jawab/{token}/" in text_of(letter)
    assert re.search(r'<svg class="mall-qr"[^>]*role="img"', text_of(letter))
    assert "no-store" in letter["Cache-Control"]
    again = tab.post(paper)
    assert again.status_code == 409
    assert "sudah dicetak" in text_of(again)
    for other in (f"/meja/permohonan/{script.case_id}/", page_of(script), paper):
        assert token not in text_of(tab.get(other))


def test_verifier_revokes_after_being_asked():
    script = asked()
    link = sent(script)
    tab, address = browser(staff("verifier")), f"/meja/tautan/{link.pk}/cabut/"
    assert "tidak dapat dipakai lagi" in text_of(tab.get(address))
    tab.post(address)
    link.refresh_from_db()
    assert link.revoked_at
    assert "Tidak berlaku" in text_of(tab.get(page_of(script)))
    assert tab.post(address).status_code == 409


def test_page_says_how_the_mail_went():
    script = asked()
    sent(script, way="mail")
    relay.drain("default")
    sending.send_due()
    assert "Surel: Terkirim" in " ".join(text_of(browser(staff("verifier")).get(page_of(script))).split())


def test_faulty_form_is_explained_beside_its_fields():
    script = asked()
    officer(script)
    response = browser(staff("verifier")).post(page_of(script), {"to": "", "way": ""})
    assert response.status_code == 422
    assert not AdviceLink.objects.exists()
    foreign = browser(staff("verifier")).post(page_of(script), {"to": str(case_of(script).pk), "way": "mail"})
    assert foreign.status_code == 422


def test_timeline_tells_what_became_of_the_link_without_its_address():
    script = asked()
    link = sent(script)
    answer(link)
    shown = text_of(browser(staff("approver")).get(f"/meja/permohonan/{script.case_id}/"))
    assert "Tautan jawaban dikirim ke instansi" in shown
    assert "lewat tautan sekali pakai" in shown
    assert token_of(link.pk) not in shown


def test_agency_with_a_screen_has_no_button():
    script = asked()
    Agency.objects.filter(pk=AGENCY).update(answers_by="screen")
    tab = browser(staff("verifier"))
    assert page_of(script) not in text_of(tab.get(f"/meja/permohonan/{script.case_id}/"))
    assert tab.get(page_of(script)).status_code == 302
    assert tab.post(page_of(script), {"to": str(officer(script).pk), "way": "mail"}).status_code == 409


@pytest.mark.parametrize(
    ("role", "agency", "status"),
    [("approver", "DPMPTSP", 403), ("officer", AGENCY, 403), ("officer", "DLH", 404), ("manager", "DPMPTSP", 403)],
)
def test_nobody_else_sends_prints_or_revokes(role, agency, status):
    script = asked()
    link = sent(script)
    tab = browser(staff(role, agency))
    for address in (page_of(script), f"/meja/tautan/{link.pk}/surat/", f"/meja/tautan/{link.pk}/cabut/"):
        assert tab.get(address).status_code == status
        assert tab.post(address, {"to": str(officer(script).pk), "way": "letter"}).status_code == status
    link.refresh_from_db()
    assert (link.printed_at, link.revoked_at) == (None, None)

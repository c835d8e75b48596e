"""Second answers at the desk: what was said stays to be read, and silence is told in words."""

from datetime import timedelta

import pytest

from agencies import clock
from tests.advice import checked, give, of, service
from tests.cases import browser, case_of, staff, text_of
from workflows.clock import sweep

pytestmark = pytest.mark.django_db

BINDING = {"agency": "DLH", "term_days": 5}
GOING = {"agency": "DISHUB", "term_days": 2, "silence": "proceed"}


def test_officer_recalls_and_the_approver_reads_both_answers():
    service(BINDING)
    script = checked()
    give(script, "DLH", reason="Alasan pertama.")
    address = f"/meja/rekomendasi/{of(script, 'DLH').pk}/tarik/"
    tab = browser(staff("officer", "DLH"))
    assert "Alasan pertama." in text_of(tab.get(address))
    empty = tab.post(address, {"reason": ""})
    assert (empty.status_code, case_of(script).state) == (422, "awaiting_decision")
    assert tab.post(address, {"reason": "Peta keliru."}).status_code == 302
    assert case_of(script).state == "awaiting_recommendations"
    give(script, "DLH", reason="Alasan kedua.")
    shown = text_of(browser(staff("approver")).get(f"/meja/permohonan/{script.case_id}/"))
    for words in ("Alasan pertama.", "Peta keliru.", "Alasan kedua.", "Rekomendasi ditarik kembali"):
        assert words in shown


def test_approver_asks_again_from_the_page_of_the_case():
    service(BINDING)
    script = checked()
    give(script, "DLH")
    tab = browser(staff("approver"))
    assert "Minta ulang rekomendasi" in text_of(tab.get(f"/meja/permohonan/{script.case_id}/"))
    tab.post(f"/meja/rekomendasi/{of(script, 'DLH').pk}/minta-ulang/", {"reason": "Dasar hukumnya dicabut."})
    assert case_of(script).state == "awaiting_recommendations"
    assert of(script, "DLH").asked_again == 1


def test_approver_reads_in_words_whose_recommendation_never_came_and_why_advice_must_be_answered():
    service(GOING, BINDING | {"binding": False})
    script = checked()
    due = of(script, "DISHUB").due_at
    give(script, "DLH", verdict="unfavourable", reason="Merusak mata air.")
    with clock.pretend(due + timedelta(minutes=1)):
        sweep.sweep()
    tab = browser(staff("approver"))
    address = f"/meja/permohonan/{script.case_id}/setujui/"
    shown = text_of(tab.get(address))
    assert "Tidak ada rekomendasi diterima dari" in shown
    assert "Alasan tidak mengikuti rekomendasi" in shown
    said = {"reason": "Lengkap.", "revision": str(case_of(script).revision), "against_reason": ""}
    assert tab.post(address, said).status_code == 422
    assert tab.post(address, said | {"against_reason": "Mata air dilindungi sumur resapan."}).status_code == 302
    assert case_of(script).state == "approved"
    assert "Mata air dilindungi" in text_of(tab.get(f"/meja/permohonan/{script.case_id}/"))

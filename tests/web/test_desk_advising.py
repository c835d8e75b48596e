"""What an officer does for her agency: visit, report, recommend."""

import re
from datetime import date

import pytest

from agencies import clock
from tests.cases import at, browser, case_of, looks_of, staff, text_of
from workflows.cases.advice import Recommendation
from workflows.cases.models import Duty
from workflows.cases.visits import Inspection

pytestmark = pytest.mark.django_db

CLINIC = "DPMPTSP-TPM-BIDAN"
"""One recommendation with a visit (M1i)."""
LAND = "BPN-PERTAMA"
"""The agency's own visit before its own decision (A2)."""

WORDS = {"verdict": "favourable", "reason": "Memenuhi syarat teknis.", "legal_basis": "UU 17/2023"}


def request_of(script):
    return Recommendation.objects.get(case_id=script.case_id)


def parts(tab, address, name):
    """The names of the three boxes, as the page writes them."""
    found = re.findall(rf'name="({name}_\w+)"', text_of(tab.get(address)))
    when = clock.today()
    return dict(zip(found, (str(when.day), str(when.month), str(when.year)), strict=True))


def test_officer_recommends_and_the_case_goes_to_the_decision():
    script = at("checked")
    user = staff("officer", "DINKES")
    tab, address = browser(user), f"/meja/rekomendasi/{request_of(script).pk}/"
    assert "Rekomendasi bukan keputusan" in text_of(tab.get(address))
    response = tab.post(address, WORDS, follow=True)
    assert response.redirect_chain[-1][0] == f"/meja/permohonan/{script.case_id}/"
    advice = request_of(script)
    assert (advice.state, advice.verdict, advice.officer_id) == ("given", "favourable", user.pk)
    assert case_of(script).state == "awaiting_decision"
    assert Duty.objects.get(case_id=script.case_id, user=user).duty == "recommender"


def test_each_row_becomes_one_condition_with_its_due():
    script = at("checked")
    said = WORDS | {"verdict": "conditional", "rows": "3"}
    said |= {"clause_1": "Papan nama terpasang.", "due_1": "30"}
    said |= {"clause_2": "", "due_2": "", "clause_3": " Jam praktik diumumkan. ", "due_3": "31-12-2099"}
    browser(staff("officer", "DINKES")).post(f"/meja/rekomendasi/{request_of(script).pk}/", said)
    kept = [(one.text, one.due_days, one.due_on) for one in request_of(script).conditions]
    assert kept == [("Papan nama terpasang.", 30, None), ("Jam praktik diumumkan.", None, date(2099, 12, 31))]


def test_officer_asks_for_more_rows_and_keeps_what_she_typed():
    script = at("checked")
    said = WORDS | {"clause_1": "Papan nama terpasang.", "reason": "", "do": "more"}
    shown = browser(staff("officer", "DINKES")).post(f"/meja/rekomendasi/{request_of(script).pk}/", said)
    assert shown.status_code == 200
    assert "Papan nama terpasang." in text_of(shown)
    assert "clause_5" in text_of(shown)
    assert "belum diisi" not in text_of(shown)
    assert request_of(script).state == "asked"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": ""}, "belum diisi"),
        ({"verdict": ""}, "belum dipilih"),
        ({"verdict": "conditional"}, "Tulis sedikitnya satu syarat."),
        ({"legal_basis": "  "}, "“Dasar hukum” belum diisi"),
        ({"clause_1": "Papan nama."}, "pilih “Menyetujui dengan syarat”"),
        ({"verdict": "conditional", "clause_1": "Papan nama.", "due_1": "besok"}, "Tulis jumlah hari"),
        ({"verdict": "conditional", "clause_1": "Papan nama.", "due_1": "0"}, "antara 1 dan 3650 hari"),
        ({"verdict": "conditional", "clause_1": "Papan nama.", "due_1": "1-1-2020"}, "harus sesudah hari ini"),
        ({"verdict": "conditional", "due_1": "30"}, "Tulis syaratnya"),
    ],
)
def test_faulty_recommendation_is_explained_and_nothing_typed_is_lost(change, sentence):
    script = at("checked")
    response = browser(staff("officer", "DINKES")).post(f"/meja/rekomendasi/{request_of(script).pk}/", WORDS | change)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert ("UU 17/2023" if "reason" in change else "Memenuhi syarat teknis.") in text_of(response)
    assert request_of(script).state == "asked"


def test_two_officers_answer_one_request_and_the_second_gets_409():
    script = at("checked")
    address = f"/meja/rekomendasi/{request_of(script).pk}/"
    assert browser(staff("officer", "DINKES")).post(address, WORDS).status_code == 302
    late = browser(staff("officer", "DINKES")).post(address, WORDS)
    assert late.status_code == 409
    assert "sudah diberikan" in text_of(late)


@pytest.mark.parametrize(
    ("role", "agency", "status"),
    [("officer", "DLH", 404), ("verifier", "DPMPTSP", 403), ("approver", "DPMPTSP", 403), ("clerk", "DPMPTSP", 403)],
)
def test_nobody_else_may_recommend(role, agency, status):
    script = at("checked")
    tab, address = browser(staff(role, agency)), f"/meja/rekomendasi/{request_of(script).pk}/"
    assert tab.get(address).status_code == status
    assert tab.post(address, WORDS).status_code == status
    assert request_of(script).state == "asked"


def test_visit_comes_before_the_recommendation():
    script = at("checked", CLINIC)
    user = staff("officer", "DINKES")
    tab = browser(user)
    address = f"/meja/rekomendasi/{request_of(script).pk}/"
    assert "Beri rekomendasi" not in text_of(tab.get(f"/meja/permohonan/{script.case_id}/"))
    early = tab.post(address, WORDS)
    assert early.status_code == 422
    assert "Laporkan dahulu hasil pemeriksaan lapangan." in text_of(early)


def test_officer_schedules_reports_and_then_recommends():
    script = at("checked", CLINIC)
    visit = Inspection.objects.get(case_id=script.case_id)
    tab = browser(staff("officer", "DINKES"))
    schedule = f"/meja/lapangan/{visit.pk}/jadwal/"
    tab.post(schedule, parts(tab, schedule, "day"))
    visit.refresh_from_db()
    assert (visit.state, visit.scheduled_for) == ("scheduled", clock.today())
    report = f"/meja/lapangan/{visit.pk}/laporan/"
    said = parts(tab, report, "held_on") | {"result": "fit", "findings": "Ruang praktik sesuai.", "position": ""}
    shown = tab.post(report, said, follow=True)
    assert "Ruang praktik sesuai." in text_of(shown)
    assert "Beri rekomendasi" in text_of(shown)
    tab.post(f"/meja/rekomendasi/{request_of(script).pk}/", WORDS)
    assert case_of(script).state == "awaiting_decision"


def test_impossible_day_is_told_beside_the_field():
    script = at("checked", CLINIC)
    visit = Inspection.objects.get(case_id=script.case_id)
    tab, address = browser(staff("officer", "DINKES")), f"/meja/lapangan/{visit.pk}/jadwal/"
    names = list(parts(tab, address, "day"))
    response = tab.post(address, dict(zip(names, ("31", "2", "2030"), strict=True)))
    assert response.status_code == 422
    assert "Tanggal itu tidak ada di kalender." in text_of(response)
    past = tab.post(address, dict(zip(names, ("2", "1", "2020"), strict=True)))
    assert past.status_code == 422
    assert "sudah lewat" in text_of(past)


def test_visit_of_another_agency_is_not_found():
    script = at("checked", CLINIC)
    visit = Inspection.objects.get(case_id=script.case_id)
    for what in ("jadwal", "laporan"):
        address = f"/meja/lapangan/{visit.pk}/{what}/"
        assert browser(staff("officer", "DLH")).get(address).status_code == 404
        assert browser(staff("verifier")).get(address).status_code == 403
        assert browser(staff("clerk")).get(address).status_code == 403
        assert browser(None).get(address).status_code == 302


def test_agency_with_own_authority_visits_before_it_decides():
    script = at("checked", LAND)
    visit = Inspection.objects.get(case_id=script.case_id)
    tab = browser(staff("officer", "BPN"))
    assert "Undi petugas pemeriksa" in text_of(tab.get(f"/meja/permohonan/{script.case_id}/"))
    tab.post(f"/meja/lapangan/{visit.pk}/undi/")
    shown = text_of(tab.get(f"/meja/permohonan/{script.case_id}/"))
    assert "Laporkan pemeriksaan" in shown
    assert "Setujui" not in shown
    assert numbers_in_queue(tab) == 1
    report = f"/meja/lapangan/{visit.pk}/laporan/"
    tab.post(report, parts(tab, report, "held_on") | {"result": "fit", "findings": "Batas tanah sesuai."})
    assert "Setujui" in text_of(tab.get(f"/meja/permohonan/{script.case_id}/"))
    assert numbers_in_queue(tab) == 0


def numbers_in_queue(tab):
    return len(re.findall(r">MPP-\d{4}-\d{6}<", text_of(tab.get("/meja/antrean/lapangan/"))))


def test_opening_the_form_is_a_look_with_its_purpose():
    script = at("checked")
    browser(staff("officer", "DINKES")).get(f"/meja/rekomendasi/{request_of(script).pk}/")
    assert looks_of(case_of(script).applicant)[-1].data["purpose"] == "recommendation"

"""Checking papers at the desk: ticks, the return letter, accepting, coming too late."""

import pytest

from tests.cases import MALL, at, browser, case_of, looks_of, staff, text_of
from tests.engine import TestCast
from workflows.cases import services
from workflows.cases.models import Case, RequirementCheck
from workflows.cases.verification import to_check

pytestmark = pytest.mark.django_db


def address(script, what="periksa"):
    return f"/meja/permohonan/{script.case_id}/{what}/"


def ticks(script, *, deficient="", note="Pindaian tidak terbaca.", do="accept"):
    """A filled checklist; every item ok but the one that is deficient."""
    case = case_of(script)
    said = {"revision": str(case.revision), "do": do}
    for code in to_check(case):
        said[f"tick-{code}"] = "deficient" if code == deficient else "ok"
        said[f"note-{code}"] = note if code == deficient else ""
    return said


def taken(cast=None):
    cast = cast or TestCast()
    script = at("taken", cast=cast)
    return script, browser(cast.user("verifier", MALL))


def test_verifier_takes_a_case_and_comes_to_its_checklist():
    script, user = at("submitted"), staff("verifier")
    tab = browser(user)
    response = tab.post(address(script, "ambil"), follow=True)
    assert response.redirect_chain == [(address(script), 302)]
    assert case_of(script).state == "in_verification"
    for code in to_check(case_of(script)):
        assert f"tick-{code}" in text_of(response)


def test_two_verifiers_take_one_case_and_the_second_gets_a_clear_409():
    script = at("submitted")
    first, second = browser(staff("verifier")), browser(staff("verifier"))
    assert first.post(address(script, "ambil")).status_code == 302
    late = second.post(address(script, "ambil"))
    assert late.status_code == 409
    assert "sedang dipegang" in text_of(late)


def test_take_opened_as_a_page_leads_to_the_case():
    script = at("submitted")
    response = browser(staff("verifier")).get(address(script, "ambil"))
    assert response["Location"] == f"/meja/permohonan/{script.case_id}/"
    assert case_of(script).state == "submitted"


def test_verifier_accepts_and_the_agency_is_asked():
    script, tab = taken()
    response = tab.post(address(script), ticks(script), follow=True)
    assert case_of(script).state == "awaiting_recommendations"
    assert "Berkas dinyatakan lengkap" in text_of(response)
    assert RequirementCheck.objects.filter(case_id=script.case_id, verdict="ok").count() == len(
        to_check(case_of(script))
    )


def test_untouched_checklist_names_every_missing_tick_and_changes_nothing():
    script, tab = taken()
    response = tab.post(address(script), {"revision": str(case_of(script).revision), "do": "accept"})
    assert response.status_code == 422
    assert text_of(response).count("tandai sesuai atau kurang.") >= 2 * len(to_check(case_of(script)))
    assert case_of(script).state == "in_verification"


def test_deficiency_without_words_is_refused_and_what_was_ticked_stays():
    script, tab = taken()
    code = to_check(case_of(script))[-1]
    response = tab.post(address(script), ticks(script, deficient=code, note="", do="return"))
    assert response.status_code == 422
    assert "tulis apa yang kurang" in text_of(response)
    assert text_of(response).count(" checked") == len(to_check(case_of(script)))


def test_return_letter_writes_itself_and_is_sent_only_when_confirmed():
    script, tab = taken()
    code = to_check(case_of(script))[-1]
    preview = tab.post(address(script), ticks(script, deficient=code, do="return"))
    assert "Surat pengembalian" in text_of(preview)
    assert "Pindaian tidak terbaca." in text_of(preview)
    assert case_of(script).state == "in_verification"
    edited = tab.post(address(script), ticks(script, deficient=code, do="edit"))
    assert "Pindaian tidak terbaca." in text_of(edited)
    sent = tab.post(address(script), ticks(script, deficient=code, do="send"), follow=True)
    assert case_of(script).state == "returned"
    assert "Berkas dikembalikan" in text_of(sent)
    [tick] = RequirementCheck.objects.filter(case_id=script.case_id, verdict="deficient")
    assert (tick.requirement, tick.note) == (code, "Pindaian tidak terbaca.")


def test_preview_carries_everything_that_was_ticked():
    script, tab = taken()
    code = to_check(case_of(script))[-1]
    shown = text_of(tab.post(address(script), ticks(script, deficient=code, do="return")))
    for name in ticks(script):
        assert name == "do" or f'name="{name}"' in shown


def test_return_without_a_deficiency_is_refused():
    script, tab = taken()
    response = tab.post(address(script), ticks(script, do="return"))
    assert response.status_code == 422
    assert "tidak ada yang perlu dikembalikan" in text_of(response)


def test_accepting_with_a_deficiency_is_refused():
    script, tab = taken()
    code = to_check(case_of(script))[-1]
    response = tab.post(address(script), ticks(script, deficient=code, do="accept"))
    assert response.status_code == 422
    assert "Masih ada berkas yang ditandai kurang" in text_of(response)
    assert case_of(script).state == "in_verification"


def test_ticks_of_an_older_page_are_not_put_on_newer_papers():
    """Returned, answered and taken again: what was ticked before the answer says nothing about the new papers."""
    cast = TestCast()
    script, tab = taken(cast)
    old = ticks(script)
    code = to_check(case_of(script))[-1]
    tab.post(address(script), ticks(script, deficient=code, do="send"))
    script.play(script.attach)
    script.play(script.submit)
    services.take(case_id=script.case_id, by=cast.player("verifier", MALL))
    response = tab.post(address(script), old)
    assert response.status_code == 409
    assert "berubah sejak Anda membuka halaman" in text_of(response)
    assert case_of(script).state == "in_verification"
    assert f'value="{case_of(script).revision}"' in text_of(response)
    assert tab.post(address(script), ticks(script)).status_code == 302


def test_who_comes_too_late_gets_a_clear_page():
    cast = TestCast()
    script, tab = taken(cast)
    said = ticks(script)
    marks = dict.fromkeys(to_check(case_of(script)), ("ok", ""))
    services.accept(case_id=script.case_id, by=cast.player("verifier", MALL), marks=marks)
    response = tab.post(address(script), said)
    assert response.status_code == 409
    assert "Menunggu rekomendasi" in text_of(response)
    back = tab.get(address(script))
    assert back["Location"] == f"/meja/permohonan/{script.case_id}/"


def test_colleague_is_not_led_to_a_checklist_before_it_is_taken():
    script = at("submitted")
    response = browser(staff("verifier")).get(address(script))
    assert response["Location"] == f"/meja/permohonan/{script.case_id}/"


def test_opening_the_checklist_is_a_look():
    script, tab = taken()
    before = len(looks_of(case_of(script).applicant))
    tab.get(address(script))
    assert len(looks_of(case_of(script).applicant)) == before + 1


@pytest.mark.parametrize(
    ("role", "agency", "status"),
    [
        ("clerk", MALL, 403),
        ("manager", MALL, 403),
        ("administrator", MALL, 403),
        ("approver", MALL, 403),
        ("officer", "DLH", 404),
        ("verifier", "POLRESTA", 404),
    ],
)
def test_nobody_else_may_verify(role, agency, status):
    script = at("taken")
    response = browser(staff(role, agency)).post(address(script), ticks(script))
    assert response.status_code == status
    assert case_of(script).state == "in_verification"


def test_agency_officer_checks_her_own_service():
    script = at("submitted", "DUKCAPIL-KTP-BARU")
    tab = browser(staff("officer", "DUKCAPIL"))
    tab.post(address(script, "ambil"))
    tab.post(address(script), ticks(script))
    assert Case.objects.get(pk=script.case_id).state == "awaiting_decision"


def test_after_the_last_round_what_is_deficient_can_only_be_passed_on_and_refused():
    cast = TestCast()
    script, tab = taken(cast)
    rounds = case_of(script).definition.term.rounds
    code = to_check(case_of(script))[-1]
    for _round in range(rounds):
        tab.post(address(script), ticks(script, deficient=code, do="send"))
        assert case_of(script).state == "returned"
        script.play(script.attach)
        script.play(script.submit)
        services.take(case_id=script.case_id, by=cast.player("verifier", MALL))
    assert "Teruskan dengan kekurangan" in text_of(tab.get(address(script)))
    preview = tab.post(address(script), ticks(script, deficient=code, do="return"))
    assert "hanya dapat ditolak" in text_of(preview)
    tab.post(address(script), ticks(script, deficient=code, do="send"))
    assert (case_of(script).state, case_of(script).deficient) == ("awaiting_decision", True)
    shown = text_of(browser(staff("approver")).get(f"/meja/permohonan/{script.case_id}/"))
    assert f"/meja/permohonan/{script.case_id}/tolak/" in shown
    assert f"/meja/permohonan/{script.case_id}/setujui/" not in shown

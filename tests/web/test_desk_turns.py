"""At the desk: the next in order in one click, a reason where somebody goes out of turn, relations and identities."""

from datetime import timedelta

import pytest

from agencies import clock
from agencies.models import StaffIdentity
from mall.releases.periods import last_closed
from tests.cases import MALL, at, browser, case_of, staff, text_of
from tests.engine import TestCast
from tests.factories import make_nik, make_person
from workflows.cases.visits import Inspection
from workflows.duties.lines import Assignment, Overtaking
from workflows.duties.models import Relation

pytestmark = pytest.mark.django_db


def two(stage):
    cast = TestCast()
    with clock.pretend(clock.now() - timedelta(days=9)):
        first = at(stage, cast=cast)
    return first, at(stage, cast=cast)


def test_verifier_takes_the_next_in_one_click_and_gives_it_back():
    first, _second = two("submitted")
    user = staff("verifier")
    tab = browser(user)
    assert "Ambil berikutnya" in text_of(tab.get("/meja/"))
    shown = text_of(tab.post("/meja/antrean/periksa/ambil/", follow=True))
    assert case_of(first).state == "in_verification"
    assert "Lepaskan ke antrean" in shown
    assert "Anda" in text_of(tab.get("/meja/antrean/periksa/"))
    tab.post(f"/meja/permohonan/{first.case_id}/lepas/checking/")
    assert not Assignment.objects.exists()


def test_empty_queue_says_that_nothing_waits():
    shown = text_of(browser(staff("verifier")).post("/meja/antrean/periksa/ambil/", follow=True))
    assert "Tidak ada lagi yang menunggu" in shown


def test_verifier_out_of_turn_is_asked_why_and_goes_on_with_a_reason():
    _first, second = two("submitted")
    tab = browser(staff("verifier"))
    asked = tab.post(f"/meja/permohonan/{second.case_id}/ambil/")
    assert asked.status_code == 409
    assert "Perintah tertulis pimpinan" in text_of(asked)
    faulty = tab.post(f"/meja/permohonan/{second.case_id}/ambil/", {"overtaking": "other"})
    assert faulty.status_code == 422
    tab.post(f"/meja/permohonan/{second.case_id}/ambil/", {"overtaking": "ordered"})
    assert Overtaking.objects.get().code == "ordered"
    assert case_of(second).state == "in_verification"


def test_approver_out_of_turn_keeps_what_she_typed_and_is_asked_why():
    _first, second = two("advised")
    tab, address = browser(staff("approver")), f"/meja/permohonan/{second.case_id}/setujui/"
    said = {"revision": str(case_of(second).revision), "reason": "Semua syarat terpenuhi hari ini.", "legal_basis": ""}
    asked = tab.post(address, said)
    assert asked.status_code == 409
    assert "Semua syarat terpenuhi hari ini." in text_of(asked)
    assert 'name="overtaking"' in text_of(asked)
    assert tab.post(address, said | {"overtaking": "emergency"}).status_code == 302
    assert Overtaking.objects.get().code == "emergency"


def test_officer_declares_a_relation_and_ends_it():
    user, nik = staff("officer", "DINKES"), make_nik()
    tab = browser(user)
    faulty = tab.post("/meja/hubungan-kepentingan/", {"kind": "spouse", "nik": "12"})
    assert faulty.status_code == 422
    shown = text_of(tab.post("/meja/hubungan-kepentingan/", {"kind": "spouse", "nik": nik}, follow=True))
    assert "Suami atau istri" in shown
    assert nik not in shown
    [relation] = Relation.objects.all()
    tab.post(f"/meja/hubungan-kepentingan/{relation.pk}/akhiri/")
    relation.refresh_from_db()
    assert relation.until == clock.today()


def test_officer_in_conflict_is_told_in_plain_words_and_sees_no_such_case():
    script = at("submitted")
    user = staff("verifier")
    Relation.objects.create(
        user=user, kind="child", nik_index=case_of(script).applicant.nik_index, declared_at=clock.now()
    )
    tab = browser(user)
    told = tab.get(f"/meja/permohonan/{script.case_id}/")
    assert told.status_code == 403
    assert "hubungan kepentingan" in text_of(told)
    assert case_of(script).reference not in text_of(tab.get("/meja/antrean/periksa/"))


def test_administrator_sees_who_is_unknown_and_notes_who_it_is():
    officer, person = staff("officer", "DINKES"), make_person()
    tab = browser(staff("administrator"))
    assert "Belum dikenal" in text_of(tab.get("/meja/administrasi/peran/"))
    held = officer.memberships.get()
    tab.post(f"/meja/administrasi/peran/{held.pk}/identitas/", {"nik": person.nik, "kk": "", "name": ""})
    assert StaffIdentity.objects.get(user=officer).person == person


def test_everybody_reads_how_often_somebody_was_put_first():
    _first, second = two("submitted")
    browser(staff("verifier")).post(f"/meja/permohonan/{second.case_id}/ambil/", {"overtaking": "ordered"})
    assert "Belum ada" in text_of(browser().get("/transparansi/urutan/"))
    with clock.pretend(clock.now() + timedelta(days=32)):
        assert "&lt;5" in text_of(browser().get("/transparansi/urutan/"))
    assert "Perintah tertulis" in text_of(browser(staff("manager", MALL)).get("/laporan/di-luar-urutan/"))


def test_everybody_reads_how_often_the_lot_was_set_aside_and_no_small_number():
    script = at("checked", "DPMPTSP-TPM-BIDAN")
    visit = Inspection.objects.get(case_id=script.case_id)
    address = "/transparansi/undian/"
    assert "Belum ada petugas terundi yang diganti." in text_of(browser().get(address))
    was = {"override": "skill", "override_reason": "Perlu ahli"}
    Inspection.objects.filter(pk=visit.pk).update(**was, held_on=clock.today())
    assert "Belum ada" in text_of(browser().get(address)), "the running quarter is told when it is over"
    was["held_on"] = last_closed(3).first
    Inspection.objects.filter(pk=visit.pk).update(**was)
    shown = text_of(browser().get(address))
    assert visit.agency.name in shown
    assert "Perlu keahlian khusus" in shown
    assert "&lt;5" in shown
    assert "Perlu ahli" not in shown
    Inspection.objects.bulk_create(
        Inspection(case=visit.case, agency=visit.agency, number=number, **was) for number in range(2, 7)
    )
    assert "&lt;5" not in text_of(browser().get(address))
    assert ">6<" in "".join(text_of(browser().get(address)).split())

"""Sending once, following, answering a return, paying, reading the decision, taking the document."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from agencies.ids import new_id
from mall.canary.cast import checker
from mall.canary.script import Script
from mall.design.formats import moment, rupiah
from tests.engine import TestCast
from tests.web.portal import Citizen, errors_in, pdf, picture
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.cases.verification import to_check
from workflows.charges.services import issue_bill
from workflows.definition.queries import version_for_new_case
from workflows.definition.services import retire_service
from workflows.looks import look
from workflows.trail import relay

pytestmark = pytest.mark.django_db
PRACTICE = "DPMPTSP-SIP-DOKTER"
BUILDING = "DPMPTSP-PBG"
COUNTER = "POLRESTA-SKCK-BARU"


@pytest.fixture
def citizen() -> Citizen:
    """Somebody who applies."""
    return Citizen()


def staff_for(case: Case) -> Script:
    """The staff that goes on with a case which a citizen sent."""
    script = Script(version_for_new_case(case.service_id).definition, TestCast())
    script.case_id = case.pk
    return script


def shown(citizen: Citizen, case: Case, name: str = "portal:case") -> str:
    """A page of the case in words."""
    answer = citizen.get(name, case.pk)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize("code", [COUNTER, "DUKCAPIL-AKTA-LAHIR", PRACTICE, BUILDING, "DPMPTSP-SPPL"])
def test_citizen_applies_for_services_of_different_shapes_and_is_told_what_comes_next(
    citizen: Citizen, code: str
) -> None:
    case = citizen.apply(code)
    text = shown(citizen, case, "portal:sent")
    assert case.state == CaseState.SUBMITTED
    assert str(case.reference) in text
    assert str(case.tracking_code) in text
    assert "Yang terjadi sekarang" in text
    assert str(case.reference) in shown(citizen, case)


def test_citizen_sees_the_fee_with_its_lines_and_law_before_sending(citizen: Citizen) -> None:
    case_id = citizen.begin(BUILDING)
    citizen.fill(case_id)
    citizen.upload(case_id)
    answer = citizen.get("portal:check", case_id)
    text = answer.content.decode()
    fee = answer.context["fee"]  # type: ignore[attr-defined]
    assert fee.total > 0
    assert f"Rp\u00a0{fee.total:,}".replace(",", ".") in text
    assert "Retribusi PBG" in text
    assert fee.law in text
    assert "Tarif contoh" in text


def test_citizen_sends_too_early_and_is_led_to_every_gap(citizen: Citizen) -> None:
    case_id = citizen.begin(PRACTICE)
    answer = citizen.send(case_id)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Belum dapat dikirim" in text
    assert f"{reverse('portal:page', args=[case_id, 1])}?from=check#id_q-nomor_str" in text
    assert reverse("portal:paper", args=[case_id, "ktp-el"]) in text or "/berkas/" in text
    assert Case.objects.get(pk=case_id).state == CaseState.DRAFT


def test_citizen_sends_the_same_form_twice_and_has_one_receipt(citizen: Citizen) -> None:
    case_id = citizen.begin(PRACTICE)
    citizen.fill(case_id)
    citizen.upload(case_id)
    key = str(new_id())
    answers = [citizen.send(case_id, key) for _time in range(2)]
    assert answers[0]["Location"] == reverse("portal:sent", args=[case_id])
    assert answers[1].status_code == 302
    case = Case.objects.get(pk=case_id)
    assert case.state == CaseState.SUBMITTED
    assert shown(citizen, case).count("Permohonan diterima") == 1


def test_citizen_sends_after_the_service_was_retired_and_keeps_the_draft(citizen: Citizen) -> None:
    case_id = citizen.begin(PRACTICE)
    citizen.fill(case_id)
    citizen.upload(case_id)
    retire_service(PRACTICE)
    answer = citizen.send(case_id)
    assert answer.status_code == 409
    assert "tersimpan" in answer.content.decode()
    assert Case.objects.get(pk=case_id).state == CaseState.DRAFT


def test_citizen_reads_who_has_the_case_since_when_until_when_and_what_comes_next(citizen: Citizen) -> None:
    case = citizen.apply(PRACTICE)
    text = shown(citizen, case)
    assert "Sekarang di Mal Pelayanan Publik." in text
    assert "Menunggu giliran diperiksa." in text
    assert "Paling lambat" in text
    assert "Berikutnya:" in text
    staff = staff_for(case)
    staff.verify()
    text = shown(citizen, case)
    assert "Sekarang di Dinas Kesehatan" in text
    assert "Berkas dinyatakan lengkap" in text
    assert "Instansi yang diminta rekomendasi" in text


def test_citizen_answers_a_return_with_only_what_was_wanting(citizen: Citizen) -> None:
    case = citizen.apply(PRACTICE)
    staff_for(case).send_back()
    text = shown(citizen, case)
    assert "Sekarang giliran Anda." in text
    assert "Berkas tidak terbaca" in text
    wanting = citizen.get("portal:case", case.pk).context["deficient"][0]  # type: ignore[attr-defined]
    listed = citizen.get("portal:tasks", case.pk)
    todo = [task for task in listed.context["tasks"].papers if task.status == "fix"]  # type: ignore[attr-defined]
    assert [task.title for task in todo] == [wanting.what]
    assert "Belum dapat dikirim" not in shown(citizen, case, "portal:check")
    code = todo[0].url.rstrip("/").split("/")[-1]
    wanted = next(one for one in version_for_new_case(PRACTICE).definition.requirements if one.code == code)
    upload = pdf("perbaikan") if "pdf" in wanted.formats else picture()
    assert citizen.post("portal:paper", case.pk, code, file=upload).status_code == 302
    listed = citizen.get("portal:tasks", case.pk)
    assert listed.context["tasks"].left == 0  # type: ignore[attr-defined]
    assert citizen.send(case.pk)["Location"] == reverse("portal:sent", args=[case.pk])
    case.refresh_from_db()
    assert (case.state, case.round) == (CaseState.SUBMITTED, 2)
    assert "Perbaikan Anda diterima" in shown(citizen, case)


def test_citizen_answers_a_return_of_the_form_itself(citizen: Citizen) -> None:
    case = citizen.apply(PRACTICE)
    staff = staff_for(case)
    staff.take()
    marks = dict.fromkeys(to_check(staff.case()), ("ok", "")) | {"_answers": ("deficient", "Nomor STR salah.")}
    services.return_to_applicant(case_id=case.pk, by=checker(staff.cast, staff.definition), marks=marks)
    tasks = citizen.get("portal:tasks", case.pk).context["tasks"]  # type: ignore[attr-defined]
    assert {task.status for task in tasks.answers} == {"fix"}
    assert "Nomor STR salah." in shown(citizen, case, "portal:tasks")
    citizen.fill(case.pk)
    tasks = citizen.get("portal:tasks", case.pk).context["tasks"]  # type: ignore[attr-defined]
    assert {task.status for task in tasks.answers} == {"done"}
    assert tasks.left == 0


def test_citizen_pays_by_the_code_of_the_bill_and_then_has_the_number(citizen: Citizen) -> None:
    case = citizen.apply(BUILDING)
    staff = staff_for(case)
    for part in (staff.verify, staff.recommend, staff.inspect, staff.decide):
        part()
    text = shown(citizen, case)
    assert "Menunggu pembayaran" in text
    assert "Kode bayar sedang dibuat" in text
    staff.pay()
    text = shown(citizen, case)
    assert "Pembayaran diterima" in text
    assert "Lunas" in text
    staff.hand_over()
    assert str(staff.product_number()) in shown(citizen, case)


def test_citizen_sees_the_pay_code_the_amount_until_when_and_the_way_to_pay(citizen: Citizen) -> None:
    case = citizen.apply(BUILDING)
    staff = staff_for(case)
    for part in (staff.verify, staff.recommend, staff.inspect, staff.decide):
        part()
    charge, until = staff.case().charge, staff.case().applicant_due_at
    assert until
    issue_bill(
        charge_id=charge.pk,
        by=Actor.gateway("uji"),
        gateway="uji",
        gateway_ref="1",
        pay_code="8810 0001 2345",
        pay_url="/bayar/1",
        expires_at=until,
    )
    text = shown(citizen, case)
    amount = rupiah(charge.amount).replace("\u00a0", " ")
    for told in ("8810 0001 2345", amount, moment(until), 'href="/bayar/1"', charge.law):
        assert told in text


def test_citizen_downloads_the_permit_once_it_is_issued(citizen: Citizen) -> None:
    case = citizen.apply(PRACTICE)
    staff = staff_for(case)
    for part in (staff.verify, staff.recommend, staff.inspect, staff.decide):
        part()
    assert "Unduh dokumen" not in shown(citizen, case)
    relay.drain("documents")
    text = shown(citizen, case)
    assert "Unduh dokumen" in text
    answer = citizen.get("portal:document", case.pk)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert citizen.person.name not in answer["Content-Disposition"]
    assert Citizen().get("portal:document", case.pk).status_code == 404


def test_citizen_reads_a_refusal_with_reason_law_and_remedy(citizen: Citizen) -> None:
    case = citizen.apply("DPMPTSP-SPPL")
    staff = staff_for(case)
    staff.verify()
    staff.refuse()
    text = shown(citizen, case, "portal:decision")
    for told in ("tata ruang", "UU 30/2014", "keberatan"):
        assert told in text
    page = shown(citizen, case)
    assert "Ditolak" in page
    assert "Baca keputusan dan alasannya" in page


def test_citizen_withdraws_after_a_question_and_only_once(citizen: Citizen) -> None:
    case = citizen.apply(PRACTICE)
    assert "tidak dapat dilanjutkan lagi" in shown(citizen, case, "portal:withdraw")
    key = str(new_id())
    for _time in range(2):
        assert citizen.post("portal:withdraw", case.pk, key=key, reason="Salah layanan").status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.WITHDRAWN
    assert "Permohonan ditarik" in shown(citizen, case)


def test_citizen_throws_a_draft_away(citizen: Citizen) -> None:
    case_id = citizen.begin(PRACTICE)
    citizen.post("portal:withdraw", case_id, key=str(new_id()))
    assert Case.objects.get(pk=case_id).state == CaseState.WITHDRAWN


def test_citizen_keeps_a_copy_of_what_was_sent_with_her_nik_masked(citizen: Citizen) -> None:
    case = citizen.apply("DUKCAPIL-AKTA-LAHIR")
    text = shown(citizen, case, "portal:answers")
    assert "Contoh isian yang benar" in text
    assert not re.search(r"\b\d{16}\b", text)


def test_citizen_sees_who_of_the_staff_looked_at_her_data(citizen: Citizen) -> None:
    case = citizen.apply(PRACTICE)
    assert "Belum ada petugas" in citizen.get("portal:looks").content.decode()
    look(by=TestCast().player("verifier", "DPMPTSP"), case=case, purpose="verification")
    text = citizen.get("portal:looks").content.decode()
    assert "Pemeriksaan berkas" in text
    assert "Dinas Penanaman Modal" in text


def test_officer_opens_the_citizens_page_of_a_case_and_gets_404(citizen: Citizen) -> None:
    """Staff read cases on their own pages, where the look is recorded."""
    case = citizen.apply(PRACTICE)
    staff = TestCast().user("verifier", "DPMPTSP")
    client = Client()
    client.force_login(staff)
    assert client.get(reverse("portal:case", args=[case.pk])).status_code in (302, 404)


def test_page_of_a_case_asks_at_most_eighteen_questions(
    citizen: Citizen, django_assert_max_num_queries: object
) -> None:
    """Session, user, person, memberships, unread; case, log, interval, advice, agencies; charge, receipt, decision,
    permit, objection; for the account of time its intervals, holidays and exceptions of the site."""
    case = citizen.apply(BUILDING)
    staff = staff_for(case)
    for part in (staff.verify, staff.recommend, staff.inspect, staff.decide, staff.pay):
        part()
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        citizen.get("portal:case", case.pk)


def test_citizen_acts_on_a_case_that_moved_on_and_is_told_what_is_possible(citizen: Citizen) -> None:
    case = citizen.apply(PRACTICE)
    code = version_for_new_case(PRACTICE).definition.requirements[0].code
    assert citizen.get("portal:page", case.pk, 1)["Location"] == reverse("portal:case", args=[case.pk])
    assert citizen.get("portal:paper", case.pk, code)["Location"] == reverse("portal:case", args=[case.pk])
    assert errors_in(citizen.get("portal:case", case.pk)) == []

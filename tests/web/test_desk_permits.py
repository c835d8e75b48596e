"""The register at the desk: finding a permit, acting on it, and checking what its holder reports."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.ids import new_id
from tests.cases import DOCTOR, browser, counted, looks_of, pdf, staff, text_of
from tests.engine import EngineScript, TestCast
from tests.permits import handed_over, publish
from workflows.cases import services as cases
from workflows.definition.kinds import Effect
from workflows.permits import services
from workflows.permits.models import Permit
from workflows.permits.obligations import Obligation

pytestmark = pytest.mark.django_db
GROUNDS = {"reason": "Temuan berat.", "legal_basis": "UU 30/2014", "remedy": "Keberatan 21 hari kerja."}


@pytest.fixture
def cast() -> TestCast:
    return TestCast()


@pytest.fixture
def permit(cast: TestCast) -> Permit:
    return handed_over(cast=cast)


def _act(client: Client, permit: Permit, act: str, **said: str) -> Any:
    return client.post(reverse("desk:permit_act", args=[permit.pk, act]), said)


def _status(permit: Permit) -> str:
    return str(Permit.objects.get(pk=permit.pk).status)


def test_approver_finds_a_permit_by_number_receipt_or_code(permit: Permit) -> None:
    client = browser(staff("approver"))
    for text in (permit.number, permit.case.reference or "", permit.code.lower()):
        assert permit.number in text_of(client.get(reverse("desk:permits"), {"q": text}))
    assert permit.number not in text_of(client.get(reverse("desk:permits"), {"q": "503/0/tiada/2026"}))
    assert permit.case.applicant.name not in text_of(client.get(reverse("desk:permits")))


def test_approver_of_another_agency__finds_nothing(permit: Permit) -> None:
    client = browser(staff("approver", "DISHUB"))
    assert permit.number not in text_of(client.get(reverse("desk:permits")))
    assert "Tidak ada izin dengan nomor itu" in text_of(client.get(reverse("desk:permits"), {"q": permit.number}))
    assert client.get(reverse("desk:permit", args=[permit.pk])).status_code == 404


def test_register__costs_the_same_for_fifty_permits_as_for_one(permit: Permit, cast: TestCast) -> None:
    client = browser(staff("approver"))

    def cost() -> int:
        with counted() as found:
            client.get(reverse("desk:permits"))
        return len(found)

    cost()
    one = cost()
    for _more in range(5):
        handed_over(cast=cast)
    assert cost() == one


def test_approver_opens_a_permit__the_holder_can_read_who_looked(permit: Permit) -> None:
    browser(staff("approver")).get(reverse("desk:permit", args=[permit.pk]))
    assert looks_of(permit.case.applicant)[-1].data["purpose"] == "follow_up"


def test_approver_suspends_and_another_resumes(permit: Permit) -> None:
    client = browser(staff("approver"))
    page = client.get(reverse("desk:permit_act", args=[permit.pk, "bekukan"]))
    assert "Waktunya 21 hari kerja sejak keputusan ini." in text_of(page)
    done = _act(client, permit, "bekukan", **GROUNDS)
    assert done["Location"] == reverse("desk:permit", args=[permit.pk])
    assert _status(permit) == "suspended"
    _act(browser(staff("approver")), permit, "pulihkan", reason="Sudah diperbaiki.")
    assert _status(permit) == "active"


def test_approver_who_forgets_the_law__sees_the_error_beside_it_and_keeps_her_words(permit: Permit) -> None:
    page = _act(browser(staff("approver")), permit, "bekukan", **{**GROUNDS, "legal_basis": ""})
    assert page.status_code == 422
    assert "Temuan berat." in text_of(page)
    assert _status(permit) == "active"


def test_two_approvers_revoke(permit: Permit) -> None:
    first, second = browser(staff("approver")), browser(staff("approver"))
    _act(first, permit, "cabut", **GROUNDS)
    assert "Sahkan pencabutan" not in text_of(first.get(reverse("desk:permit", args=[permit.pk])))
    assert _act(first, permit, "sahkan").status_code == 409
    assert "Temuan berat." in text_of(second.get(reverse("desk:permit_act", args=[permit.pk, "sahkan"])))
    _act(second, permit, "sahkan")
    assert _status(permit) == "revoked"
    assert "Bekukan izin" not in text_of(second.get(reverse("desk:permit", args=[permit.pk])))


def test_verifier__may_look_and_not_act(permit: Permit) -> None:
    client = browser(staff("verifier"))
    assert "Bekukan izin" not in text_of(client.get(reverse("desk:permit", args=[permit.pk])))
    assert _act(client, permit, "bekukan", **GROUNDS).status_code == 403


def test_officer_checks_a_report__sends_it_back_with_a_note_then_accepts(permit: Permit, cast: TestCast) -> None:
    owed = Obligation.objects.get(permit=permit)
    holder = browser(permit.case.applicant.user)
    holder.post(reverse("portal:obligation", args=[owed.pk]), {"account": "Papan dipasang.", "first": pdf()})
    officer, url = browser(staff("officer", "DINKES")), reverse("desk:obligation", args=[owed.pk])
    assert owed.text in text_of(officer.get(reverse("desk:obligations")))
    assert "Papan dipasang." in text_of(officer.get(url))
    assert officer.get(reverse("desk:evidence", args=[owed.pk, 1]))["Content-Type"] == "application/pdf"
    assert officer.get(reverse("desk:evidence", args=[owed.pk, 2])).status_code == 404
    assert officer.post(url, {"do": "return", "remark": ""}).status_code == 422
    officer.post(url, {"do": "return", "remark": "Foto buram."})
    assert "Foto buram." in text_of(holder.get(reverse("portal:permit", args=[permit.pk])))
    by = cast.applicant(permit.case.definition).actor
    services.report_obligation(obligation_id=owed.pk, by=by, account="Foto baru.")
    officer.post(url, {"do": "accept", "remark": ""})
    assert Obligation.objects.get(pk=owed.pk).state == "accepted"


def test_officer_of_another_agency__sees_no_report(permit: Permit) -> None:
    owed = Obligation.objects.get(permit=permit)
    client = browser(staff("officer", "DISHUB"))
    assert client.get(reverse("desk:obligation", args=[owed.pk])).status_code == 404
    assert client.get(reverse("desk:permit", args=[new_id()])).status_code == 404


def test_verifier_opens_a_renewal__sees_the_earlier_permit_and_what_changed(cast: TestCast) -> None:
    publish(DOCTOR, renewal={"opens_days": 60}, product={"validity": {"kind": "days", "amount": 50}})
    permit = handed_over(cast=cast)
    by = cast.applicant(permit.case.definition).actor
    case = services.follow(permit_id=permit.pk, by=by, effect=Effect.RENEWS)
    script = EngineScript(case.definition, cast)
    script.case_id = case.pk
    script.attach()
    cases.save_answers(case_id=case.pk, by=by, raw={"nama_tempat_praktik": "Klinik Baru"})
    script.submit()
    page = text_of(browser(staff("verifier")).get(reverse("desk:case", args=[case.pk])))
    assert "Perpanjangan" in page
    assert reverse("desk:permit", args=[permit.pk]) in page
    changed = page.split("Isian yang berubah")[1][:400]
    assert "Nama tempat praktik" in changed
    assert "Nomor STR" not in changed

"""The holder's permits: what they are worth, what may follow, what is owed."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from documents.vault.services import store
from tests.cases import DOCTOR, browser, counted, pdf, text_of
from tests.engine import TestCast
from tests.permits import approver, handed_over, publish
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.permits import services
from workflows.permits.models import Permit
from workflows.permits.obligations import Obligation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> TestCast:
    publish(DOCTOR, renewal={"opens_days": 60}, product={"amendable": True, "validity": {"kind": "days", "amount": 50}})
    return TestCast()


@pytest.fixture
def permit(cast: TestCast) -> Permit:
    return handed_over(cast=cast)


def _holder(permit: Permit) -> Client:
    return browser(permit.case.applicant.user)


def test_holder_opens_her_list__sees_number_status_and_last_day_in_one_query(permit: Permit) -> None:
    client = _holder(permit)
    client.get(reverse("portal:permits"))
    with counted() as found:
        page = client.get(reverse("portal:permits"))
    said = text_of(page)
    assert permit.number in said
    assert "Berlaku" in said
    assert len([one for one in found.captured_queries if "workflows_permit" in one["sql"]]) == 1


def test_holder_renews_with_one_tap__the_draft_has_answers_and_papers(permit: Permit) -> None:
    person = permit.case.applicant
    assert person.user
    by = Actor.of(person.user)
    for kind in ("ktp", "str"):
        store(owner_id=person.pk, by=by, name="a.pdf", content=pdf().read(), document_type=kind)
    client = _holder(permit)
    assert "Perpanjang izin" in text_of(client.get(reverse("portal:permit", args=[permit.pk])))
    answer = client.post(reverse("portal:permit_follow", args=[permit.pk, "renews"]))
    case = Case.objects.get(previous_permit=permit)
    assert answer["Location"] == reverse("portal:tasks", args=[case.pk])
    reusable = {
        one.code for one in case.definition.requirements if one.reusable and one.document_type in ("ktp", "str")
    }
    assert set(case.attachments.values_list("requirement", flat=True)) == reusable
    assert case.answers["nama_tempat_praktik"] == permit.case.answers["nama_tempat_praktik"]


def test_holder_amends__marks_what_changes_or_is_asked_to(permit: Permit) -> None:
    client, url = _holder(permit), reverse("portal:permit_amend", args=[permit.pk])
    refused = client.post(url, {})
    assert refused.status_code == 422
    assert "Centang sedikitnya satu" in text_of(refused)
    client.post(url, {"changes": ["nama_tempat_praktik"]})
    case = Case.objects.get(previous_permit=permit)
    assert (case.effect, "nama_tempat_praktik" in case.answers) == ("amends", False)


def test_holder_of_a_suspended_permit__reads_why_and_how_to_object(permit: Permit, cast: TestCast) -> None:
    said = {"reason": "Tempat praktik kosong.", "legal_basis": "UU 17/2023", "remedy": "Keberatan 21 hari kerja."}
    services.suspend(permit_id=permit.pk, by=approver(cast), **said)
    page = text_of(_holder(permit).get(reverse("portal:permit", args=[permit.pk])))
    assert all(words in page for words in said.values())
    assert "Dibekukan" in page
    assert "Perpanjang izin" not in page


def test_holder_reports_an_obligation_with_evidence(permit: Permit) -> None:
    owed = Obligation.objects.get(permit=permit)
    client, url = _holder(permit), reverse("portal:obligation", args=[owed.pk])
    assert owed.text in text_of(client.get(url))
    empty = client.post(url, {"account": ""})
    assert empty.status_code == 422
    done = client.post(url, {"account": "Papan sudah dipasang.", "first": pdf()})
    assert done["Location"] == reverse("portal:permit", args=[permit.pk])
    owed = Obligation.objects.get(pk=owed.pk)
    assert (owed.state, len(owed.evidence)) == ("reported", 1)
    assert UUID(owed.evidence[0])


def test_holder_hands_in_a_file_that_will_not_do__keeps_what_she_typed(permit: Permit) -> None:
    owed = Obligation.objects.get(permit=permit)
    wrong = pdf()
    wrong.name = "bukti.exe"
    page = _holder(permit).post(
        reverse("portal:obligation", args=[owed.pk]), {"account": "Papan sudah dipasang.", "first": wrong}
    )
    assert page.status_code == 422
    assert "Papan sudah dipasang." in text_of(page)
    assert Obligation.objects.get(pk=owed.pk).state == "open"


def test_stranger__finds_no_permit_of_others(permit: Permit) -> None:
    stranger = browser(handed_over(cast=TestCast()).case.applicant.user)
    assert stranger.get(reverse("portal:permit", args=[permit.pk])).status_code == 404
    assert permit.number not in text_of(stranger.get(reverse("portal:permits")))

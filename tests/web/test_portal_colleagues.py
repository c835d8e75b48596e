"""Two people of one organisation work on one application, each with papers of her own."""

import pytest
from django.test import Client

from agencies.services import add_member
from tests.web.portal import Citizen, draft_of, pdf
from workflows.definition.models import ServiceType

pytestmark = pytest.mark.django_db


def business_service() -> str:
    return str(ServiceType.objects.filter(applicant="business", authority="mall").order_by("code")[0].pk)


def test_colleague_hands_in_a_paper_for_their_organisation_and_the_verifier_reads_it() -> None:
    one, other = Citizen(), Citizen()
    case_id = one.begin(business_service())
    add_member(organisation_id=one.organisation().pk, person_id=other.person.pk)
    wanted = next(paper for paper in draft_of(case_id).papers if "pdf" in paper.requirement.formats)
    answer = other.client.post(
        f"/permohonan/{case_id}/berkas/{wanted.requirement.code}/", {"file": pdf(), "keep": "", "kept": ""}
    )
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    attachment = draft_of(case_id).case.attachments.get(requirement=wanted.requirement.code, current=True)
    assert draft_of(case_id).paper(wanted.requirement.code).file is not None
    assert one.client.get(f"/berkas/{attachment.file_id}/").status_code == 200


def test_stranger_can_hand_in_nothing_for_an_organisation() -> None:
    one, stranger = Citizen(), Citizen()
    case_id = one.begin(business_service())
    wanted = draft_of(case_id).papers[0].requirement.code
    assert stranger.client.post(f"/permohonan/{case_id}/berkas/{wanted}/", {"file": pdf()}).status_code == 404
    assert Client().post(f"/permohonan/{case_id}/berkas/{wanted}/", {"file": pdf()}).status_code == 302
    assert not draft_of(case_id).case.attachments.exists()

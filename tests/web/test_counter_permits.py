"""Renewing at the counter: one press opens the filled-in application of the person who stands there."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cases import DOCTOR, browser, clerk, looks_of, text_of
from tests.engine import TestCast
from tests.factories import make_person
from tests.permits import handed_over, publish
from workflows.cases.models import Case
from workflows.permits.models import Permit

pytestmark = pytest.mark.django_db


@pytest.fixture
def permit() -> Permit:
    publish(DOCTOR, renewal={"opens_days": 60}, product={"validity": {"kind": "days", "amount": 50}})
    return handed_over(cast=TestCast())


@pytest.fixture
def counter() -> Client:
    return browser(clerk())


def test_clerk_renews_for_the_person_at_the_counter(permit: Permit, counter: Client) -> None:
    person = permit.case.applicant
    listed = text_of(counter.get(reverse("counter:person", args=[person.pk]), {"tujuan": "counter_apply"}))
    there = reverse("counter:permit", args=[person.pk, permit.pk])
    assert there in listed
    assert "Perpanjang izin" in text_of(counter.get(there))
    assert looks_of(person)[-1].data["purpose"] == "counter_apply"
    answer = counter.post(there, {"effect": "renews"})
    case = Case.objects.get(previous_permit=permit)
    assert answer["Location"] == reverse("counter:mandate", args=[case.pk])
    assert (case.channel, case.applicant_id) == ("counter", person.pk)
    assert case.answers["nama_tempat_praktik"] == permit.case.answers["nama_tempat_praktik"]


def test_clerk_asks_for_the_permit_of_somebody_else__finds_nothing(permit: Permit, counter: Client) -> None:
    there = reverse("counter:permit", args=[make_person().pk, permit.pk])
    assert counter.get(there).status_code == 404
    assert counter.post(there, {"effect": "renews"}).status_code == 404
    own = reverse("counter:permit", args=[permit.case.applicant_id, permit.pk])
    assert counter.post(own, {"effect": "melawan"}).status_code == 404

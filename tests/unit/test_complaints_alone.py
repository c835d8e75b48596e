"""Who handles complaints holds no other role (Perpres 76/2013): refused by the service and by PostgreSQL, both ways."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from agencies.errors import Invalid
from agencies.models import Membership, Role, StaffIdentity
from agencies.services import grant_membership, revoke_membership
from tests.factories import make_agency, make_person, make_user

pytestmark = pytest.mark.django_db
OTHERS = [role for role in Role.values if role != Role.COMPLAINTS]


@pytest.mark.parametrize("role", OTHERS)
def test_role_beside_complaints_is_refused_both_ways_and_by_the_database(role: str) -> None:
    handler, other = make_user(roles=[("complaints", "DPMPTSP")]), make_user(roles=[(role, "DINKES")])
    make_agency("DISHUB")
    for user, wanted in ((handler, role), (other, Role.COMPLAINTS.value)):
        with pytest.raises(Invalid) as error:
            grant_membership(user, wanted, "DISHUB")
        assert "merangkap" in str(error.value.fields["role"])
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(user=user, role=wanted, agency_id="DISHUB")
    held = Membership.objects.get(user=handler)
    held.role = role
    held.save(update_fields=["role"])
    assert Membership.objects.filter(user=handler).count() == 1, "another role instead is no second one"


def test_former_role_does_not_stand_in_the_way_and_does_not_come_back() -> None:
    user = make_user(roles=[("verifier", "DPMPTSP")])
    former = revoke_membership(user, "verifier", "DPMPTSP")
    grant_membership(user, "complaints", "DPMPTSP")
    former.active, former.until = True, None
    with pytest.raises(IntegrityError), transaction.atomic():
        former.save()
    assert grant_membership(user, "complaints", "DINKES").active, "the same duty at another agency is no other role"


def test_second_account_of_the_same_person_counts() -> None:
    admin, one, two = make_user(), make_user(roles=[("verifier", "DPMPTSP")]), make_user()
    person = make_person()
    for user in (one, two):
        StaffIdentity.objects.create(user=user, person=person, recorded_by=admin)
    with pytest.raises(Invalid):
        grant_membership(two, "complaints", "DPMPTSP")


def test_administrator_reads_beside_the_field_why_not() -> None:
    admin, client = make_user(roles=[("administrator", "DPMPTSP")]), Client()
    client.force_login(admin)
    handler = make_user(roles=[("complaints", "DPMPTSP")])
    said = {"email": handler.email, "role": "clerk", "agency": "DPMPTSP"}
    answer = client.post(reverse("desk:roles"), said)
    assert answer.status_code == 422
    assert "tidak boleh merangkap tugas lain" in answer.content.decode()
    assert handler.email in answer.content.decode()

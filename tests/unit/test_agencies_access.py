"""Accounts and roles."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from agencies import clock, queries, services
from agencies.errors import Conflict, Invalid, Missing
from agencies.models import Agency, Membership, User
from agencies.queries import MembershipInfo, memberships_of
from tests.factories import make_agency, make_user

pytestmark = pytest.mark.django_db


def test_the_email_is_the_login_in_any_case() -> None:
    user = services.create_user(email=" Siti@Contoh.ID ", name="Siti", password="rahasia-panjang")
    assert User.objects.get(email="SITI@contoh.id") == user
    assert authenticate(username="sItI@contoh.id", password="rahasia-panjang") == user
    with pytest.raises(Conflict):
        services.create_user(email="siti@contoh.id")
    with pytest.raises(Invalid):
        services.create_user(email="siti")
    with pytest.raises(Invalid):
        services.create_user(email=" ")


def test_postgresql_refuses_capital_letters_in_an_email() -> None:
    user = make_user("siti@contoh.id")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.raw("UPDATE agencies_user SET email = 'Siti@contoh.id' WHERE id = %s RETURNING *", [user.pk])[0]


def test_a_user_shows_no_address_in_a_repr() -> None:
    assert "contoh" not in repr(make_user("siti@contoh.id"))


def test_ids_sort_by_birth() -> None:
    first, second = make_user(), make_user()
    assert first.pk.version == 7
    assert first.pk < second.pk


def test_roles_are_read_in_one_query(django_assert_num_queries: Any) -> None:
    user = make_user(roles=[("verifier", "DPMPTSP"), ("officer", "DINKES"), ("clerk", "DPMPTSP")])
    with django_assert_num_queries(1):  # memberships joined with their agency
        held = memberships_of(user)
    assert held == (
        MembershipInfo("clerk", "DPMPTSP"),
        MembershipInfo("officer", "DINKES"),
        MembershipInfo("verifier", "DPMPTSP"),
    )


def test_granting_twice_is_granting_once() -> None:
    user = make_user(roles=[("clerk", "DPMPTSP")])
    assert services.grant_membership(user, "clerk", "DPMPTSP") == user.memberships.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, role="clerk", agency_id="DPMPTSP")


def test_a_revoked_role_is_gone_at_once_and_stays_as_history() -> None:
    user = make_user(roles=[("clerk", "DPMPTSP")])
    revoked = services.revoke_membership(user, "clerk", "DPMPTSP")
    assert memberships_of(user) == ()
    assert revoked.until == clock.today()
    assert not revoked.active
    again = services.grant_membership(user, "clerk", "DPMPTSP")
    assert again != revoked
    assert user.memberships.count() == 2
    services.revoke_membership(user, "clerk", "DPMPTSP")
    with pytest.raises(Missing):
        services.revoke_membership(user, "clerk", "DPMPTSP")


def test_roles_outside_their_dates_do_not_count() -> None:
    make_agency()
    user = make_user()
    held = services.grant_membership(user, "clerk", "DPMPTSP")
    held.since = clock.today() + timedelta(days=1)
    held.save()
    assert memberships_of(user) == ()
    held.since, held.until = clock.today() - timedelta(days=9), clock.today()
    held.save()
    assert len(memberships_of(user)) == 1
    held.until = clock.today() - timedelta(days=1)
    held.save()
    assert memberships_of(user) == ()


@pytest.mark.usefixtures("bare")
def test_a_closed_account_or_agency_gives_no_role() -> None:
    user = make_user(roles=[("officer", "DINKES")])
    Agency.objects.filter(code="DINKES").update(active=False)
    assert memberships_of(user) == ()
    assert list(queries.active_agencies()) == []
    Agency.objects.filter(code="DINKES").update(active=True)
    user.is_active = False
    assert memberships_of(user) == ()


def test_unknown_role_agency_or_site_is_refused() -> None:
    user = make_user(roles=[("clerk", "DPMPTSP")])
    with pytest.raises(Invalid):
        services.grant_membership(user, "king", "DPMPTSP")
    with pytest.raises(Missing):
        services.grant_membership(user, "clerk", "NIHIL")
    with pytest.raises(Missing):
        services.grant_membership(user, "verifier", "DPMPTSP", site_code="NIHIL")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(user=user).update(role="king")


def test_sign_up_makes_a_user_and_no_person(rf: Any) -> None:
    from agencies.adapter import AccountAdapter
    from agencies.forms import SignupForm

    form = SignupForm(
        {"name": " Siti  Aminah ", "email": "Siti@Contoh.id", "password1": "x" * 12, "password2": "x" * 12}
    )
    assert list(form.fields)[:2] == ["name", "email"]
    assert form.is_valid(), form.errors
    request = rf.post("/")
    request.session = {}
    user = AccountAdapter(request).save_user(request, User(), form)
    assert (user.name, user.email, user.has_usable_password()) == ("Siti Aminah", "siti@contoh.id", True)
    assert not hasattr(user, "person")
    nameless = SignupForm({"email": "a@contoh.id", "password1": "x" * 12, "password2": "x" * 12})
    assert "name" in nameless.errors

"""Public pages travel compressed; what somebody reads who is logged in does not."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_user

pytestmark = pytest.mark.django_db
PACKED = {"HTTP_ACCEPT_ENCODING": "gzip, br"}


@pytest.mark.parametrize("name", ["transparency:latest", "regency:topics", "data:catalogue", "data:dcat"])
def test_visitor_receives_a_public_page_compressed_and_the_same(name: str) -> None:
    plain, packed = Client().get(reverse(name)), Client().get(reverse(name), **PACKED)
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert len(gzip.decompress(packed.content)) == len(plain.content)
    assert "Content-Encoding" not in plain


def test_page_of_somebody_who_is_logged_in_is_never_compressed() -> None:
    client = Client()
    client.force_login(make_user())
    for name in ("transparency:latest", "account_change_password"):
        assert "Content-Encoding" not in client.get(reverse(name), **PACKED)
    assert "Content-Encoding" not in Client().post(reverse("voice:find"), {}, **PACKED)


def test_browser_that_keeps_a_page_is_told_that_it_is_fresh() -> None:
    first = Client().get(reverse("data:dcat"), **PACKED)
    again = Client().get(reverse("data:dcat"), HTTP_IF_NONE_MATCH=first["ETag"], **PACKED)
    assert (again.status_code, again.content) == (304, b"")

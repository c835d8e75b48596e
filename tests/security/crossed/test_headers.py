"""What holds for every answer: headers, also on errors, files and redirects; forms only from our own pages."""

import re
from functools import cache

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from agencies.models import User
from tests.factories import make_user
from tests.long import LONG
from tests.security import headers, table
from tests.security.crossing import Crossing, text_of
from tests.security.endpoints import endpoints
from tests.security.table import Cell, Outcome

pytestmark = pytest.mark.django_db
PASSWORD = "kata-sandi-9"
FOREIGN = "https://jahat.example"
LEADS = (
    FOREIGN,
    "//jahat.example",
    "/\\jahat.example",
    "\\\\jahat.example",
    "https:jahat.example",
    "/\t/jahat.example",
    "javascript:alert(1)",
    "http://testserver@jahat.example/",
    "http://testserver.jahat.example/",
)
WHERE = r"(?:[a-z]+:)?[/\\]{2}(?!testserver(?:[/?#]|$))|javascript:"
"""An address that leaves the house."""
ASKED = ("account_login", "account_signup", "account_logout", "set_language", "portal:profile_edit")


@pytest.fixture
def member() -> User:
    """Somebody with a password."""
    return make_user("tamu@contoh.id", password=PASSWORD)


@cache
def first(name: str, method: str) -> Cell | None:
    """Somebody who may, and at what."""
    cells = (cell for row in table.rows() if row.name == name for cell in table.cells(row) if cell.method == method)
    return next((one for one in cells if one.outcome is Outcome.ALLOW and one.visitor != "anonymous"), None)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/tidak/ada/", 404),
        ("/permohonan/bukan-uuid/", 404),
        ("/static/tidak-ada.css", 404),
        ("/layanan", 301),
        ("/permohonan/", 302),
        ("/loket/", 302),
        ("/api/v1/tidak-ada", 404),
        ("/healthz", 200),
    ],
)
def test_answer_of_any_kind_carries_the_headers(client: Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert list(headers.faults_in(response)) == []


@override_settings(WHITENOISE_USE_FINDERS=True)
def test_static_file_carries_the_headers() -> None:
    response = Client().get("/static/design/css/tokens.css")
    assert response.status_code == 200
    assert list(headers.faults_in(response)) == []


def test_foreign_host_is_refused_with_the_headers(client: Client) -> None:
    response = client.get("/", HTTP_HOST="jahat.example")
    assert response.status_code == 400
    assert list(headers.faults_in(response)) == []


def test_failure_of_ours_tells_nothing_and_carries_the_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("Kanarina Zxalfa 3510161708850003")

    monkeypatch.setattr("mall.portal.catalogue.serving_agencies", fail)
    response = Client(raise_request_exception=False).get("/instansi/")
    assert response.status_code == 500
    assert list(headers.faults_in(response)) == []
    assert not re.search(r"Kanarina|3510161708850003|RuntimeError|Traceback|File &quot;", text_of(response))


def test_cookies_are_for_the_browser_and_this_site_only(client: Client, member: User) -> None:
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert set(client.cookies) >= {"sessionid", "csrftoken"}
    for name, cookie in client.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name


UNSAFE = sorted((name, method) for name, methods in table.listed().items() for method in methods - {"GET"})


@pytest.mark.parametrize(("name", "method"), UNSAFE)
def test_form_of_another_site_is_refused(crossing: Crossing, name: str, method: str) -> None:
    cell = first(name, method)
    if name in ("payments:webhook", "api:nowhere") or cell is None:
        assert name in ("payments:webhook", "api:nowhere", *NOBODY)
        return
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = crossing.world.people[cell.visitor].client.cookies
    signs: list[dict[str, str]] = [{}, {"Origin": FOREIGN}, {"Referer": f"{FOREIGN}/"}]
    for place, sign in enumerate(signs):
        if LONG or table.in_turn(f"{name} {method}", place, len(signs)):
            assert crossing.refused(cell, strict, headers=sign) == 403, sign


NOBODY = ("account_confirm_email", "mfa_deactivate_totp")
"""Forms that nobody of the world has: there is no link to confirm and no second factor."""


@pytest.mark.parametrize("lead", LEADS)
def test_no_answer_leads_to_another_site(crossing: Crossing, lead: str) -> None:
    for place, name in enumerate(endpoints()):
        if not (LONG or name in ASKED or table.in_turn("leads", place, 4)):
            continue
        for method in table.listed()[name] & {"GET", "POST"}:
            cell = first(name, method)
            if cell and (lead == FOREIGN or name in ASKED):
                where = crossing.led(cell, lead)
                assert not re.match(WHERE, where, re.IGNORECASE), (name, method, where)


@pytest.mark.parametrize("lead", LEADS)
def test_log_in_leads_to_no_other_site(lead: str, member: User) -> None:
    said = {"login": member.email, "password": PASSWORD, "next": lead}
    response = Client().post(f"{reverse('account_login')}?next={lead}", said)
    assert response.status_code == 302
    assert not re.match(WHERE, response["Location"], re.IGNORECASE)
